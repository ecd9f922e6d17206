"""LP-ATB has worked with the program since the first day of its year here."""

from datetime import date

from django.db.models import Min

from berdaya.core.demo import DemoContext
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility
from berdaya.intake.actions.imports import set_go_live
from berdaya.workshop.models import WorkSheet

UNIT = "LP-ATB"


def load(ctx: DemoContext) -> None:
    """Only the first day: a workbook itself goes in by hand, that is what it is there for."""
    with demo_scope() as scope:
        facility = Facility.objects.filter(code=UNIT, go_live_on__isnull=True).first()
        day = first_sheet(facility) if facility else None
        if facility and day:
            set_go_live(by=scope.actor, facility=facility, day=day)
            ctx.say(f"{UNIT}: {day}")


def first_sheet(facility: Facility) -> date | None:
    """The day of the first sheet that was filed here, None before there is one."""
    sheets = WorkSheet.objects.filter(facility=facility)
    first: date | None = sheets.aggregate(day=Min("day"))["day"]
    return first
