"""Windows follow the papers: judged anew when permits change and when goods are finished."""

from berdaya.catalog.actions.windows import refresh_windows
from berdaya.catalog.models import Listing
from berdaya.core.events import subscribe
from berdaya.core.scope import required
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.workshop.events import BATCH_CLOSED


@subscribe(PERMITS_CHANGED)
def judge_again(facility_id: int, subject_id: int | str) -> None:
    """Whatever a permit names or no longer names: all listings of the place."""
    _refresh(facility_id)


@subscribe(BATCH_CLOSED)
def judge_new_goods(facility_id: int, subject_id: int | str) -> None:
    """What had no finished goods may now be shown."""
    _refresh(facility_id)


def _refresh(facility_id: int) -> None:
    rows = Listing.objects.filter(facility=facility_id, current__isnull=False)
    refresh_windows(by=required().actor, listings=rows.select_related("current", "facility"))
