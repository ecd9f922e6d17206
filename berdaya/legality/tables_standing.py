"""The list of how products stand to halal."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.legality.queries.standings import CERTIFIED, UNKNOWN
from berdaya.look.tables import Column, Empty, Filter, State, Table

HALAL_STATES: dict[str, State] = {
    CERTIFIED: State(_lazy("Bersertifikat"), "done"),
    "in_process": State(_lazy("Sedang diajukan"), "warn"),
    "exempt": State(_lazy("Dikecualikan"), "done"),
    "not_halal": State(_lazy("Tidak halal"), "off"),
    UNKNOWN: State(_lazy("Belum dinyatakan"), "bad"),
}


def address(row: Any) -> str:
    """Where the product's standing is said."""
    return reverse("legality:standing", args=[row.pk])


def told_by(row: Any) -> str:
    """What the state rests on: a certificate's number, or the basis that was written."""
    return row.halal_number or row.halal_basis or ""


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(halal=state)


class StandingTable(Table):
    """Food by name, with its honest state."""

    name = "halal"
    caption = _lazy("Keadaan halal tiap produk")
    columns = (
        Column("produk", _lazy("Produk"), field="label", sort="name", url=address),
        Column("kelompok", _lazy("Kelompok barang"), field="category.label"),
        Column("tempat", _lazy("Tempat produksi"), field="facility.name"),
        Column("keadaan", _lazy("Keadaan"), "state", field="halal", states=HALAL_STATES),
        Column("dasar", _lazy("Dasar"), value=told_by),
    )
    search = ("name__icontains", "name_en__icontains")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            [(code, state.label) for code, state in HALAL_STATES.items()],
            apply=_in_state,
        ),
    )
    default_sort = ("name", "pk")
    empty = Empty(
        _lazy("Belum ada pangan"),
        _lazy("Pangan yang dicatat sebagai produk muncul di sini dengan keadaan halalnya."),
        good="bottle",
    )
