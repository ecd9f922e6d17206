"""Atambua's March: reckoned, sent by its head, answered by the region."""

from datetime import date

from berdaya.insight.actions.figures import reckon
from berdaya.insight.actions.reports import answer_report, send_report
from berdaya.insight.models import Report, ReportVersion
from berdaya.insight.periods import Period
from berdaya.institutions.models import Facility
from tests.world import World

MARCH = date(2026, 3, 1)
YEAR = Period.year(2026)


def send_march(world: World, who: str = "head", note: str = "") -> ReportVersion:
    """The head sends March."""
    with world.acting(who) as scope:
        return send_report(by=scope.actor, facility=world.atb, month=MARCH, note=note)


def answer_march(world: World, outcome: str = "accepted", comment: str = "") -> Report:
    """The regional office answers it."""
    with world.acting("regional") as scope:
        report = Report.objects.get(facility=world.atb, month=MARCH)
        answer_report(by=scope.actor, report=report, outcome=outcome, comment=comment)
        return report


def reckon_all(world: World, period: Period = YEAR) -> None:
    """Every facility's figures."""
    with world.everywhere() as scope:
        for facility in Facility.objects.producing():
            reckon(by=scope.actor, facility=facility, period=period)
