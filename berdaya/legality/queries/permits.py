"""What is true of permits: what their numbers say, which hold, what lapses soon."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from berdaya.institutions.models.regions import Region, RegionLevel
from berdaya.legality.models import Permit, PermitKind
from berdaya.legality.permit_numbers import HALAL, PIRT, Reading, read_number
from berdaya.legality.rules.permits import WARN_DAYS, may_be_number, tidy_number


def reading_of(kind: PermitKind, text: str, last_day: date | None = None) -> Reading:
    """What a number of this kind says, and why it cannot be. One query for a P-IRT or halal number.

    A kind whose numbers have no shape of their own is only held against its lenient pattern.
    """
    regions = _region_names() if kind.code in (PIRT, HALAL) else None
    found = read_number(kind.code, kind.label, kind.number_example, text, regions, last_day)
    if found is not None:
        return found
    number = tidy_number(text)
    verdict = may_be_number(kind.number_pattern, number, kind.label, kind.number_example)
    return Reading(number, faults=verdict.reasons)


def _region_names() -> dict[str, str]:
    """Provinces and regencies by their Kemendagri digits: 53, 5371."""
    rows = Region.objects.exclude(level=RegionLevel.DISTRICT).values_list("code", "name")
    return {code.replace(".", ""): name for code, name in rows}


def in_force(rows: QuerySet[Permit], day: date) -> QuerySet[Permit]:
    """Permits whose window holds on `day` and that are not revoked by then."""
    standing = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
    return rows.filter(
        standing, Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day
    )


def ending_soon(facility_ids: Iterable[int], day: date) -> QuerySet[Permit]:
    """Permits in force at these places that lapse within WARN_DAYS, the first to lapse first."""
    rows = in_force(Permit.objects.filter(place__in=list(facility_ids)), day)
    soon = rows.filter(valid_until__lte=day + timedelta(days=WARN_DAYS))
    return soon.select_related("kind", "holder").order_by("valid_until", "pk")


def just_lapsed(facility_ids: Iterable[int], day: date) -> QuerySet[Permit]:
    """Permits that lapsed in the last WARN_DAYS and have no successor of their kind there."""
    rows = Permit.objects.filter(
        place__in=list(facility_ids),
        revoked_on__isnull=True,
        valid_until__lte=day,
        valid_until__gt=day - timedelta(days=WARN_DAYS),
    )
    return rows.select_related("kind", "holder").order_by("valid_until", "pk")
