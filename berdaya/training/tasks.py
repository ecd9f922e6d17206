"""Once a night: about how many people a finished session had."""

from datetime import timedelta

from berdaya.core import clock
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.training.actions.proofs import tell_count
from berdaya.training.models import Session

# So long after its last day a session's sheet is in.
SETTLED = timedelta(days=6)


@task(purpose="nightly")
def tell_sessions(facility_id: int) -> None:
    """Tell what has settled at one facility; running twice changes nothing."""
    facility = Facility.objects.get(pk=facility_id)
    until = clock.today(facility.timezone) - SETTLED
    rows = Session.objects.filter(facility=facility, ends_on__lte=until, count__isnull=True)
    for session in rows.select_related("facility"):
        tell_count(by=required().actor, session=session)


@jobs.periodic(cron="50 17 * * *")
@jobs.task(name="training.tell_everywhere", queueing_lock="training.tell_everywhere")
def tell_everywhere(timestamp: int) -> None:
    """At 17.50 UTC: one job a facility that is not an LPKA."""
    for facility in Facility.objects.exclude(kind="lpka").values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            tell_sessions.queue(facility_id=facility)
