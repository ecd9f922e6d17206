"""Every night: premi of sales that have become final is made payable."""

from berdaya.core import clock
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.proceeds.actions.releases import release_final


@task(purpose="nightly")
def release_premi(facility_id: int) -> None:
    """Release what is final today at one facility; running twice releases nothing more."""
    facility = Facility.objects.get(pk=facility_id)
    release_final(by=required().actor, today=clock.today(facility.timezone))


@jobs.periodic(cron="15 17 * * *")
@jobs.task(name="proceeds.release_everywhere", queueing_lock="proceeds.release_everywhere")
def release_everywhere(timestamp: int) -> None:
    """At 17.15 UTC a new day has begun in every zone of the country: one job a facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            release_premi.queue(facility_id=facility)
