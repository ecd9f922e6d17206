"""The list of clients with their counsellors."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.tables import Column, Empty, Filter
from berdaya.people.tables import STATES, RollTable, address


def _guided(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    return rows.filter(counsellor_id__isnull=value == "none")


class CaseTable(RollTable):
    """Clients of a Bapas, each with the one who guides them."""

    name = "bimbingan"
    caption = _lazy("Klien dan pembimbingnya")
    columns = (
        Column("nomor", _lazy("Nomor kerja"), field="work_number", url=address),
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym"),
        Column("pembimbing", _lazy("Pembimbing"), value=lambda row: row.counsellor or "–",
               sort="counsellor"),
        Column("mulai", _lazy("Dibimbing sejak"), "date", field="guided_since"),
        Column("status", _lazy("Status"), "state", field="status", states=STATES),
        Column("upt", _lazy("UPT"), field="facility.name"),
    )  # fmt: skip
    search = (
        "work_number__icontains",
        "participant__pseudonym__icontains",
        "counsellor__icontains",
    )
    search_label = _lazy("Cari klien atau pembimbing")
    filters = (
        Filter(
            "pembimbing",
            _lazy("Pembimbing"),
            (("some", pgettext_lazy("people", "Sudah ada")), ("none", _lazy("Belum ada"))),
            apply=_guided,
        ),
    )
    empty = Empty(
        _lazy("Belum ada klien"),
        _lazy("Klien yang ditempatkan di Bapas ini tampil di sini untuk dibagikan."),
        good="cloth",
    )
