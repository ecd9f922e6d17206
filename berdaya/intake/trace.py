"""From a booked thing to the cell of the unit's own sheet it came from, and back."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, Substr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.links import DOWN, End, declare_kind, declare_link
from berdaya.intake.models import ImportedRow
from berdaya.people.models import Participant
from berdaya.proceeds.models import Sale
from berdaya.workshop.models import Batch, MaterialLot, WorkLog

KIND = "workbook_cell"
PREFIX = "workbook:"
FROM = _lazy("dari buku kerja")


def _cell(workbook: str, source: str) -> tuple[str, str, str]:
    """A cell: `workbook:12:PENJUALAN!A14`, with the page of its workbook."""
    label = _("Buku kerja, %(cell)s") % {"cell": source}
    return f"{PREFIX}{workbook}:{source}", label, reverse("intake:import", args=[workbook])


def _meant(text: str) -> Q | None:
    """The reference that booked rows carry."""
    number, _mark, source = text.strip().removeprefix(PREFIX).partition(":")
    if not text.strip().startswith(PREFIX) or not number.isdigit():
        return None
    return Q(workbook_id=int(number), source=source)


def _cells_of(table: str) -> Callable[[], "QuerySet[Any]"]:
    """Imported rows with the key of what they became."""
    mark = f"{table}:"

    def rows() -> "QuerySet[Any]":
        found = ImportedRow.objects.filter(target__startswith=mark)
        return found.annotate(became=Substr("target", len(mark) + 1))

    return rows


def _marked(things: Callable[[], "QuerySet[Any]"], table: str) -> Callable[[], "QuerySet[Any]"]:
    """Things with the target under which the import remembers them."""

    def rows() -> "QuerySet[Any]":
        mark = Concat(Value(f"{table}:"), Cast("pk", TextField()), output_field=TextField())
        return things().annotate(target=mark)

    return rows


def _days() -> "QuerySet[WorkLog]":
    """Work logs with the cell their person's day came from."""
    person, day = Cast("participant_id", TextField()), Cast("day", TextField())
    target = Concat(Value("workshop.day:"), person, Value(":"), day, output_field=TextField())
    cells = ImportedRow.objects.filter(facility=OuterRef("facility"), target=OuterRef("target"))
    logs = WorkLog.objects.annotate(target=target)
    return logs.annotate(
        cell_workbook=Subquery(cells.order_by("pk").values("workbook_id")[:1]),
        cell_source=Subquery(cells.order_by("pk").values("source")[:1]),
    ).filter(cell_workbook__isnull=False)


# Several cells may have become one thing, so a cell's key is what it became.
declare_kind(
    KIND, _lazy("Buku kerja unit"), 1, ImportedRow.objects.all,
    ("workbook_id", "source"), _cell, _meant, key="target",
)  # fmt: skip

THINGS = (
    ("sale", "proceeds.sale", Sale.objects.all, _lazy("menjadi penjualan")),
    ("batch", "workshop.batch", Batch.objects.all, _lazy("menjadi batch")),
    ("material", "workshop.materiallot", MaterialLot.objects.all, _lazy("menjadi bahan")),
    ("maker", "people.participant", Participant.objects.all, _lazy("menjadi warga binaan")),
)
CELL = End(KIND, "", FROM, is_leaf=True)
for kind, table, things, words in THINGS:
    declare_link(_cells_of(table), End(kind, "", key="became"), CELL, ways=frozenset({DOWN}))
    declare_link(_marked(things, table), CELL, End(kind, "", words), ways=frozenset({DOWN}))
declare_link(
    _days, End("sheet", "sheet", _lazy("menjadi daftar hadir")),
    End(KIND, "", FROM, is_leaf=True, columns=("cell_workbook", "cell_source")),
)  # fmt: skip
