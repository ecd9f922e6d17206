"""Workbooks made for a test: the sample with a row more or another value, or a large one."""

import io

import python_calamine
import xlsxwriter


def add_row(
    sample: bytes,
    sheet: str,
    row: list[str] | None,
    change: tuple[str, int, object] | None = None,
) -> bytes:
    """The sample with a sale of one more at list price, or with one cell of a nota changed."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sample))
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if name == sheet and row is not None:
            rows.append([*row, 1, 850_000, 850_000, "tunai", ""])
        target = made.add_worksheet(name)
        for number, cells in enumerate(rows):
            if change and name == sheet and str(cells[0]).removesuffix(".0") == change[0]:
                cells[change[1]] = change[2]
                cells[change[1] + 1] = change[2] * cells[change[1] - 1]
            target.write_row(number, 0, cells)
    made.close()
    return out.getvalue()
