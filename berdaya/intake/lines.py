"""One row of a sheet, read field by field; what cannot be read is noted with its cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from berdaya.intake.findings import Notebook
from berdaya.intake.recognition import Shape
from berdaya.intake.records import CellRef, Sheet, Value
from berdaya.intake.values import read_day, read_number, read_rp

AMBIGUOUS = re.compile(r"(0?[1-9]|1[0-2])[/.\-](0?[1-9]|1[0-2])[/.\-]\d+")


@dataclass
class Line:
    """One row of a sheet, read field by field."""

    sheet: Sheet
    shape: Shape
    index: int
    year: int | None
    notebook: Notebook
    days: "DayHabits"

    @property
    def at(self) -> CellRef:
        return CellRef(self.sheet.name, self.index + 1)

    def ref(self, field: str) -> CellRef:
        column = self.shape.index_of(field)
        return CellRef(self.sheet.name, self.index + 1, column or 0)

    def value(self, field: str) -> Value:
        column = self.shape.index_of(field)
        return "" if column is None else self.sheet.rows[self.index][column]

    def text(self, field: str) -> str:
        value = self.value(field)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    def day(self, field: str) -> date | None:
        """A day; what is no date is noted. Empty stays empty."""
        value = self.value(field)
        if value in ("", None):
            return None
        read = read_day(value, self.year)
        if read.day is None:
            self.notebook.note("day_unreadable", self.ref(field), text=str(value))
            return None
        if read.year_was_missing:
            self.days.without_year.append(self.ref(field))
        elif isinstance(value, str) and AMBIGUOUS.fullmatch(value.strip()):
            self.days.ambiguous.append((self.ref(field), value))
        return read.day

    def number(self, field: str) -> Decimal | None:
        return self._read(field, read_number)

    def rp(self, field: str) -> int | None:
        return self._read(field, read_rp)

    def _read(self, field: str, reader: Callable[[Value], Decimal | int | None]) -> object:
        value = self.value(field)
        if value in ("", None):
            return None
        number = reader(value)
        if number is None:
            self.notebook.note("number_unreadable", self.ref(field), text=str(value))
        return number

    def refs(self) -> dict[str, CellRef]:
        return {c.field: self.ref(c.field) for c in self.shape.columns if c.field}


@dataclass
class DayHabits:
    """How one sheet writes its days, told once per sheet."""

    without_year: list[CellRef]
    ambiguous: list[tuple[CellRef, str]]

    def tell(self, notebook: Notebook, year: int | None) -> None:
        if self.without_year:
            cells = tuple(self.without_year)
            notebook.note("day_without_year", cells[0], cells, count=len(cells), year=year)
        if self.ambiguous:
            cells = tuple(ref for ref, _text in self.ambiguous)
            text = self.ambiguous[0][1]
            notebook.note("day_first_assumed", cells[0], cells, count=len(cells), text=text)
