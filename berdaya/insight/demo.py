"""A year of figures, two months of reports: most accepted, one late, one returned; some targets."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.insight.actions.figures import reckon, tell
from berdaya.insight.actions.places import set_target
from berdaya.insight.actions.reports import answer_report, send_report
from berdaya.insight.models import Report
from berdaya.insight.periods import Period, after, finished_month
from berdaya.insight.queries import due_day
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Staff
from berdaya.institutions.queries import actor_of, head_of
from berdaya.institutions.rules import may

MONTHS = 13
LATE, RETURNED, WAITING = 1, 2, 3
# So many units have begun to report; the others are only counted.
REPORTING = 8
TARGETS = (
    ("lots_lawful", "95"), ("consenting", "100"), ("fit", "100"), ("makers", "120"),
    ("equipment_use", "60"), ("premi_per_maker", "250000"),
)  # fmt: skip
BASIS = "Target contoh, perlu konfirmasi"
COMMENT = "Penjualan naik dua kali dari bulan sebelumnya. Periksa nota yang mungkin tercatat ganda."


def load(ctx: DemoContext) -> None:
    """Nothing yet: figures are reckoned when every room has its rows."""


def _is_loaded() -> bool:
    with demo_scope():
        return Report.objects.exists()


def load_late(ctx: DemoContext) -> None:
    """Once; a world that has reports keeps them."""
    if _is_loaded():
        return
    period = Period.last_months(ctx.today, MONTHS)
    with demo_scope() as scope:
        units = list(Facility.objects.producing().order_by("pk"))
        for unit in units:
            reckon(by=scope.actor, facility=unit, period=period)
            tell(by=scope.actor, facility=unit, months=period)
        regional = Staff.objects.filter(appointments__role="regional").first()
    if regional is None:
        raise LookupError("the demo's regional office is missing")
    _aim(ctx.today)
    last = finished_month(ctx.today)
    for month in (after(last, -1), last):
        _month(month, month == last, units[:REPORTING], regional, ctx.today)
    ctx.say(f"insight: {len(units)} units reckoned")


def _aim(today: date) -> None:
    with demo_scope() as scope:
        for code, value in TARGETS:
            set_target(
                by=scope.actor, indicator=code, year=today.year, region=None,
                value=Decimal(value), basis=BASIS, valid_from=date(today.year, 1, 1),
            )  # fmt: skip


def _noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=10)


def _month(
    month: date, is_last: bool, units: Sequence[Facility], regional: Staff, today: date
) -> None:
    """Sent about the fifth, checked two days later; of the last month one came late, one was
    returned, one still waits."""
    due = due_day(month) or after(month)
    for place, unit in enumerate(units):
        day = due - timedelta(days=5 - place % 4)
        if is_last and place == LATE:
            day = due + timedelta(days=2)
        head = _head(unit, day)
        if head is None or day + timedelta(days=2) > today:
            continue
        _send(unit, month, head, day)
        answer = (False, COMMENT) if is_last and place == RETURNED else (True, "")
        if not (is_last and place == WAITING):
            _check(unit, month, actor_of(regional, day), day + timedelta(days=2), *answer)


def _head(unit: Facility, day: date) -> Actor | None:
    """Who sends for the unit that day."""
    with demo_scope():
        found = head_of(unit.pk, day)
        actor = actor_of(found.staff, day) if found else None
    return actor if actor and may(actor, "report.send", unit.pk).ok else None


def _send(unit: Facility, month: date, by: Actor, day: date) -> None:
    with clock.travel(_noon(day)), acting(by, "report.send"):
        send_report(by=by, facility=unit, month=month)


def _check(
    unit: Facility, month: date, by: Actor, day: date, is_accepted: bool, comment: str
) -> None:
    with clock.travel(_noon(day)), acting(by, "report.answer"):
        answer_report(
            by=by, report=Report.objects.get(facility=unit, month=month),
            outcome="accepted" if is_accepted else "returned", comment=comment,
        )  # fmt: skip
