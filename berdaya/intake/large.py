"""A large invented workbook, to measure how long one takes: a year of a busy unit."""

import io
import random
from datetime import date, timedelta

import xlsxwriter

from berdaya.intake.blank import SHEETS
from berdaya.intake.words import ATTENDANCE, MATERIALS, OUTPUT, PEOPLE, PRODUCTS, SALES

FIRST = date(2025, 1, 6)
LINES = ("Mebel", "Sabun", "Tenun", "Las")
PEOPLE_COUNT = 40
MARKS = ("H", "5,5", 6, 4, "S", "I", "H", "H")
# Of all rows: days of work, then sales, output, materials.
SHARES = {ATTENDANCE: 0.8, SALES: 0.16, OUTPUT: 0.02, MATERIALS: 0.02}
# A shop's book: nothing but sales, and on the side a few days in which their goods were made.
SALES_SHARES = {SALES: 1.0, ATTENDANCE: 0.04, OUTPUT: 0.004, MATERIALS: 0.004}
SALES_DAYS = 300
PIECES = 2

Rows = list[list[object]]


def sales_workbook(rows: int) -> bytes:
    """An .xlsx with `rows` sales over most of a year, of goods made in its first days."""
    return large_workbook(rows, SALES_SHARES, SALES_DAYS)


def large_workbook(
    rows: int,
    shares: dict[str, float] | None = None,
    sold_over: int = 0,
    seed: int = 1945,
) -> bytes:
    """An .xlsx of about `rows` rows in the template's sheets; the same bytes for the same seed.

    Goods are sold while they are made, or else on so many days after all work is done.
    """
    chance = random.Random(seed)  # noqa: S311
    counts = {kind: int(rows * share) for kind, share in (shares or SHARES).items()}
    days = max(counts.get(ATTENDANCE, 0) // PEOPLE_COUNT, 5)
    pieces = 2 * PIECES * counts[SALES] // counts[OUTPUT] if sold_over else 100
    sheets: dict[str, Rows] = {
        PEOPLE: [_person(number) for number in range(PEOPLE_COUNT)],
        PRODUCTS: [[f"Barang {line}", line, "buah", 50_000, "jam", ""] for line in LINES],
        ATTENDANCE: _attendance(counts.get(ATTENDANCE, 0), chance),
        OUTPUT: [_output(number, counts[OUTPUT], days, pieces) for number in range(counts[OUTPUT])],
        MATERIALS: [
            _material(number, counts[MATERIALS], days) for number in range(counts[MATERIALS])
        ],
        SALES: [_sale(number, counts[SALES], days, sold_over) for number in range(counts[SALES])],
    }
    return _written(sheets)


def _day(days: int, place: int, of: int, after: int = 0) -> str:
    """A day, spread evenly over so many days of the book."""
    return f"{FIRST + timedelta(days=after + days * place // max(of, 1)):%d/%m/%Y}"


def _number(person: int) -> str:
    return f"B-{person + 1:03d}"


def _person(number: int) -> list[object]:
    line = LINES[number % len(LINES)]
    return [_number(number), "Narapidana", line, "01/01/2025", "01/01/2025", "31/12/2027", ""]


def _attendance(count: int, chance: random.Random) -> Rows:
    rows: Rows = []
    day = FIRST
    while len(rows) < count:
        if day.weekday() < 5:
            for person in range(min(PEOPLE_COUNT, count - len(rows))):
                line = LINES[person % len(LINES)]
                rows.append([f"{day:%d/%m/%Y}", _number(person), line, chance.choice(MARKS)])
        day += timedelta(days=1)
    return rows


def _output(number: int, of: int, days: int, qty: int) -> list[object]:
    line = LINES[number % len(LINES)]
    return [_day(days, number + 1, of), f"X-{number:04d}", f"Barang {line}", qty, "buah", "baik"]


def _material(number: int, of: int, days: int) -> list[object]:
    line = LINES[number % len(LINES)]
    day = _day(days, number, of)
    return [day, f"Bahan {line}", 10, "kg", 5_000, 50_000, f"beli, nota {number}", f"Barang {line}"]


def _sale(number: int, of: int, days: int, sold_over: int) -> list[object]:
    line = LINES[number % len(LINES)]
    day = _day(days, of // 4 + number * 3 // 4, of)
    if sold_over:
        day = _day(sold_over, number, of, after=days)
    return [number + 1, day, "umum", f"Barang {line}", PIECES, 50_000, 100_000, "tunai", ""]


def _written(sheets: dict[str, Rows]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for kind, rows in sheets.items():
        sheet = book.add_worksheet(SHEETS[kind].name)
        sheet.write_row(0, 0, [column for column, _width, _help in SHEETS[kind].columns])
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, row)
    book.close()
    return buffer.getvalue()
