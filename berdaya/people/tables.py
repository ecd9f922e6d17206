"""The list of the people at a facility."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import Status

STATES: dict[str, State] = {
    Status.CONVICT: State(Status.CONVICT.label),
    Status.DETAINEE: State(Status.DETAINEE.label, "warn"),
    Status.ANAK: State(Status.ANAK.label, "warn"),
    Status.CLIENT: State(Status.CLIENT.label),
    Status.COMMUNITY_SERVICE: State(Status.COMMUNITY_SERVICE.label, "warn"),
    Status.RELEASED: State(Status.RELEASED.label, "off"),
}


def address(row: Any) -> str:
    """Where a placement's person is shown."""
    return reverse("people:participant", args=[row.participant.code])


def _with_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(status=value)


class RollTable(Table):
    """Work numbers and pseudonyms, never names."""

    name = "wbp"
    caption = _lazy("Warga binaan")
    columns = (
        Column("nomor", _lazy("Nomor kerja"), field="work_number", url=address),
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym"),
        Column("status", _lazy("Status"), "state", field="status", states=STATES),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("sejak", _lazy("Sejak"), "date", field="valid_from"),
    )
    search = ("work_number__icontains", "participant__pseudonym__icontains")
    search_label = _lazy("Cari nomor kerja atau nama samaran")
    filters = (Filter("status", _lazy("Status"), Status.choices, apply=_with_status),)
    default_sort = ("facility__code", "work_number")
    empty = Empty(
        _lazy("Belum ada warga binaan"),
        _lazy("Daftarkan dengan nomor kerja dan nama samaran, atau masukkan buku kerja UPT."),
        good="cloth",
    )
