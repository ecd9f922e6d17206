"""Cells between upload and booking: how they are kept, read again and understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from berdaya.intake.carrying import Parcel, meant_by, parcel_of
from berdaya.intake.extract import extract
from berdaya.intake.findings import Notebook
from berdaya.intake.identity import LeftOut, strip_identity
from berdaya.intake.reading import read_workbook
from berdaya.intake.recognition import Memory, Shape, recognise
from berdaya.intake.records import Book, CellRef, Sheet, Value
from berdaya.intake.words import PEOPLE


@dataclass(frozen=True)
class Stripped:
    """A workbook without anything that says who a person is."""

    sheets: list[Sheet]
    left_out: list[LeftOut]
    parcel: Parcel


def open_workbook(data: bytes, name: str, memory: Memory, *, seals: bool = False) -> Stripped:
    """Read a file and take the people's identity out of it; Refused as read_workbook says.

    With `seals`, what lists of people say about who they are is handed over apart.
    """
    sheets = read_workbook(data, name)
    shapes = [recognise(sheet, memory) for sheet in sheets]
    parcel = parcel_of(sheets, shapes) if seals else {}
    clean, left_out = strip_identity(sheets, shapes)
    if parcel:
        lists = {shape.sheet for shape in shapes if shape.kind == PEOPLE}
        left_out = [
            replace(item, is_sealed=item.sheet in lists and bool(meant_by(item.header)))
            for item in left_out
        ]
    return Stripped(clean, left_out, parcel)


def understand(
    sheets: list[Sheet], left_out: Iterable[LeftOut], memory: Memory, chosen: Mapping[str, str]
) -> tuple[list[Shape], Book, Notebook]:
    """Shapes, rows and the first findings of stripped sheets."""
    notebook = Notebook(chosen)
    for item in left_out:
        code = "column_left_out" if item.header else "cell_left_out"
        code = "column_sealed" if item.is_sealed else code
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
         "cells": i.cells, "sealed": i.is_sealed}
        for i in items
    ]  # fmt: skip


def left_out_from_json(rows: Iterable[Mapping[str, Any]]) -> list[LeftOut]:
    return [
        LeftOut(
            r["sheet"],
            r["header"],
            CellRef(r["sheet"], r["row"], r["column"]),
            r["cells"],
            r.get("sealed", False),
        )
        for r in rows
    ]
