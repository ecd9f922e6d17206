"""Who opened identities: the list of the head and of the region, without a name in it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import RevealPurpose
from berdaya.people.queries_reveals import unreviewed

STATES = {
    "usual": State(_lazy("biasa")),
    "unusual": State(_lazy("tidak biasa"), "bad"),
    "reviewed": State(_lazy("sudah diperiksa"), "done"),
}
STATE_CHOICES = [
    ("waiting", _lazy("Menunggu pemeriksaan")),
    ("unusual", _lazy("Tidak biasa")),
    ("usual", _lazy("Biasa")),
]


def state_of(row: Any) -> str:
    """usual, unusual or reviewed."""
    if not row.is_unusual:
        return "usual"
    return "reviewed" if hasattr(row, "review") else "unusual"


def opened_at(row: Any) -> str:
    """Day and time on the facility's wall clock, short enough for a telephone."""
    return clock.local(row.at, row.facility.timezone).strftime("%d-%m-%Y %H.%M")


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return unreviewed(rows) if value == "waiting" else rows.filter(is_unusual=value == "unusual")


class RevealTable(Table):
    """One row an act; its number begins with the unit."""

    name = "pembukaan"
    caption = _lazy("Pembukaan data diri")
    columns = (
        Column(
            "kode",
            _lazy("Nomor"),
            field="code",
            url=lambda row: reverse("people:reveal", args=[row.code]),
        ),
        Column("kapan", _lazy("Kapan"), value=opened_at, sort="at"),
        Column("keadaan", _lazy("Keadaan"), "state", value=state_of, states=STATES),
        Column("siapa", _lazy("Oleh"), field="opened_by.display_name"),
        Column("untuk", _lazy("Untuk"), field="get_purpose_display", sort="purpose"),
        Column("daftar", _lazy("Daftar"), field="label"),
        Column("orang", _lazy("Orang"), "number", field="count"),
    )
    search = ("code__icontains", "opened_by__display_name__icontains", "label__icontains")
    search_label = _lazy("Cari nomor, petugas, atau daftar")
    filters = (
        Filter("untuk", _lazy("Untuk"), RevealPurpose.choices, field="purpose"),
        Filter("keadaan", _lazy("Keadaan"), STATE_CHOICES, apply=_in_state),
    )
    default_sort = ("-at", "-pk")
    empty = Empty(
        _lazy("Belum ada yang membuka data diri"),
        _lazy("Setiap pembukaan nama, rekening, atau nomor tercatat di sini dengan sendirinya."),
        good="cloth",
    )
