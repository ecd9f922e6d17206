"""Takes out who people are before anything is kept: by header, by content, by echo.

Names, NIK and register numbers leave by three ways: the columns whose header announces them, the
columns and cells whose content looks like them, and every other cell that repeats a name seen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from berdaya.core.personal import NIK, REGISTER
from berdaya.intake.recognition import HEADER_WITHIN, Shape, is_identity_header
from berdaya.intake.records import CellRef, Sheet, Value
from berdaya.intake.words import ATTENDANCE, IGNORE, PEOPLE

# Letters of any alphabet; `S.Pd`, `(Ani)`, `Bere-Tae` and `Yos/Yosef` are names too.
_PART = r"[^\W\d_][\w'’.`,()/\-]*"
_PERSON_NAME = re.compile(rf"{_PART}(?: {_PART}| \d){{1,5}}")
_SINGLE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
HIDDEN = "[disembunyikan]"


@dataclass(frozen=True)
class LeftOut:
    """A column that was left out, or single cells that were blanked (`header` empty)."""

    sheet: str
    header: str
    at: CellRef
    cells: int
    is_sealed: bool = False


def strip_identity(sheets: list[Sheet], shapes: list[Shape]) -> tuple[list[Sheet], list[LeftOut]]:
    """The sheets without anything that says who a person is, and what was left out where."""
    left_out: list[LeftOut] = []
    names: set[str] = set()
    blanked: list[Sheet] = []
    for sheet, shape in zip(sheets, shapes, strict=True):
        columns = _identity_columns(sheet, shape)
        rows = [list(row) for row in sheet.rows]
        for index, header_row in columns.items():
            seen = _blank_column(rows, index, header_row)
            # Elsewhere than on a list of people a single word may be a thing's name, too.
            is_list = shape.kind in (PEOPLE, ATTENDANCE) and header_row == shape.header_row
            is_list = is_list and is_identity_header(str(sheet.rows[header_row][index]), shape.kind)
            names |= {name for name in seen if is_list or " " in name}
            header = str(sheet.rows[header_row][index])
            at = CellRef(sheet.name, header_row + 1, index)
            left_out.append(LeftOut(sheet.name, header, at, len(rows) - header_row - 1))
        blanked.append(Sheet(sheet.name, rows))
    echoes = _echo_pattern(names)
    for sheet in blanked:
        left_out += _blank_cells(sheet, echoes)
    return blanked, left_out


def _identity_columns(sheet: Sheet, shape: Shape) -> dict[int, int]:
    """Column index -> header row, by header words and by content."""
    found = {
        column.index: shape.header_row
        for column in shape.columns
        if column.is_identity and shape.kind != IGNORE
    }
    if shape.kind == IGNORE:
        found |= _loose_identity_headers(sheet)
        return found
    found |= _headers_above(sheet, shape)
    for column in shape.columns:
        cells = [row[column.index] for row in sheet.rows[shape.first_row :]]
        told = [cell for cell in cells if cell not in ("", None)]
        if column.index not in found and _looks_like_identity(told, column.field, shape.kind):
            found[column.index] = shape.header_row
    return found


def _loose_identity_headers(sheet: Sheet) -> dict[int, int]:
    return {
        index: number
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN])
        for index, cell in enumerate(row)
        if isinstance(cell, str) and is_identity_header(cell, PEOPLE)
    }


def _headers_above(sheet: Sheet, shape: Shape) -> dict[int, int]:
    """Identity headers in the row over the header row, where cells are merged.

    A title stands alone in its row; a column that is read has its own header below.
    """
    if not shape.header_row:
        return {}
    number = shape.header_row - 1
    cells = sheet.rows[number]
    read = {column.index for column in shape.columns if column.field}
    if sum(1 for cell in cells if cell not in ("", None)) < 2:
        return {}
    return {
        index: number
        for index, cell in enumerate(cells)
        if index not in read and isinstance(cell, str) and is_identity_header(cell, shape.kind)
    }


def _looks_like_identity(cells: list[Value], meant: str, kind: str) -> bool:
    """Half of a column being NIK or register numbers is enough; names only where nobody reads."""
    if not cells:
        return False
    texts = [_digits(cell) for cell in cells]
    numbers = sum(1 for text in texts if NIK.search(text) or REGISTER.search(text))
    if numbers * 2 >= len(cells):
        return True
    if meant or kind not in (PEOPLE, ATTENDANCE):
        return False
    words = [text for text in texts if _PERSON_NAME.fullmatch(text) or _SINGLE_NAME.fullmatch(text)]
    return len(words) >= 4 and len(words) * 2 > len(cells) and len(set(words)) * 3 > len(words) * 2


def _digits(cell: Value) -> str:
    # A NIK typed as a number arrives as a float of 16 digits.
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)


def _blank_column(rows: list[list[Value]], index: int, header_row: int) -> set[str]:
    seen = {row[index] for row in rows[header_row + 1 :] if isinstance(row[index], str)}
    for row in rows[header_row + 1 :]:
        row[index] = ""
    return {cell for cell in seen if isinstance(cell, str) and len(cell) >= 4}


def _echo_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    listed = sorted(names, key=len, reverse=True)
    if not listed:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE)


def _blank_cells(sheet: Sheet, echoes: re.Pattern[str] | None) -> list[LeftOut]:
    found = []
    for number, row in enumerate(sheet.rows, start=1):
        for index, cell in enumerate(row):
            hidden = _hidden(cell, echoes)
            if hidden is not cell:
                row[index] = hidden
                found.append(LeftOut(sheet.name, "", CellRef(sheet.name, number, index), 1))
    return found


def _hidden(cell: Value, echoes: re.Pattern[str] | None) -> Value:
    if isinstance(cell, float):
        return HIDDEN if 1e15 <= cell < 1e16 else cell
    if not isinstance(cell, str) or len(cell) < 4:
        return cell
    patterns = [NIK, REGISTER, *([echoes] if echoes else [])]
    clean = cell
    for pattern in patterns:
        clean = pattern.sub(HIDDEN, clean)
    return clean if clean != cell else cell
