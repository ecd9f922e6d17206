"""Every night: what has been kept long enough is proposed, let go, and counted."""

from berdaya.core import clock
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.people.actions.retention import run_retention


@task(purpose="nightly")
def keep_no_longer(facility_id: int) -> None:
    """One facility's round; a second start on the same day adds nothing."""
    facility = Facility.objects.get(pk=facility_id)
    run_retention(by=required().actor, facility=facility, today=clock.today(facility.timezone))


@jobs.periodic(cron="45 17 * * *")
@jobs.task(name="people.keep_no_longer_everywhere", queueing_lock="people.keep_no_longer")
def keep_no_longer_everywhere(timestamp: int) -> None:
    """At 17.45 UTC a new day has begun in every zone of the country: one job a facility."""
    for facility in Facility.objects.values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            keep_no_longer.queue(facility_id=facility)
