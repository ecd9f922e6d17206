"""Lists as files: XLSX and CSV that no spreadsheet program takes for formulas."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import HttpResponse

from berdaya.core import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
Rows = Iterable[Sequence[Any]]
Sheet = tuple[str, Sequence[str], Sequence[str], Rows]


def xlsx(name: str, heads: Sequence[str], kinds: Sequence[str], rows: Rows) -> HttpResponse:
    """A workbook with one sheet: bold heads, frozen; amounts and dates as such."""
    return workbook(name, [(name, heads, kinds, rows)])


def workbook(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """A workbook with a sheet each: its name (31 letters), heads, kinds and rows."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    for sheet in sheets:
        _fill(book, *sheet)
    book.close()
    return _file(buffer.getvalue(), XLSX, f"{name}.xlsx")


def _fill(book: Any, name: str, heads: Sequence[str], kinds: Sequence[str], rows: Rows) -> None:
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    forms = {
        "amount": book.add_format({"num_format": "#,##0"}),
        "qty": book.add_format({"num_format": "#,##0.###"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy"}),
        "instant": book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
    }
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, bold)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, forms.get(kinds[place]))
    sheet.autofit(max_width=420)


def _write(sheet: Any, line: int, place: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, date)):
        sheet.write_string(line, place, str(value))
    elif isinstance(value, datetime):
        there = clock.local(value, settings.BUSINESS_ZONE).replace(tzinfo=None)
        sheet.write_datetime(line, place, there, form)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, form)
    else:
        sheet.write_number(line, place, value, form)


def csv_file(name: str, heads: Sequence[str], kinds: Sequence[str], rows: Rows) -> HttpResponse:
    """UTF-8 with a mark for Excel, semicolons as Indonesian Excel expects them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return _file(buffer.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return clock.local(value, settings.BUSINESS_ZONE).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (float, Decimal)):
        return str(value).replace(".", ",")
    if isinstance(value, (int, date)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


WRITERS: dict[str, Callable[[str, Sequence[str], Sequence[str], Rows], HttpResponse]] = {
    "xlsx": xlsx,
    "csv": csv_file,
}
