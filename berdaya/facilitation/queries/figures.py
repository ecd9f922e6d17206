"""How long steps and cases take, by district: medians of the database, shown from five on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from berdaya.facilitation.calc import LEAST, Median
from berdaya.facilitation.models import Kind, Route, RouteStep
from berdaya.facilitation.queries.readiness import medians_of
from berdaya.institutions.models import Region


@dataclass(frozen=True)
class StepLine:
    """One step in one regency (`place` empty: everywhere asked for); days are None under LEAST."""

    kind: str
    position: int
    step: str
    who: str
    place: str
    finished: int
    days: int | None
    running: int
    running_days: int | None
    promised_days: int

    @property
    def is_told(self) -> bool:
        """Whether there is a median to show, or something under way."""
        return self.days is not None or self.running > 0


@dataclass(frozen=True)
class KindLine:
    """One kind of help as a whole."""

    label: str
    province: Median | None
    nation: Median | None

    @property
    def province_days(self) -> int | None:
        """The median in the province, if there are enough."""
        return _days(self.province)

    @property
    def nation_days(self) -> int | None:
        """The median everywhere, if there are enough."""
        return _days(self.nation)


def _days(found: Median | None) -> int | None:
    return shown(found.days, found.finished) if found else None


def shown(median: float | None, count: int) -> int | None:
    """A median that may be shown: none of fewer than LEAST."""
    return round(median) if median is not None and count >= LEAST else None


def step_lines(province: str, kind: str, day: date) -> list[StepLine]:
    """The steps of one kind in order, the whole province first; three statements."""
    steps = {
        one.code: one
        for one in RouteStep.objects.filter(route__kind=kind, route__in=Route.objects.on(day))
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM facilitation_step_days(%s, %s)", [province, day])
        rows = [row for row in cursor.fetchall() if row[0] == kind and row[1] in steps]
    names = dict(Region.objects.filter(pk__in={row[2] for row in rows}).values_list("pk", "name"))
    lines = [_line(steps[row[1]], row, names) for row in rows]
    return sorted(lines, key=lambda one: (one.position, one.place))


def _line(step: RouteStep, row: tuple[Any, ...], names: dict[str, str]) -> StepLine:
    kind, _code, regency, finished, days, running, running_days = row
    return StepLine(
        kind, step.position, step.label, step.who, names.get(regency, ""), finished,
        shown(days, finished), running, None if running_days is None else round(running_days),
        step.days,
    )  # fmt: skip


def kind_lines(province: str, day: date) -> list[KindLine]:
    """Every kind of help with its medians in the province and everywhere; one statement."""
    found = medians_of("", province, day)
    return [
        KindLine(str(label), found.get(kind, {}).get("province"), found.get(kind, {}).get("nation"))
        for kind, label in Kind.choices
    ]
