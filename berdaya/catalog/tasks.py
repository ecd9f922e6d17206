"""Windows follow the papers: judged anew when permits change and when goods are finished.

Lapsing needs none of this; the nightly round is a net for what no event told, such as a market that
asks for more from a day on.
"""

from berdaya.catalog.actions.to_order import reckon_promises
from berdaya.catalog.actions.windows import refresh_windows
from berdaya.catalog.models import Listing
from berdaya.core.events import subscribe
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.workshop.events import BATCH_CLOSED, WORK_CHANGED


@subscribe(PERMITS_CHANGED)
def judge_again(facility_id: int, subject_id: int | str) -> None:
    """Whatever a permit names or no longer names: all listings of the place."""
    _refresh(facility_id)


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
    rows = Listing.objects.filter(facility=facility_id, current__isnull=False)
    refresh_windows(by=required().actor, listings=rows.select_related("current", "facility"))
