"""Each night the figures of the last months; on the seventh what is told of the month before."""

from berdaya.core import clock
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.insight.actions.figures import reckon, tell
from berdaya.insight.periods import Period, finished_month
from berdaya.institutions.models import Facility

MONTHS = 13


@task(purpose="nightly")
def reckon_facility(facility_id: int) -> None:
    """A facility's last thirteen months; running twice changes nothing."""
    facility = Facility.objects.get(pk=facility_id)
    period = Period.last_months(clock.today(facility.timezone), MONTHS)
    reckon(by=required().actor, facility=facility, period=period)


@task(purpose="nightly")
def tell_facility(facility_id: int) -> None:
    """Reckon and tell a facility's last month; told once."""
    facility = Facility.objects.get(pk=facility_id)
    month = finished_month(clock.today(facility.timezone))
    actor = required().actor
    reckon(by=actor, facility=facility, period=Period.month(month))
    tell(by=actor, facility=facility, months=[month])


@jobs.periodic(cron="10 17 * * *")
@jobs.task(name="insight.reckon_everywhere", queueing_lock="insight.reckon_everywhere")
def reckon_everywhere(timestamp: int) -> None:
    """After midnight: one job a producing facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            reckon_facility.queue(facility_id=facility)


@jobs.periodic(cron="35 17 7 * *")
@jobs.task(name="insight.tell_everywhere", queueing_lock="insight.tell_everywhere")
def tell_everywhere(timestamp: int) -> None:
    """The day after the people of the month were published: one job a producing facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            tell_facility.queue(facility_id=facility)
