"""Which sheet is what and which column means what, by words, and by what an officer taught."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from berdaya.intake.records import Sheet, Value
from berdaya.intake.values import Period, name_key, read_full_day, read_period
from berdaya.intake.words import (
    ATTENDANCE,
    FIELDS,
    IDENTITY_WORDS,
    IGNORE,
    PEOPLE,
    PRODUCTS,
    REQUIRED,
)

HEADER_WITHIN = 15


@dataclass(frozen=True)
class Memory:
    """What this facility taught before: kinds by sheet name, fields by kind and header."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One column under a header; `field` is empty for one nobody reads."""

    index: int
    header: str
    field: str = ""
    is_identity: bool = False


@dataclass(frozen=True)
class Shape:
    """How one sheet is to be read. `header_row` counts from 0; kind IGNORE: not at all."""

    sheet: str
    kind: str
    header_row: int = 0
    first_row: int = 0
    columns: tuple[Column, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    period: Period = field(default_factory=Period)
    full_day: int = 420

    def index_of(self, name: str) -> int | None:
        """The column of a field, or None."""
        return next((column.index for column in self.columns if column.field == name), None)

    @property
    def missing(self) -> list[str]:
        """Fields without which rows of this kind mean nothing."""
        have = {column.field for column in self.columns}
        return sorted(REQUIRED.get(self.kind, frozenset()) - have)


def recognise(sheet: Sheet, memory: Memory = Memory()) -> Shape:
    """The best reading of a sheet: the header row and kind that explain most columns."""
    taught = memory.kinds.get(name_key(sheet.name))
    if taught == IGNORE:
        return Shape(sheet.name, IGNORE)
    kinds = [taught] if taught else list(FIELDS)
    tries = [
        shape
        for row in range(min(HEADER_WITHIN, len(sheet.rows)))
        for kind in kinds
        if (shape := _read_header(sheet, row, kind, memory)) is not None
    ]
    complete = [shape for shape in tries if not shape.missing] or (tries if taught else [])
    best = max(complete, key=_explained, default=None)
    return best or Shape(sheet.name, IGNORE, columns=_bare_columns(sheet))


def _explained(shape: Shape) -> tuple[int, int]:
    known = sum(1 for column in shape.columns if column.field)
    return known + (5 if shape.days else 0), -shape.header_row


def _read_header(sheet: Sheet, row: int, kind: str, memory: Memory) -> Shape | None:
    cells = sheet.rows[row]
    if sum(1 for cell in cells if isinstance(cell, str) and cell) < 2:
        return None
    columns = _columns(cells, kind, memory)
    if not any(column.field for column in columns):
        return None
    days, first_row = _day_columns(sheet, row) if kind == ATTENDANCE else ((), row + 1)
    if kind == ATTENDANCE and not days and not {"day", "mark"} <= {c.field for c in columns}:
        return None
    if days:
        inside = {index for index, _number in days}
        columns = tuple(
            Column(c.index, c.header, "" if c.field in ("day", "mark") else c.field, c.is_identity)
            for c in columns
            if c.index not in inside
        )
    titles = _titles(sheet, row)
    return Shape(
        sheet.name, kind, row, first_row, columns, days, read_period(titles), read_full_day(titles)
    )


def _titles(sheet: Sheet, header_row: int) -> str:
    above = [str(cell) for row in sheet.rows[:header_row] for cell in row if isinstance(cell, str)]
    return " ".join([sheet.name, *above])


def _columns(cells: list[Value], kind: str, memory: Memory) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns = []
    for index, cell in enumerate(cells):
        header = str(cell).strip() if isinstance(cell, str) else ""
        if not header:
            continue
        meant = _field_of(header, kind, memory)
        meant = "" if meant in taken else meant
        taken.add(meant)
        identity = is_identity_header(header, kind)
        columns.append(Column(index, header, "" if identity else meant, identity))
    return tuple(columns)


def _field_of(header: str, kind: str, memory: Memory) -> str:
    key = name_key(header)
    if (kind, key) in memory.fields:
        return memory.fields[kind, key]
    return next((name for name, words in FIELDS[kind].items() if key in words), "")


def is_identity_header(header: str, kind: str) -> bool:
    """Whether a header announces names, NIK or register numbers of people.

    `Nama` alone is a product's name on a price list, and a person's everywhere else.
    """
    key = name_key(header)
    if key == "nama" and kind == PRODUCTS:
        return False
    return key in IDENTITY_WORDS or key.startswith(("nik ", "nama wbp ", "nama warga "))


def _day_columns(sheet: Sheet, row: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The columns 1..31 of a month, in the header row itself or one of the two below it."""
    for below in range(row, min(row + 3, len(sheet.rows))):
        days = tuple(
            (index, int(cell))
            for index, cell in enumerate(sheet.rows[below])
            if isinstance(cell, float) and cell.is_integer() and 1 <= cell <= 31
        )
        if not days:
            days = _written_days(sheet.rows[below])
        numbers = [number for _index, number in days]
        if len(days) >= 7 and numbers == sorted(set(numbers)):
            return days, below + 1
    return (), row + 1


def _written_days(cells: list[Value]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (index, int(cell))
        for index, cell in enumerate(cells)
        if isinstance(cell, str) and cell.isdigit() and 1 <= int(cell) <= 31
    )


def _bare_columns(sheet: Sheet) -> tuple[Column, ...]:
    """Headers of a sheet we do not know, so that an officer can still say what they mean."""
    for cells in sheet.rows[:HEADER_WITHIN]:
        headers = [(i, cell) for i, cell in enumerate(cells) if isinstance(cell, str) and cell]
        if len(headers) >= 3:
            return tuple(
                Column(i, cell, is_identity=is_identity_header(cell, PEOPLE)) for i, cell in headers
            )
    return ()
