"""LP-ATB is about to bring in its own workbook: October 2026 on is the program's."""

from datetime import date

from berdaya.core.demo import DemoContext
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility
from berdaya.intake.actions.imports import set_go_live

UNIT = "LP-ATB"
FIRST_DAY = date(2026, 10, 1)


def load(ctx: DemoContext) -> None:
    """Only the first day: the workbook itself goes in by hand, that is what it is there for."""
    with demo_scope() as scope:
        facility = Facility.objects.filter(code=UNIT, go_live_on__isnull=True).first()
        if facility is not None and ctx.today > FIRST_DAY:
            set_go_live(by=scope.actor, facility=facility, day=FIRST_DAY)
            ctx.say(f"{UNIT}: {FIRST_DAY}")
