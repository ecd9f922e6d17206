"""Cells between upload and booking: how they are kept, read again and understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from berdaya.intake.extract import extract
from berdaya.intake.findings import Notebook
from berdaya.intake.identity import LeftOut, strip_identity
from berdaya.intake.reading import read_workbook
from berdaya.intake.recognition import Memory, Shape, recognise
from berdaya.intake.records import Book, CellRef, Sheet, Value


@dataclass(frozen=True)
class Stripped:
    """A workbook without anything that says who a person is."""

    sheets: list[Sheet]
    left_out: list[LeftOut]


def open_workbook(data: bytes, name: str, memory: Memory) -> Stripped:
    """Read a file and take the people's identity out of it; Refused as read_workbook says."""
    sheets = read_workbook(data, name)
    shapes = [recognise(sheet, memory) for sheet in sheets]
    return Stripped(*strip_identity(sheets, shapes))


def understand(
    sheets: list[Sheet], left_out: Iterable[LeftOut], memory: Memory, chosen: Mapping[str, str]
) -> tuple[list[Shape], Book, Notebook]:
    """Shapes, rows and the first findings of stripped sheets."""
    notebook = Notebook(chosen)
    for item in left_out:
        code = "column_left_out" if item.header else "cell_left_out"
        said = {"header": item.header} if item.header else {}
        notebook.note(code, item.at, **said)
    shapes = [recognise(sheet, memory) for sheet in sheets]
    return shapes, extract(sheets, shapes, notebook), notebook


def to_json(rows: list[list[Value]]) -> list[list[Any]]:
    """Cells as JSON; a day is {"day": "2026-09-03"}."""
    return [
        [{"day": cell.isoformat()} if isinstance(cell, date) else cell for cell in row]
        for row in rows
    ]


def from_json(rows: list[list[Any]]) -> list[list[Value]]:
    """What to_json wrote; JSON has turned whole floats into integers."""
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Any) -> Value:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"])
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    return cell  # type: ignore[no-any-return]


def left_out_to_json(items: Iterable[LeftOut]) -> list[dict[str, Any]]:
    return [
        {"sheet": i.sheet, "header": i.header, "row": i.at.row, "column": i.at.column,
         "cells": i.cells}
        for i in items
    ]  # fmt: skip


def left_out_from_json(rows: Iterable[Mapping[str, Any]]) -> list[LeftOut]:
    return [
        LeftOut(r["sheet"], r["header"], CellRef(r["sheet"], r["row"], r["column"]), r["cells"])
        for r in rows
    ]
