"""Reports on paper: a unit's month with number and signer, and a quarter of all on view."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, override

from berdaya.core import clock
from berdaya.insight.boards.ground import Board
from berdaya.insight.grids import Grid, of_snapshot
from berdaya.insight.models import Report, ReportVersion
from berdaya.institutions.models import Facility, Office
from berdaya.institutions.queries import is_demo
from berdaya.look.charts.figures import Figured
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.papers.queries import letterhead

REPORT = "LBK"
KINDS = ["left", "right", "right", "right"]
HEADS = ["Indikator", "Pembilang", "Penyebut", "Nilai"]


def register() -> None:
    """Tell the register of documents how reports are printed."""
    declare_print(REPORT, report_pdf, page_of)


def subject_of(version: ReportVersion) -> str:
    """What the paper is about: one version, so that a report sent again has a number of its own."""
    return f"report:{version.report.facility.code}:{version.report.month:%Y-%m}:{version.number}"


def page_of(document: Document) -> str:
    """The report's page."""
    _report, code, month, _number = document.subject_ref.split(":")
    return reverse("insight:report", args=[code, month])


def month_words(month: date) -> str:
    """`Maret 2026`."""
    return clock.format_date(month).partition(" ")[2]


def report_pdf(document: Document, paper: Paper) -> bytes:
    """A version of a report as it was frozen, with its hash."""
    _report, _code, month, number = document.subject_ref.split(":")
    version = ReportVersion.objects.select_related("report", "report__facility").get(
        report__facility=document.facility,
        report__month=date.fromisoformat(f"{month}-01"),
        number=number,
    )
    with override("id"):
        grid = of_snapshot("laporan", "", version.snapshot)
        data = head_of(document) | {
            "facts": _facts(version, grid),
            "table": {"heads": HEADS, "rows": pillar_rows(grid), "kinds": KINDS, "wide": 0},
            "closing": [*_corrections(version.snapshot), f"SHA-256: {version.digest}"],
        }
    return render_pdf("letter.typ", data, paper)


def _facts(version: ReportVersion, grid: Grid) -> list[list[str]]:
    report = version.report
    facts = [
        ["Bulan", month_words(report.month)],
        ["Dikirim", f"{clock.format_date(report.first_sent_on)}"
         f"{' (lewat waktu)' if report.was_late else ''}"],
        ["Keadaan", str(report.get_state_display())],
        ["Untuk", grid.audience_text],
    ]  # fmt: skip
    return [*facts, ["Catatan", version.note]] if version.note else facts


def pillar_rows(grid: Grid) -> list[list[str]]:
    """Pillar as a line of its own, then its indicators."""
    rows, pillar = [], ""
    for row in grid.rows:
        if row[1].text != pillar:
            pillar = row[1].text
            rows.append([pillar.upper(), "", "", ""])
        rows.append([row[0].text, row[2].text, row[3].text, row[4].text])
    return rows


def _corrections(snapshot: dict[str, Any]) -> list[str]:
    found = snapshot["corrections"]
    if not found:
        return []
    lines = "; ".join(
        f"{one['month']} {one['code']}: {one['told']} menjadi {one['now']}" for one in found
    )
    return [f"Perbaikan bulan yang sudah terkunci: {lines}."]


def overview_pdf(grid: Grid, period: str, sender: Facility | Office | None, paper: Paper) -> bytes:
    """A month, quarter or year of all on view, for its audience; room for a signature."""
    with override("id"):
        today = clock.format_date(clock.today())
        data = {
            "title": "Laporan Indikator Program",
            "facility": _head(sender),
            "seed": sender.code if sender else "berdaya",
            "is_sample": is_demo(),
            "footer": f"{grid.file_name} · dicetak {today}",
            "facts": [["Masa", period], ["Untuk", grid.audience_text]],
            "table": {"heads": HEADS, "rows": pillar_rows(grid), "kinds": KINDS, "wide": 0},
            "signers": [
                {"place": today, "role": "Pejabat yang melaporkan", "name": "………………………………",
                 "nip": "", "acting": ""}
            ],
        }  # fmt: skip
        return render_pdf("letter.typ", data, paper)


def board_pdf(
    shown: Board, figures: Sequence[Figured], grid: Grid, sentences: Sequence[str] = ()
) -> bytes:
    """A board on A4 as it is on the screen: its pictures, then its table, for its audience."""
    data = {
        "lang": get_language() or "id",
        "title": f"{shown.kind.title}: {shown.place}",
        "facility": _head(None),
        "is_sample": is_demo(),
        "footer": f"{grid.file_name} · {clock.format_date(clock.today())}",
        "told_to": shown.told_to,
        "sentences": list(sentences),
        "charts": [{"title": str(one.chart.title), "svg": one.wide} for one in figures],
        "table": {
            "heads": list(grid.heads),
            "rows": [[cell.text for cell in row] for row in grid.rows],
            "kinds": ["left" if kind == "text" else "right" for kind in grid.kinds],
        },
    }
    return render_pdf("insight/board.typ", data, "a4")


def _head(sender: Facility | Office | None) -> dict[str, Any]:
    if isinstance(sender, Facility):
        return letterhead(sender)
    return {"name": sender.label if sender else "Berdaya", "above": [], "address": ""}


def version_of(report: Report) -> ReportVersion:
    """The version sent last."""
    found: ReportVersion = report.versions.order_by("-number").select_related("report__facility")[0]
    return found
