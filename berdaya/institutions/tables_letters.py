"""The list of letters of assignment."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.tables import WINDOW_FILTER, WINDOWS, window_of
from berdaya.look.tables import Column, Empty, Table


def places_of(row: Any) -> str:
    """The office, or the codes of the facilities, that a letter names."""
    if row.office is not None:
        return str(row.office)
    return ", ".join(sorted(one.facility.code for one in row.places.all()))


class LetterTable(Table):
    """Who looks into what, and until when."""

    name = "surat-tugas"
    caption = _lazy("Surat tugas auditor")
    columns = (
        Column(
            "nomor",
            _lazy("Nomor"),
            field="number",
            url=lambda row: reverse("institutions:letter", args=[row.pk]),
        ),
        Column("auditor", _lazy("Auditor"), field="auditor.display_name"),
        Column("keadaan", _lazy("Keadaan"), "state", value=window_of, states=WINDOWS),
        Column("tempat", _lazy("Kantor atau UPT"), value=places_of),
        Column("mulai", _lazy("Mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Hari terakhir"), "date", field="last_day", sort="valid_until"),
        Column("tujuan", _lazy("Tujuan pemeriksaan"), field="purpose"),
    )
    search = ("number__icontains", "auditor__display_name__icontains", "purpose__icontains")
    search_label = _lazy("Cari nomor, auditor, atau tujuan")
    filters = (WINDOW_FILTER,)
    default_sort = ("-valid_from", "-pk")
    empty = Empty(
        _lazy("Belum ada surat tugas"),
        _lazy("Auditor membuka UPT hanya dengan surat tugas; Kantor Wilayah mencatatnya."),
        good="cloth",
    )
