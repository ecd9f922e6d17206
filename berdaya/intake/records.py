"""What was read from a workbook: sheets as plain cells, and the rows found in them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = str | float | bool | date | None


def column_letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, order=True)
class CellRef:
    """Where something stands: the sheet's name and the cell as spreadsheets call it."""

    sheet: str
    row: int
    column: int = 0

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from A1 on, every row as long as the longest."""

    name: str
    rows: list[list[Value]]


@dataclass(frozen=True)
class PersonRow:
    """A line of the list of working people; names were left out before it was made."""

    at: CellRef
    work_number: str
    status: str = ""
    line: str = ""
    started_on: date | None = None
    consent_on: date | None = None
    consent_text: str = ""
    fit_until: date | None = None
    note: str = ""
    released_on: date | None = None
    moved_on: date | None = None
    columns: dict[str, CellRef] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ProductRow:
    """A line of the price list."""

    at: CellRef
    name: str
    line: str = ""
    measure: str = ""
    price_rp: int | None = None
    pay_basis: str = ""
    permits: tuple[str, ...] = ()
    columns: dict[str, CellRef] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class MaterialRow:
    """A line of materials: bought, given or grown, and for which product."""

    at: CellRef
    day: date | None
    name: str
    qty: Decimal | None
    measure: str
    unit_cost_rp: int | None
    total_rp: int | None
    source: str
    source_text: str
    product: str
    columns: dict[str, CellRef] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class MarkRow:
    """One person, one day: present with minutes or pieces, ill, on leave, absent."""

    at: CellRef
    work_number: str
    line: str
    day: date
    mark: str
    minutes: int = 0
    pieces: Decimal = Decimal(0)


@dataclass(frozen=True)
class OutputRow:
    """A line of what was made: a batch by the unit's own code."""

    at: CellRef
    day: date | None
    code: str
    product: str
    qty: Decimal | None
    measure: str
    quality: str
    rejected_qty: Decimal = Decimal(0)
    rework_qty: Decimal = Decimal(0)
    columns: dict[str, CellRef] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class SaleRow:
    """A line of the sales book."""

    at: CellRef
    receipt_no: str
    day: date | None
    buyer: str
    product: str
    qty: Decimal | None
    price_rp: int | None
    total_rp: int | None
    payment: str
    note: str
    columns: dict[str, CellRef] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class TotalRow:
    """A line in which the unit added up: the sum it states for a column, and what it covers."""

    at: CellRef
    kind: str
    stated: Decimal
    work_number: str = ""


@dataclass
class Book:
    """Everything one workbook says, in the order in which it says it."""

    people: list[PersonRow] = field(default_factory=list)
    products: list[ProductRow] = field(default_factory=list)
    materials: list[MaterialRow] = field(default_factory=list)
    marks: list[MarkRow] = field(default_factory=list)
    outputs: list[OutputRow] = field(default_factory=list)
    sales: list[SaleRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        return sum(
            map(len, (self.people, self.products, self.materials, self.marks, self.outputs))
        ) + len(self.sales)
