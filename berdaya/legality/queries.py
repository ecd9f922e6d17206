"""What is true of permits: the facts of a listing, what lapses soon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from berdaya.core.names import named
from berdaya.goods.models import Category, Variant
from berdaya.institutions.models.regions import Region, RegionLevel
from berdaya.legality.models import Permit, PermitKind, PermitProduct, Requirement
from berdaya.legality.permit_numbers import HALAL, PIRT, Reading, read_number
from berdaya.legality.rules import (
    WARN_DAYS,
    ListingFacts,
    PermitFact,
    RequirementFact,
    may_be_number,
    may_list,
    tidy_number,
)
from berdaya.stock.models import Lot


def listing_facts(variant_ids: Iterable[int], market: str, day: date) -> dict[int, ListingFacts]:
    """What decides about each variant in a market on `day`: three queries for any number."""
    return {row.pk: facts for row, facts in _judged_of({"pk__in": set(variant_ids)}, market, day)}


def facts_by_product(
    facility_ids: Iterable[int], market: str, day: date
) -> list[tuple[Variant, ListingFacts]]:
    """The same for one active variant of each product made at these places; services are none.

    Permits name products, so that one variant says what the product still lacks. Who may not
    read lots finds `has_lot` false. Three queries for any number.
    """
    first = Variant.objects.filter(product=OuterRef("product"), is_active=True).order_by("pk")
    asked = {
        "facility__in": list(facility_ids),
        "product__category__is_service": False,
        "pk": Subquery(first.values("pk")[:1]),
    }
    return list(_judged_of(asked, market, day))


def _judged_of(
    asked: Mapping[str, Any], market: str, day: date
) -> Iterator[tuple[Variant, ListingFacts]]:
    made = Lot.objects.filter(variant=OuterRef("pk"), made_on__lte=day)
    rows = Variant.objects.filter(**asked).annotate(is_made=Exists(made))
    variants = list(rows.select_related("product__category", "facility"))
    permits = _permits({variant.product_id for variant in variants})
    needs, parents = _needs(market, day)
    for variant in variants:
        yield (
            variant,
            ListingFacts(
                product=variant.label,
                facility_id=variant.facility_id,
                facility_kind=variant.facility.kind,
                market=market,
                day=day,
                requirements=tuple(_inherited(needs, parents, variant.product.category_id)),
                permits=tuple(permits[variant.product_id]),
                has_lot=variant.is_made or variant.product.category.is_service,
            ),
        )


def facts_on_days(
    asked: Mapping[date, Iterable[int]], market: str
) -> dict[tuple[int, date], ListingFacts]:
    """Like `listing_facts`, of many days at once and for goods that were made by then: two
    queries, one for the days of requirements, and one for each of these that matters."""
    if not asked:
        return {}
    wanted = {pk for pks in asked.values() for pk in pks}
    rows = Variant.objects.filter(pk__in=wanted).select_related("product__category", "facility")
    variants = {variant.pk: variant for variant in rows}
    permits = _permits({variant.product_id for variant in variants.values()})
    changes = _requirement_days(market, date.min)
    epochs: dict[date, list[date]] = defaultdict(list)
    for day in asked:
        epochs[max((one for one in changes if one <= day), default=date.min)].append(day)
    found: dict[tuple[int, date], ListingFacts] = {}
    for days in epochs.values():
        needs, parents = _needs(market, days[0])
        for day in days:
            for pk in asked[day]:
                variant = variants[pk]
                found[pk, day] = ListingFacts(
                    product=variant.label,
                    facility_id=variant.facility_id,
                    facility_kind=variant.facility.kind,
                    market=market,
                    day=day,
                    requirements=tuple(_inherited(needs, parents, variant.product.category_id)),
                    permits=tuple(permits[variant.product_id]),
                    has_lot=True,
                )
    return found


@dataclass(frozen=True)
class Window:
    """Days [first, until) on which a listing is lawful as far as is known; None is open."""

    first: date
    until: date | None


def lawful_windows(
    variant_ids: Iterable[int], market: str, day: date, to_order: Iterable[int] = ()
) -> dict[int, Window]:
    """The present or next window of each variant; those with none in sight are left out.

    Three queries, and as many again for each day to come on which a requirement begins or ends.
    `to_order`: variants offered without any finished goods.
    """
    wanted, made_later = set(variant_ids), set(to_order)
    found: dict[int, Window] = {}
    days = [day, *_requirement_days(market, day)]
    facts = {one: listing_facts(wanted, market, one) for one in days}
    for pk in wanted & set(facts[day]):
        mine = {one: facts[one][pk] for one in days}
        if window := _window(mine, pk in made_later):
            found[pk] = window
    return found


def _requirement_days(market: str, day: date) -> list[date]:
    markets = {market, market.partition(":")[0]}
    rows = Requirement.objects.filter(market__in=markets).values_list("valid_from", "valid_until")
    return sorted({one for row in rows for one in row if one and one > day})


def _window(by_day: dict[date, ListingFacts], is_to_order: bool) -> Window | None:
    """Walk over every day on which an answer can change; the first run of yes is the window."""
    first = min(by_day)
    changes = set(by_day)
    for permit in by_day[first].permits:
        changes |= {
            one
            for one in (permit.valid_from, permit.valid_until, permit.revoked_on)
            if one and one > first
        }
    begins: date | None = None
    for one in sorted(changes):
        known = by_day[max(known_day for known_day in by_day if known_day <= one)]
        facts = replace(known, day=one, has_lot=known.has_lot or is_to_order)
        allowed = may_list(facts).ok
        if allowed and begins is None:
            begins = one
        if not allowed and begins is not None:
            return Window(begins, one)
    return Window(begins, None) if begins else None


def _permits(product_ids: set[int]) -> Mapping[int, list[PermitFact]]:
    """Permits by the products they name, the newest first."""
    found: dict[int, list[PermitFact]] = defaultdict(list)
    rows = PermitProduct.objects.filter(product_id__in=product_ids).select_related("permit__kind")
    for row in rows.order_by("-permit__valid_from"):
        found[row.product_id].append(fact_of(row.permit))
    return found


def fact_of(permit: Permit) -> PermitFact:
    """A permit as the rules see it; its kind must be loaded."""
    return PermitFact(
        kind=permit.kind.code,
        label=permit.kind.label,
        number=permit.number,
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        revoked_on=permit.revoked_on,
        place_id=permit.place_id,
        is_bound_to_place=permit.kind.is_bound_to_place,
    )


def _needs(
    market: str, day: date
) -> tuple[Mapping[int, list[RequirementFact]], Mapping[int, int | None]]:
    """Requirements by category, for one country also those of every country; and the parents."""
    markets = {market, market.partition(":")[0]}
    held = Requirement.objects.on(day).filter(market__in=markets, category=OuterRef("pk"))
    kind = {name: f"permit_kind__{name}" for name in ("code", "name", "name_en")}
    told = held.order_by("market", "permit_kind").values(told=JSONObject(choice="choice", **kind))
    needs: dict[int, list[RequirementFact]] = {}
    parents: dict[int, int | None] = {}
    for row in Category.objects.order_by().annotate(needs=ArraySubquery(told)):
        parents[row.pk] = row.parent_id
        needs[row.pk] = [
            RequirementFact(one["code"], _spoken(one), one["choice"]) for one in row.needs
        ]
    return needs, parents


def _spoken(kind: Mapping[str, str]) -> str:
    return named(kind["name"], kind["name_en"])


def _inherited(
    needs: Mapping[int, list[RequirementFact]],
    parents: Mapping[int, int | None],
    category_id: int | None,
) -> Iterable[RequirementFact]:
    """What the category and every group above it require."""
    while category_id is not None:
        yield from needs.get(category_id, [])
        category_id = parents.get(category_id)


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
