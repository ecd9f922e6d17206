"""The list of lots, each with what its label still lacks."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.labels import rules
from berdaya.labels.queries import known_of
from berdaya.labels.words import FRESH_CATEGORIES, TEXTILE_CATEGORIES, Kind
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.stock.models import Lot


def address(row: Lot) -> str:
    """A lot's label."""
    return reverse("labels:lot", args=[row.code])


def _of_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    category = "variant__product__category"
    textile = Q(**{f"{category}__code__in": TEXTILE_CATEGORIES})
    fresh = Q(**{f"{category}__code__in": FRESH_CATEGORIES})
    food = Q(**{f"{category}__is_food": True})
    chosen = {
        Kind.FOOD: food & ~fresh,
        Kind.FRESH: fresh,
        Kind.TEXTILE: textile & ~food,
        Kind.GOODS: ~food & ~fresh & ~textile,
    }
    return rows.filter(chosen[Kind(kind)])


class StateColumn(Column):
    """How many things are missing, in words; the tone says whether it may be printed."""

    def state_of(self, value: Any) -> State:
        """0 is ready."""
        if value:
            return State(_("kurang %(count)s") % {"count": value}, "warn")
        return State(_("siap dicetak"), "done")


class LabelTable(Table):
    """Lots of which something is left, the newest first."""

    name = "label"
    caption = _lazy("Label barang")
    columns = (
        Column("kode", _lazy("Kode produksi"), field="code", url=address),
        Column("barang", _lazy("Barang"), field="variant.full_label", sort="variant__name"),
        Column("upt", _lazy("UPT"), field="facility.name", sort="facility__name"),
        Column("dibuat", _lazy("Selesai dibuat"), "date", field="made_on"),
        StateColumn("keadaan", _lazy("Keadaan"), "state", value=lambda row: row.missing),
    )
    search = ("code__icontains", "variant__name__icontains", "variant__product__name__icontains")
    search_label = _lazy("Cari kode atau barang")
    filters = (Filter("jenis", _lazy("Jenis label"), Kind.choices, apply=_of_kind),)
    default_sort = ("-made_on", "-pk")
    empty = Empty(
        _lazy("Belum ada barang untuk diberi label"),
        _lazy("Tutup satu batch lebih dulu; lotnya muncul di sini."),
        good="basket",
    )

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the page, each judged; together, so that fifty cost what one costs."""
        return _judged(super().rows)

    def _exported(self) -> Any:
        return _judged(list(super()._exported()))


def _judged(rows: list[Any]) -> list[Any]:
    known = known_of(rows) if rows else {}
    for row in rows:
        row.missing = len(rules.may_print(known[row.pk].facts).reasons)
    return rows
