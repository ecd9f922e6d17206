"""What is true of permits: what their numbers say, which hold, what lapses soon."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from berdaya.core.models import AuditRow
from berdaya.core.scope import system_scope
from berdaya.goods.models import Product, Variant
from berdaya.institutions.models import Facility
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


def offered_products(facility_id: int) -> QuerySet[Product]:
    """Goods made at a place, with their variants still sold as `offered`: two statements."""
    sold = Variant.objects.filter(is_active=True).order_by("sku")
    rows = Product.objects.filter(facility=facility_id, is_active=True).order_by("name", "pk")
    return rows.prefetch_related(Prefetch("variants", sold, to_attr="offered"))


def scans_in_use(names: frozenset[str]) -> set[str]:
    """Of these files those that a permit holds, or held until a later scan took its place."""
    everywhere = Facility.objects.values_list("pk", flat=True)
    with system_scope("nightly", everywhere, read_only=True):
        held = set(Permit.objects.filter(scan__in=names).values_list("scan", flat=True))
        table = Permit._meta.db_table
        rows = AuditRow.objects.filter(table=table, before__scan__in=list(names - held))
        return held | set(rows.values_list("before__scan", flat=True)) if names - held else held


def renewals() -> Exists:
    """Whether a permit of the outer query has a renewal that stands."""
    return Exists(Permit.objects.filter(predecessor=OuterRef("pk"), revoked_on__isnull=True))


def to_renew(facility_ids: Iterable[int], day: date, days: int) -> QuerySet[Permit]:
    """Permits in force at these places that end within `days` and have no renewal yet."""
    rows = in_force(Permit.objects.filter(place__in=list(facility_ids)), day)
    ending = rows.filter(~renewals(), valid_until__lte=day + timedelta(days=days))
    return ending.order_by("valid_until", "pk")


def lapsed_without_renewal(facility_ids: Iterable[int], day: date) -> QuerySet[Permit]:
    """Permits that lapsed in the last WARN_DAYS and of which no renewal holds."""
    held = in_force(Permit.objects.filter(predecessor=OuterRef("pk")), day)
    return just_lapsed(facility_ids, day).filter(~Exists(held))


def answering_ends(facility_ids: Iterable[int], day: date) -> QuerySet[Permit]:
    """Permits in force of which the responsible person's certificate ends within WARN_DAYS, or
    has ended."""
    rows = in_force(Permit.objects.filter(place__in=list(facility_ids)), day)
    soon = rows.filter(certificate_until__lte=day + timedelta(days=WARN_DAYS))
    return soon.order_by("certificate_until", "pk")


def ending_soon(facility_ids: Iterable[int], day: date) -> QuerySet[Permit]:
    """Permits in force at these places that lapse within WARN_DAYS, the first to lapse first."""
    rows = in_force(Permit.objects.filter(place__in=list(facility_ids)), day)
    soon = rows.filter(valid_until__lte=day + timedelta(days=WARN_DAYS))
    return soon.select_related("kind", "holder").order_by("valid_until", "pk")


def just_lapsed(facility_ids: Iterable[int], day: date) -> QuerySet[Permit]:
    """Permits that lapsed in the last WARN_DAYS."""
    rows = Permit.objects.filter(
        place__in=list(facility_ids),
        revoked_on__isnull=True,
        valid_until__lte=day,
        valid_until__gt=day - timedelta(days=WARN_DAYS),
    )
    return rows.select_related("kind", "holder").order_by("valid_until", "pk")
