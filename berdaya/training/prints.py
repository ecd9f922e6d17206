"""What training prints: the attendance sheet (blank and filled), the statement for funders."""

from datetime import date
from typing import Any

from django.utils.translation import override

from berdaya.core import clock
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import head_of
from berdaya.people.rules import hours
from berdaya.training import sheet
from berdaya.training.models import AttendanceProof, Session

# So many days fit beside each other with room to sign; the next ones follow below.
DAYS_ACROSS = 6
DAY_NAMES = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


def sheet_pdf(document: Document, session: Session, paper: Paper, *, is_blank: bool) -> bytes:
    """The sheet by work number: boxes to sign, or the marks as filed."""
    grid = sheet.load(session)
    with override("id"):
        data = {
            **head_of(document),
            "facts": _facts(session),
            "is_blank": is_blank,
            "blocks": _blocks(grid, is_blank),
            "people": len(grid.rows),
        }
        return render_pdf("training/sheet.typ", data, paper)


def _facts(session: Session) -> list[tuple[str, str]]:
    days = sorted({session.starts_on, session.ends_on})
    return [
        ("Pelatihan", session.course.title),
        ("Sesi", session.code),
        ("Hari", " sampai ".join(clock.format_date(day) for day in days)),
        ("Penyelenggara", session.course.provider.name),
        ("Pengajar", session.instructor),
        ("Sumber dana", str(session.get_funding_display())),
    ]


def _blocks(grid: sheet.Grid, is_blank: bool) -> list[dict[str, Any]]:
    """The sheet cut into pieces of DAYS_ACROSS days; the last one also has the totals."""
    cuts = _parts(grid.days)
    return [
        {
            "days": [[DAY_NAMES[day.weekday()], f"{day:%d-%m}"] for day in days],
            "rows": [_line(number, row, days, is_blank) for number, row in enumerate(grid.rows, 1)],
            "totals": [] if is_blank or days is not cuts[-1] else _totals(grid),
        }
        for days in cuts
    ]


def _parts(days: list[date]) -> list[list[date]]:
    return [days[start : start + DAYS_ACROSS] for start in range(0, len(days), DAYS_ACROSS)]


def _line(number: int, row: sheet.Row, days: list[date], is_blank: bool) -> list[str]:
    marks = {box.day: box.text for box in row.boxes}
    who = row.member.enrolment.participant.pseudonym
    boxes = ["" if is_blank else marks[day] for day in days]
    return [str(number), row.member.work_number, who, *boxes]


def _totals(grid: sheet.Grid) -> list[list[str]]:
    return [[str(row.totals.present), hours(row.totals.minutes)] for row in grid.rows]


def proof_pdf(document: Document, proof: AttendanceProof, paper: Paper) -> bytes:
    """Codes, days and hours with the head's statement; nobody's name or work number."""
    session = proof.session
    lines = list(proof.lines.order_by("code"))
    with override("id"):
        data = {
            **head_of(document),
            "funder": proof.funder,
            "facts": [
                *_facts(session),
                ("Keterampilan", session.course.skill.name),
                ("Lama", f"{session.days.count()} hari"),
            ],
            "rows": [
                [str(number), one.code, str(one.days), hours(one.minutes)]
                for number, one in enumerate(lines, start=1)
            ],
            "total": [str(sum(one.days for one in lines)), hours(sum(o.minutes for o in lines))],
        }
        return render_pdf("training/proof.typ", data, paper)
