"""The dry run as it is kept with the workbook, in both languages, worked out at every change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from berdaya.intake import letter
from berdaya.intake.findings import CHOICES, Finding, Notebook
from berdaya.intake.plan import Plan
from berdaya.intake.recognition import Shape

Report = dict[str, Any]


def report_of(shapes: list[Shape], plan: Plan) -> Report:
    """Everything a page shows, as JSON."""
    notebook = Notebook(plan.chosen)
    return {
        "fresh": plan.fresh_count,
        "figures": _said(lambda: [vars(figure) for figure in letter.figures(plan)]),
        "batches": [_batch(line) for line in letter.batch_lines(plan)],
        "findings": [_finding(finding, notebook) for finding in plan.findings],
        "sheets": [_sheet(shape) for shape in shapes],
    }


def _said(make: Callable[[], Any]) -> dict[str, Any]:
    """What `make` says in every language of the program."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = make()
    return found


def _batch(line: letter.BatchLine) -> Report:
    batch = line.batch
    return {
        "code": batch.code,
        "product": batch.product,
        "starts_on": batch.starts_on.isoformat(),
        "ends_on": batch.ends_on.isoformat(),
        "hours": line.hours,
        "pieces": line.pieces,
        "people": line.people,
        "is_history": batch.is_history,
    }


def _finding(finding: Finding, notebook: Notebook) -> Report:
    return {
        "key": finding.key,
        "code": finding.code,
        "level": finding.level,
        "cell": str(finding.at),
        "cells": len(finding.cells),
        "text": _said(lambda: finding.text),
        "choices": list(finding.kind.choices),
        "choice": notebook.choice(finding),
    }


def _sheet(shape: Shape) -> Report:
    return {
        "name": shape.sheet,
        "kind": shape.kind,
        "header_row": shape.header_row + 1,
        "has_days": bool(shape.days),
        "columns": [
            {"header": c.header, "field": c.field, "is_identity": c.is_identity}
            for c in shape.columns
        ],
    }


@dataclass(frozen=True)
class Remark:
    """A finding on a page, in the reader's language."""

    key: str
    code: str
    level: str
    cell: str
    cells: int
    text: str
    choice: str
    choices: list[tuple[str, Any]]

    @property
    def chosen(self) -> Any:
        """What was decided, in words."""
        return CHOICES.get(self.choice, "")

    @property
    def can_choose(self) -> bool:
        return len(self.choices) > 1


def remarks(report: Mapping[str, Any], level: str) -> list[Remark]:
    """The kept findings of one level."""
    return [
        Remark(
            key=row["key"],
            code=row["code"],
            level=row["level"],
            cell=row["cell"],
            cells=row["cells"],
            text=_here(row["text"]),
            choice=row["choice"],
            choices=[(code, CHOICES[code]) for code in row["choices"]],
        )
        for row in report.get("findings", [])
        if row["level"] == level
    ]


def kept_figures(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures of what will be booked, in the reader's language."""
    return list(_here(report.get("figures", {})) or [])


def _here(said: Mapping[str, Any]) -> Any:
    return said.get(get_language() or "id") or said.get("id")
