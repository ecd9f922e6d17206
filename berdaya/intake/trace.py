"""From a booked thing to the cell of the unit's own sheet it came from, and back."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.proofs import Links, Node, declare_linker
from berdaya.intake.models import ImportedRow
from berdaya.people.models import Participant
from berdaya.proceeds.models import Sale
from berdaya.workshop.models import Batch, MaterialLot, WorkLog, WorkSheet
from berdaya.workshop.trace import batch_node, sheet_node

KIND = "workbook_cell"
PREFIX = "workbook:"


def node_of(row: ImportedRow) -> Node:
    """A cell: `workbook:12:PENJUALAN!A14`, with the page of its workbook."""
    return Node(
        kind=KIND,
        code=f"{PREFIX}{row.workbook_id}:{row.source}",
        label=_("Buku kerja, %(cell)s") % {"cell": row.source},
        url=reverse("intake:import", args=[row.workbook_id]),
    )


def find(code: str) -> Node | None:
    """A cell by the reference that booked rows carry."""
    row = _row(code)
    return node_of(row) if row else None


def _row(code: str) -> ImportedRow | None:
    number, _mark, source = code.removeprefix(PREFIX).partition(":")
    if not code.startswith(PREFIX) or not number.isdigit():
        return None
    return ImportedRow.objects.filter(workbook_id=int(number), source=source).first()


def _cells(targets: list[str]) -> Iterator[tuple[str, Node]]:
    for row in ImportedRow.objects.filter(target__in=targets).order_by("pk"):
        yield _("dari buku kerja"), node_of(row)


def cells_of_sale(node: Node) -> Links:
    """The line of the sales book."""
    sales = Sale.objects.filter(code=node.code).values_list("pk", flat=True)
    return _cells([f"proceeds.sale:{pk}" for pk in sales])


def cells_of_batch(node: Node) -> Links:
    """The line of what was made."""
    batches = Batch.objects.filter(code=node.code).values_list("pk", flat=True)
    return _cells([f"workshop.batch:{pk}" for pk in batches])


def cells_of_sheet(node: Node) -> Links:
    """The cell of everybody's day."""
    workshop, _at, day = node.code.partition("@")
    logs = WorkLog.objects.filter(sheet__workshop_id=workshop, day=day)
    people = logs.order_by("participant_id").values_list("participant_id", flat=True).distinct()
    return _cells([f"workshop.day:{person}:{day}" for person in people])


def cells_of_material(node: Node) -> Links:
    """The line of the materials."""
    lots = MaterialLot.objects.filter(code=node.code).values_list("pk", flat=True)
    return _cells([f"workshop.materiallot:{pk}" for pk in lots])


def cells_of_maker(node: Node) -> Links:
    """The line of the list of people."""
    people = Participant.objects.filter(code=node.code).values_list("pk", flat=True)
    return _cells([f"people.participant:{pk}" for pk in people])


def things_of_cell(node: Node) -> Links:
    """What a cell became."""
    row = _row(node.code)
    table, _mark, key = row.target.partition(":") if row else ("", "", "")
    if table == "proceeds.sale":
        for sale in Sale.objects.filter(pk=key):
            yield _("menjadi penjualan"), Node("sale", sale.code, sale.code)
    elif table == "workshop.batch":
        for batch in Batch.objects.select_related("variant", "workshop").filter(pk=key):
            yield _("menjadi batch"), batch_node(batch)
    elif table == "workshop.day":
        person, _mark, day = key.partition(":")
        sheets = WorkSheet.objects.filter(logs__participant_id=person, day=day).distinct()
        for sheet in sheets.select_related("workshop"):
            yield _("menjadi daftar hadir"), sheet_node(sheet)


declare_linker(KIND, find, things_of_cell)
declare_linker("sale", links=cells_of_sale)
declare_linker("batch", links=cells_of_batch)
declare_linker("sheet", links=cells_of_sheet)
declare_linker("material", links=cells_of_material)
declare_linker("maker", links=cells_of_maker)
