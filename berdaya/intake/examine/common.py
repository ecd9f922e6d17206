"""Small things every part of the examination needs."""

from datetime import date
from decimal import Decimal

from django.utils.translation import get_language

from berdaya.core.clock import format_date
from berdaya.core.money import format_qty, format_rp
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import KnownProduct, Plan, Source, World
from berdaya.intake.records import CellRef
from berdaya.intake.values import MEASURE_CODES, name_key


class Said:
    """A value told in the reader's language when it is read."""

    def __init__(self, value: date | int | Decimal, *, rupiah: bool = False) -> None:
        self.value, self.rupiah = value, rupiah

    def __str__(self) -> str:
        if isinstance(self.value, date):
            return format_date(self.value, get_language() or "id")
        if self.rupiah:
            return format_rp(int(self.value))
        return format_qty(self.value)


def rp(amount: int) -> Said:
    return Said(amount, rupiah=True)


def has_measure(measure: str, columns: dict[str, CellRef], notebook: Notebook) -> bool:
    """Whether a row's measure can be booked; an unknown one is asked, once for each cell."""
    if measure in MEASURE_CODES:
        return True
    at = columns.get("measure", next(iter(columns.values())))
    return notebook.note("measure_unknown", at, text=measure) == "as_pieces"


def is_repeat(world: World, notebook: Notebook, source: Source, what: str) -> bool:
    """Whether an earlier run booked this row; a changed one is told (and stays as it was)."""
    known = world.done.get((source.kind, source.key))
    if known is not None and known != source.digest:
        notebook.note("row_changed", source.at, what=what)
    return known is not None


def product_named(
    text: str, at: CellRef, plan: Plan, world: World, notebook: Notebook
) -> KnownProduct | None:
    """The product a cell means, in this book or known before; None is told as refused."""
    key = name_key(text)
    found = world.products.get(key)
    for row in plan.products:
        if name_key(row.name) == key:
            found = KnownProduct(row.name, row.line, row.measure, row.price_rp, row.pay_basis)
    if found is None:
        notebook.note("product_unknown", at, text=text)
    elif found.name != text:
        notebook.note_once("product_spelled", at, text=text, product=found.name)
    return found
