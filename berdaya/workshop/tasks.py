"""On the sixth day of a month: about how many people worked in the one before."""

from datetime import timedelta

from berdaya.core import clock
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.workshop.actions.counts import publish_counts


@task(purpose="nightly")
def publish_people(facility_id: int) -> None:
    """Publish one facility's last month; running twice changes nothing."""
    facility = Facility.objects.get(pk=facility_id)
    last_day = clock.today(facility.timezone).replace(day=1) - timedelta(days=1)
    publish_counts(by=required().actor, facility=facility, month=last_day.replace(day=1))


@jobs.periodic(cron="35 17 6 * *")
@jobs.task(name="workshop.publish_everywhere", queueing_lock="workshop.publish_everywhere")
def publish_everywhere(timestamp: int) -> None:
    """At 17.35 UTC on the sixth the sheets of the month are in: one job a producing facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            publish_people.queue(facility_id=facility)
