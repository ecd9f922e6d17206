"""From cells to rows: each kind of sheet has one reader; what cannot be read becomes a finding."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from berdaya.intake import words
from berdaya.intake.findings import Notebook
from berdaya.intake.lines import DayHabits, Line
from berdaya.intake.recognition import Shape
from berdaya.intake.records import (
    Book,
    CellRef,
    MarkRow,
    MaterialRow,
    OutputRow,
    PersonRow,
    ProductRow,
    SaleRow,
    Sheet,
    TotalRow,
)
from berdaya.intake.values import (
    measure,
    name_key,
    read_day,
    read_mark,
    read_number,
    work_number,
)


def extract(sheets: list[Sheet], shapes: list[Shape], notebook: Notebook) -> Book:
    """All rows of all recognised sheets."""
    book = Book()
    years = [shape.period.year for shape in shapes if shape.period.year]
    for sheet, shape in zip(sheets, shapes, strict=True):
        at = CellRef(sheet.name, shape.header_row + 1)
        if shape.kind == words.IGNORE:
            notebook.note("sheet_unknown", at)
            continue
        if shape.missing:
            labels = ", ".join(str(words.FIELD_LABELS[name]) for name in shape.missing)
            notebook.note("column_missing", at, fields=labels)
            continue
        year = shape.period.year or (max(years) if years else None)
        habits = DayHabits([], [])
        for line in _lines(sheet, shape, year, notebook, habits):
            READERS[shape.kind](line, book)
        habits.tell(notebook, year)
        _tell_unsigned(sheet, shape, notebook)
    return book


def _lines(
    sheet: Sheet, shape: Shape, year: int | None, notebook: Notebook, habits: DayHabits
) -> Iterator[Line]:
    for index in range(shape.first_row, len(sheet.rows)):
        if any(cell not in ("", None) for cell in sheet.rows[index]):
            yield Line(sheet, shape, index, year, notebook, habits)


def _is_sum(line: Line) -> bool:
    cells = line.sheet.rows[line.index]
    return any(isinstance(cell, str) and name_key(cell) in words.SUM_WORDS for cell in cells)


def _tell_unsigned(sheet: Sheet, shape: Shape, notebook: Notebook) -> None:
    for column in shape.columns:
        if "paraf" not in name_key(column.header) and "tanda tangan" not in name_key(column.header):
            continue
        rows = [row for row in sheet.rows[shape.first_row :] if any(row)]
        bare = sum(1 for row in rows if row[column.index] in ("", None))
        if bare:
            at = CellRef(sheet.name, shape.header_row + 1, column.index)
            notebook.note("unsigned", at, header=column.header, count=bare)


def _number_of(line: Line) -> str:
    """The work number in its one spelling; another spelling is noted."""
    text = line.text("work_number")
    number = work_number(line.value("work_number"))
    if text and number and text != number:
        line.notebook.note("work_number_spelled", line.ref("work_number"), text=text, number=number)
    return number


STATUSES = {
    "narapidana": "convict",
    "napi": "convict",
    "wbp": "convict",
    "warga binaan": "convict",
    "tahanan": "detainee",
    "anak": "anak",
    "anak binaan": "anak",
    "klien": "client",
    "pidana kerja sosial": "community_service",
    "pks": "community_service",
}
_RELEASED = re.compile(r"\b(?:bebas|pulang|pb|cb|cmb)\b\s*(?:murni\s*)?(?:tgl\.?|tanggal)?\s*(.*)")
_MOVED = re.compile(r"\b(?:pindah|mutasi)\b.*?(\d.*)$")


def _read_person(line: Line, book: Book) -> None:
    number = _number_of(line)
    if not number:
        return
    raw = line.value("consent_on")
    has_day = isinstance(raw, date) or (raw and read_day(raw, line.year).day)
    note = line.text("note")
    status = STATUSES.get(name_key(line.text("status")), "")
    if not status:
        line.notebook.note("status_unknown", line.ref("status"), text=line.text("status"))
    book.people.append(
        PersonRow(
            at=line.ref("work_number"),
            work_number=number,
            status=status,
            line=line.text("line"),
            started_on=line.day("started_on"),
            consent_on=line.day("consent_on") if has_day else None,
            consent_text="" if has_day else str(raw or ""),
            fit_until=line.day("fit_until"),
            note=note,
            released_on=_day_in(_RELEASED, note, line.year),
            moved_on=_day_in(_MOVED, note, line.year),
            columns=line.refs(),
        )
    )


def _day_in(pattern: re.Pattern[str], note: str, year: int | None) -> date | None:
    found = pattern.search(note.lower())
    return read_day(found[1], year).day if found else None


BASES = {
    "borongan": "pieces",
    "potong": "pieces",
    "per potong": "pieces",
    "jam": "hours",
    "per jam": "hours",
    "harian": "hours",
    "rata": "equal",
    "sama rata": "equal",
    "bagi rata": "equal",
}


def _measure(line: Line) -> str:
    text = line.text("measure")
    known = measure(text)
    if text and known != text:
        line.notebook.note_once("measure_spelled", line.ref("measure"), text=text, measure=known)
    return known


def _read_product(line: Line, book: Book) -> None:
    if _is_sum(line) or not line.text("product"):
        return
    permits = [part.strip() for part in re.split(r"[/;\n]", line.text("permits")) if part.strip()]
    book.products.append(
        ProductRow(
            at=line.ref("product"),
            name=line.text("product"),
            line=line.text("line"),
            measure=_measure(line),
            price_rp=line.rp("price_rp"),
            pay_basis=BASES.get(name_key(line.text("pay_basis")), ""),
            permits=tuple(permits),
            columns=line.refs(),
        )
    )


def source_of(text: str) -> str:
    """purchase, donation, partner or own_garden, from words; empty when none is known."""
    key = name_key(text)
    for source, known in (
        ("donation", ("hibah", "bantuan", "sumbangan", "bast")),
        ("partner", ("mitra", "titipan bahan", "cv", "pt")),
        ("own_garden", ("kebun", "sendiri", "sae", "panen")),
        ("purchase", ("beli", "nota", "belanja", "pembelian", "kuitansi")),
    ):
        if any(re.search(rf"\b{word}\b", key) for word in known):
            return source
    return ""


def _read_material(line: Line, book: Book) -> None:
    if _is_sum(line):
        stated = line.rp("total_rp")
        if stated is not None:
            book.totals.append(TotalRow(line.ref("total_rp"), words.MATERIALS, Decimal(stated)))
        return
    if not line.text("material"):
        return
    book.materials.append(
        MaterialRow(
            at=line.ref("material"),
            day=line.day("day"),
            name=line.text("material"),
            qty=line.number("qty"),
            measure=_measure(line),
            unit_cost_rp=line.rp("unit_cost_rp"),
            total_rp=line.rp("total_rp"),
            source=source_of(line.text("source")),
            source_text=line.text("source"),
            product=line.text("product"),
            columns=line.refs(),
        )
    )


def _read_attendance(line: Line, book: Book) -> None:
    if _is_sum(line):
        return
    number = _number_of(line)
    if not number:
        return
    work = line.text("line")
    for index, day in _days_of(line):
        at = CellRef(line.sheet.name, line.index + 1, index)
        value = line.sheet.rows[line.index][index]
        try:
            mark = read_mark(value, line.shape.full_day)
        except ValueError:
            line.notebook.note("mark_unreadable", at, text=str(value))
            continue
        if mark is not None and day is not None:
            row = MarkRow(at, number, work, day, mark.kind, mark.minutes, mark.pieces)
            book.marks.append(row)
    stated = line.number("sum")
    if stated is not None:
        book.totals.append(TotalRow(line.ref("sum"), words.ATTENDANCE, stated, number))


def _days_of(line: Line) -> Iterator[tuple[int, date | None]]:
    if not line.shape.days:
        column = line.shape.index_of("mark")
        yield column or 0, line.day("day")
        return
    months = line.shape.period.months
    for index, number in line.shape.days:
        if line.year and months:
            yield index, _day(line.year, months[0], number)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


_REJECTED = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:afkir|rusak|cacat|gagal|reject)")
_REWORK = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:perbaikan|rework|diperbaiki)")


def _read_output(line: Line, book: Book) -> None:
    if _is_sum(line) or not line.text("product"):
        return
    quality = line.text("quality").lower()
    rejected, rework = _REJECTED.search(quality), _REWORK.search(quality)
    book.outputs.append(
        OutputRow(
            at=line.ref("code"),
            day=line.day("day"),
            code=line.text("code"),
            product=line.text("product"),
            qty=line.number("qty"),
            measure=_measure(line),
            quality=quality,
            rejected_qty=(read_number(rejected[1]) if rejected else None) or Decimal(0),
            rework_qty=(read_number(rework[1]) if rework else None) or Decimal(0),
            columns=line.refs(),
        )
    )


def _read_sale(line: Line, book: Book) -> None:
    if _is_sum(line):
        stated = line.rp("total_rp")
        if stated is not None:
            book.totals.append(TotalRow(line.ref("total_rp"), words.SALES, Decimal(stated)))
        return
    if not line.text("product"):
        return
    book.sales.append(
        SaleRow(
            at=line.ref("receipt_no"),
            receipt_no=line.text("receipt_no"),
            day=line.day("day"),
            buyer=line.text("buyer"),
            product=line.text("product"),
            qty=line.number("qty"),
            price_rp=line.rp("price_rp"),
            total_rp=line.rp("total_rp"),
            payment=line.text("payment"),
            note=line.text("note"),
            columns=line.refs(),
        )
    )


READERS: dict[str, Callable[[Line, Book], None]] = {
    words.PEOPLE: _read_person,
    words.PRODUCTS: _read_product,
    words.MATERIALS: _read_material,
    words.ATTENDANCE: _read_attendance,
    words.OUTPUT: _read_output,
    words.SALES: _read_sale,
}


def gaps(numbers: list[int]) -> list[int]:
    """Numbers missing inside a series that otherwise runs on; holes over five are not one."""
    ordered = sorted(set(numbers))
    return [
        missing
        for before, after in pairwise(ordered)
        if after - before <= 5
        for missing in range(before + 1, after)
    ]
