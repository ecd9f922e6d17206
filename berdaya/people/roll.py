"""Who is where, under which number and as what: the roll of a facility and one person's course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from berdaya.people.models import Participant, Placement, StatusPeriod
from berdaya.people.rules_placement import Current


@dataclass(frozen=True)
class Course:
    """What holds for one person, with the rows that say so."""

    placement: Placement | None
    status: StatusPeriod | None

    @property
    def facts(self) -> Current:
        """The same for the rules."""
        return Current(
            facility_id=self.placement and self.placement.facility_id,
            placed_since=self.placement and self.placement.valid_from,
            status=self.status and self.status.status,
            status_since=self.status and self.status.valid_from,
        )


def current_of(participant: Participant, day: date, facility_id: int | None = None) -> Course:
    """What is not yet over on `day`, also if it begins later; two queries.

    With `facility_id`: only a placement there.
    """
    placements = Placement.objects.current_from(day).filter(participant=participant)
    if facility_id is not None:
        placements = placements.filter(facility_id=facility_id)
    statuses = StatusPeriod.objects.current_from(day).filter(participant=participant)
    return Course(
        placements.order_by("valid_from").first(), statuses.order_by("valid_from").first()
    )


def here(facility_ids: Iterable[int], day: date) -> QuerySet[Placement]:
    """Placements that hold on `day`, with person, facility and `status` of that day."""
    status = StatusPeriod.objects.on(day).filter(participant=OuterRef("participant"))
    rows = Placement.objects.on(day).filter(facility_id__in=list(facility_ids))
    return rows.select_related("participant", "facility").annotate(
        status=Subquery(status.values("status")[:1])
    )


def gone(facility_ids: Iterable[int], day: date) -> QuerySet[Placement]:
    """Placements that were over on `day`, annotated like `here`."""
    status = StatusPeriod.objects.on(day).filter(participant=OuterRef("participant"))
    rows = Placement.objects.filter(facility_id__in=list(facility_ids), valid_until__lte=day)
    return rows.select_related("participant", "facility").annotate(
        status=Subquery(status.values("status")[:1])
    )


def statuses_on(participant_ids: Iterable[int], day: date) -> dict[int, str]:
    """The status of each of these people on `day`; without an entry nobody recorded one."""
    rows = StatusPeriod.objects.on(day).filter(participant_id__in=set(participant_ids))
    return dict(rows.values_list("participant_id", "status"))
