"""Products by market, and units by how many of their products are ready."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.facilitation.calc import Way
from berdaya.facilitation.queries.readiness import Told, counts_of
from berdaya.institutions.models import Region
from berdaya.legality.tables import MARKETS
from berdaya.look.tables import Column, Empty, Filter, State, Table

READY: dict[str, State] = {
    "ready": State(_lazy("Siap"), "done"),
    "ending": State(_lazy("Siap, izin akan habis"), "warn"),
    "unknown": State(_lazy("Belum ada varian"), "off"),
}


def state_of(way: Way | None) -> State:
    """How a product stands for a market: ready, or how much it lacks."""
    if way is None:
        return READY["unknown"]
    lacking = len(way.open)
    return State(_("Kurang %d") % lacking, "bad") if lacking else READY[way.state]


class _Filled(Table):
    """A table whose rows get more than their statement tells: only those that are shown."""

    def fill(self, rows: list[Any]) -> list[Any]:
        """Add to these rows what the columns show."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the page shown."""
        return self.fill(list(super().rows))

    def _exported(self) -> Iterable[Any]:
        return self.fill(list(super()._exported()))


def _market(market: str) -> Column:
    return Column(
        market,
        MARKETS[market],
        "state",
        value=lambda row: str(state_of(row.ways.get(market)).label),
    )


class ProductTable(_Filled):
    """A unit's products, each with how it stands for each market."""

    name = "kesiapan"
    caption = _lazy("Produk dan pasarnya")
    columns = (
        Column(
            "produk",
            _lazy("Produk"),
            field="label",
            sort="name",
            url=lambda row: reverse("facilitation:product", args=[row.code]),
        ),
        Column("kelompok", _lazy("Kelompok barang"), value=lambda row: row.group),
        *(_market(one) for one in ("retail", "procurement", "export")),
        Column("berikut", _lazy("Berikutnya"), value=lambda row: row.next_need),
    )
    search = ("name__icontains", "code__icontains")
    search_label = _lazy("Cari produk")
    default_sort = ("name", "pk")
    empty = Empty(
        _lazy("Belum ada produk"),
        _lazy("Catat produk dengan variannya di Produk; kesiapannya terbaca di sini."),
        good="bottle",
    )

    def __init__(self, request: HttpRequest, rows: QuerySet[Any], told: Mapping[int, Told]) -> None:
        super().__init__(request, rows)
        self.told = told

    def fill(self, rows: list[Any]) -> list[Any]:
        """From what was read of the whole unit."""
        for row in rows:
            found = self.told.get(row.pk)
            row.group = found.group if found else ""
            row.ways = found.ways if found else {}
            row.next_need = _next(row.ways.values())
        return rows

    def _cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super()._cell(column, row)
        if column.key in MARKETS:
            cell["state"] = state_of(row.ways.get(column.key))
        return cell


def _next(ways: Iterable[Way]) -> str:
    """What is got first: of the nearest market that still lacks something."""
    for way in ways:
        if way.open:
            return way.open[0].label
    return ""


def provinces() -> list[tuple[str, str]]:
    """Provinces in which a facility stands."""
    rows = Region.objects.filter(level="province", children__facilities__isnull=False)
    return list(rows.distinct().order_by("name").values_list("code", "name"))


def _in_province(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(region__parent=value)


def _ready(market: str) -> Column:
    return Column(
        market,
        MARKETS[market],
        value=lambda row: (
            _("%(some)d dari %(all)d") % {"some": row.told.ready[market], "all": row.told.products}
        ),
    )


class UnitTable(_Filled):
    """Units by how many of their products are ready for each market."""

    name = "kesiapan-unit"
    caption = _lazy("Produk yang siap, menurut UPT")
    per_page = 20
    # Some 1,700 rows at most: one statement that joins them all is cheaper than two.
    _can_be_cut = False
    columns = (
        Column(
            "upt",
            _lazy("UPT"),
            field="name",
            url=lambda row: reverse("facilitation:unit", args=[row.code]),
        ),
        Column("kabupaten", _lazy("Kabupaten atau kota"), field="region.name"),
        *(_ready(one) for one in ("retail", "procurement", "export")),
    )
    search = ("name__icontains", "region__name__icontains")
    search_label = _lazy("Cari UPT atau kabupaten")
    default_sort = ("region__name", "name")
    export_limit = 200
    empty = Empty(
        _lazy("Belum ada UPT"),
        _lazy("UPT muncul di sini sesudah dicatat oleh kantor wilayahnya."),
        good="basket",
    )

    def __init__(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        super().__init__(request, rows)
        # Asked for once: a filter asks for its choices again and again.
        known = provinces()
        self.filters = (Filter("provinsi", _lazy("Provinsi"), known, apply=_in_province),)

    def fill(self, rows: list[Any]) -> list[Any]:
        """Three statements for all of them."""
        found = counts_of([row.pk for row in rows], clock.today())
        for row in rows:
            row.told = found[row.pk]
        return rows
