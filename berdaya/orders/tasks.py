"""Every night: parcels nobody spoke of are complete, and buyers of long ago are forgotten."""

from berdaya.core import clock
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.orders.actions.handover import complete_silent
from berdaya.orders.actions.masking import mask_contacts


@task(purpose="nightly")
def close_orders(facility_id: int) -> None:
    """Complete and mask at one facility; running twice changes nothing more."""
    today = clock.today(Facility.objects.get(pk=facility_id).timezone)
    complete_silent(by=required().actor, today=today)
    mask_contacts(by=required().actor, today=today)


@jobs.periodic(cron="25 17 * * *")
@jobs.task(name="orders.close_everywhere", queueing_lock="orders.close_everywhere")
def close_everywhere(timestamp: int) -> None:
    """At 17.25 UTC a new day has begun in every zone of the country: one job a facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            close_orders.queue(facility_id=facility)
