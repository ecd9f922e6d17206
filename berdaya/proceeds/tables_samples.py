"""The list of drawn samples."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.tables import Column, Empty, Table


class SampleTable(Table):
    """One row a draw."""

    name = "sampel"
    caption = _lazy("Sampel pemeriksaan")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:sample", args=[row.code]),
        ),
        Column("surat", _lazy("Surat tugas"), field="letter.number"),
        Column("auditor", _lazy("Auditor"), field="drawn_by.display_name"),
        Column("mulai", _lazy("Dari"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai"), "date", field="last_day", sort="valid_until"),
        Column("slip", _lazy("Slip terundi"), "number", field="size"),
        Column("semua", _lazy("Dari semuanya"), "number", field="population"),
        Column("upt", _lazy("UPT"), field="facility.code"),
    )
    search = ("code__icontains", "letter__number__icontains")
    search_label = _lazy("Cari kode atau surat tugas")
    default_sort = ("-drawn_at", "-pk")
    empty = Empty(
        _lazy("Belum ada sampel"),
        _lazy("Pilih UPT dan masanya; sistem mengundi slip yang diperiksa."),
        good="cloth",
    )
