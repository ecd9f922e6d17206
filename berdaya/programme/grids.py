"""The joint report as tables: the same ones on the screen, on paper and in a workbook."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.insight.grids import Cell, Grid, number, of_snapshot, said
from berdaya.insight.indicators import INDICATORS
from berdaya.programme.rules.standing import STATES


def grids_of(snapshot: Mapping[str, Any]) -> list[Grid]:
    """Commitments, indicators, risks and decisions, for the audience that the snapshot names."""
    name, audience = f"triwulan-{snapshot['quarter']}", snapshot["audience"]
    return [
        commitments(snapshot["commitments"], audience),
        of_snapshot(f"{name}-indikator", _("Indikator program"), snapshot, audience),
        _risks(snapshot, audience),
        _decisions(snapshot, audience),
    ]


def _text(words: str) -> Cell:
    return Cell(words, words)


def commitments(lines: Iterable[Mapping[str, Any]], audience: str) -> Grid:
    """A line a measure and a milestone, so that every number stands in a cell of its own."""
    rows = []
    for one in lines:
        label = str(STATES[one["state"]][0])
        head = f"{one['clause']} · {one['code']}: {one['deliverable']}"
        reasons = " ".join(reason["words"] for reason in one["reasons"])
        proofs = [_measure(line, audience) for line in one["measures"]]
        proofs += [_milestone(line) for line in one["milestones"]]
        for proof in proofs or [(_text("–"),) * 4]:
            rows.append((_text(head), _text(label), *proof, _text(reasons)))
    heads = (
        _("Komitmen"), _("Keadaan"), _("Bukti"), _("Angka"), _("Semestinya"), _("Target"),
        _("Sebabnya"),
    )  # fmt: skip
    kinds = ("text", "text", "text", "qty", "qty", "qty", "text")
    return Grid("komitmen", _("Komitmen"), audience, heads, kinds, tuple(rows))


def _measure(line: Mapping[str, Any], audience: str) -> tuple[Cell, ...]:
    known = INDICATORS.get(line["indicator"])
    title = str(known.title) if known else line["indicator"]
    cells = []
    for key in ("value", "expected", "target"):
        amount = None if line[key] is None else Decimal(line[key])
        text = number(amount).text
        if known is not None:
            text = said(known, amount, audience) if key == "value" else said(known, amount)
        cells.append(Cell(number(amount).raw, text))
    return (_text(f"{title} {line['year']}"), *cells)


def _milestone(line: Mapping[str, Any]) -> tuple[Cell, ...]:
    due = clock.format_date(date.fromisoformat(line["due_on"]))
    told = _("diterima kedua pihak") if line["is_accepted"] else _("belum diterima kedua pihak")
    return (_text(f"{line['title']} ({due}): {told}"), Cell(None, "–"), Cell(None, "–"),
            Cell(None, "–"))  # fmt: skip


def _risks(snapshot: Mapping[str, Any], audience: str) -> Grid:
    rows = [
        (_text(one["words"]), Cell(one["weight"], str(one["weight"])), _text(one["owner"]),
         _text(one["response"]))
        for one in snapshot["risks"]
    ]  # fmt: skip
    heads = (_("Risiko"), _("Bobot"), _("Penanggung jawab"), _("Tindakan"))
    return Grid(
        "risiko", _("Risiko terbuka"), audience, heads, ("text", "qty", "text", "text"),
        tuple(rows),
    )  # fmt: skip


def _decisions(snapshot: Mapping[str, Any], audience: str) -> Grid:
    rows = [
        (_text(clock.format_date(date.fromisoformat(one["held_on"]))), _text(one["words"]))
        for one in snapshot["decisions"]
    ]
    heads = (_("Hari"), _("Keputusan"))
    return Grid("keputusan", _("Keputusan rapat"), audience, heads, ("text", "text"), tuple(rows))
