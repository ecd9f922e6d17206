"""The joint report on paper: the letterhead of both offices, and two signatures."""

from typing import Any

from django.utils.translation import override

from berdaya.core import clock
from berdaya.insight.grids import Grid
from berdaya.insight.prints import HEADS, KINDS, pillar_rows
from berdaya.institutions.models import Office
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.programme.grids import grids_of
from berdaya.programme.models import QuarterAnswer, QuarterOutcome, QuarterVersion, Side
from berdaya.programme.seats import party


def report_pdf(version: QuarterVersion, paper: Paper = "a4") -> bytes:
    """A version as it was frozen, with its hash; who has agreed stands under it."""
    report = version.report
    agreement = report.agreement
    with override("id"):
        grids = grids_of(version.snapshot)
        answers = {one.side: one for one in version.answers.select_related("office")}
        data = {
            "title": "Laporan Triwulan Bersama",
            "number": f"{agreement.code}/{report.code}/{version.number}",
            "offices": [_head(party(agreement, side)) for side in Side],
            "seed": agreement.code,
            "is_sample": is_demo(),
            "footer": f"{agreement.code} · {report.code} · {grids[0].file_name}",
            "facts": _facts(version, grids[0]),
            "tables": [_table(grid) for grid in grids if grid.rows],
            "closing": [f"SHA-256: {version.digest}"],
            "signers": [_signer(party(agreement, side), answers.get(side)) for side in Side],
        }
        return render_pdf("programme/joint.typ", data, paper)


def _head(office: Office) -> dict[str, Any]:
    above = office.parent.name if office.parent else ""
    return {"name": office.name, "above": above}


def _facts(version: QuarterVersion, grid: Grid) -> list[list[str]]:
    report = version.report
    return [
        ["Kesepakatan", report.agreement.title],
        ["Triwulan", report.code.replace("-Q", ", triwulan ")],
        ["Disusun", clock.format_date(version.drawn_on)],
        ["Keadaan", str(report.get_state_display())],
        ["Untuk", grid.audience_text],
    ]


def _table(grid: Grid) -> dict[str, Any]:
    if grid.name.endswith("-indikator"):
        return {"caption": grid.caption, "heads": HEADS, "kinds": KINDS, "wide": [0],
                "rows": pillar_rows(grid)}  # fmt: skip
    texts = [place for place, kind in enumerate(grid.kinds) if kind == "text"]
    return {
        "caption": grid.caption,
        "heads": list(grid.heads),
        "kinds": ["left" if kind == "text" else "right" for kind in grid.kinds],
        "wide": texts,
        "rows": [[cell.text for cell in row] for row in grid.rows],
    }


def _signer(office: Office, answer: QuarterAnswer | None) -> dict[str, str]:
    """A line for the pen; where the side has agreed here, since when."""
    agreed = answer is not None and answer.outcome == QuarterOutcome.AGREED
    day = clock.format_date(answer.answered_on) if answer and agreed else ""
    place = f"Disetujui {day}" if day else "Belum disetujui"
    return {"place": place, "role": office.name, "name": "………………………………", "nip": "", "acting": ""}
