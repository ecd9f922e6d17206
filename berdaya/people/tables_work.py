"""The list of certificates of fitness."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table


def address(row: Any) -> str:
    return reverse("people:work", args=[row.participant.code])


class FitnessTable(Table):
    """Who is fit until when, under pseudonyms."""

    name = "sehat"
    caption = _lazy("Surat keterangan sehat")
    columns = (
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym", url=address),
        Column(
            "hasil",
            _lazy("Hasil"),
            "state",
            field="is_fit",
            states={
                True: State(_lazy("Layak bekerja"), "done"),
                False: State(_lazy("Belum layak bekerja"), "bad"),
            },
        ),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai dengan"), "date", field="last_day", sort="valid_until"),
        Column("batas", _lazy("Pembatasan"), field="restrictions"),
    )
    search = ("participant__pseudonym__icontains",)
    search_label = _lazy("Cari nama samaran")
    filters = (
        Filter(
            "hasil",
            _lazy("Hasil"),
            (("True", _lazy("Layak bekerja")), ("False", _lazy("Belum layak bekerja"))),
            field="is_fit",
        ),
    )
    default_sort = ("valid_until", "pk")
    empty = Empty(
        _lazy("Belum ada surat keterangan sehat"),
        _lazy("Buka halaman warga binaan, lalu catat suratnya di bagian kerja."),
        good="cloth",
    )
