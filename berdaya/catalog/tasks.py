"""Windows follow the papers (legality judges, windows.py writes) and goods that are finished.

Lapsing needs none of this; the nightly round is a net for what no event told.
"""

from berdaya.catalog.actions.to_order import reckon_promises
from berdaya.core.events import subscribe
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.legality.actions.judging import judge_places
from berdaya.workshop.events import BATCH_CLOSED, WORK_CHANGED


@subscribe(BATCH_CLOSED)
def judge_new_goods(facility_id: int, subject_id: int | str) -> None:
    """What had no finished goods may now be shown."""
    _refresh(facility_id)


@subscribe(WORK_CHANGED)
def promise_again(facility_id: int, subject_id: int | str) -> None:
    """What waits to be made, or how long it takes, is another than before."""
    reckon_promises(by=required().actor, facility_id=facility_id)


@task(purpose="nightly")
def refresh_listings(facility_id: int) -> None:
    """Judge one facility's listings and promises anew; running twice changes nothing more."""
    _refresh(facility_id)
    reckon_promises(by=required().actor, facility_id=facility_id)


@jobs.periodic(cron="25 17 * * *")
@jobs.task(name="catalog.refresh_everywhere", queueing_lock="catalog.refresh_everywhere")
def refresh_everywhere(timestamp: int) -> None:
    """At 17.25 UTC a new day has begun in every zone of the country: one job a facility."""
    for facility in Facility.objects.producing().values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            refresh_listings.queue(facility_id=facility)


def _refresh(facility_id: int) -> None:
    judge_places(by=required().actor, facility_ids=[facility_id])
