"""What the rules are asked about: the facts of goods on a day, read in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from berdaya.core.names import named
from berdaya.goods.models import Category, Variant
from berdaya.legality.models import (
    HalalStanding,
    Override,
    Permit,
    PermitProduct,
    PermitScope,
    PermitVariant,
    ProductOrigin,
    Requirement,
)
from berdaya.legality.rules.listing import (
    HALAL,
    ListingFacts,
    OverrideFact,
    PermitFact,
    RequirementFact,
    StandingFact,
)
from berdaya.legality.rules.origins import OriginFact
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


@dataclass(frozen=True)
class _Read:
    """What was read for many variants at once."""

    permits: Mapping[int, list["Named"]]
    needs: Mapping[int, list[RequirementFact]]
    parents: Mapping[int, int | None]

    def facts(self, variant: Variant, market: str, day: date, has_lot: bool) -> ListingFacts:
        """The record of one; `variant` comes from `_variants`."""
        needs = _inherited(self.needs, self.parents, variant.product.category_id)
        return ListingFacts(
            product=variant.label,
            facility_id=variant.facility_id,
            facility_kind=variant.facility.kind,
            market=market,
            day=day,
            requirements=tuple(needs),
            permits=(*_naming(self.permits[variant.product_id], variant), *_kitchens(variant)),
            has_lot=has_lot or variant.product.category.is_service,
            standings=tuple(standing_of(one) for one in variant.told_standings),  # type: ignore[attr-defined]
            origin=_origin(variant),
            overrides=tuple(override_of(one) for one in variant.told_overrides),  # type: ignore[attr-defined]
        )


def _naming(permits: Iterable["Named"], variant: Variant) -> Iterable[PermitFact]:
    """Permits of a product as they are to one of its variants."""
    for fact, variants in permits:
        names = not variants or variant.pk in variants
        yield fact if names else replace(fact, names_variant=False)


def _kitchens(variant: Variant) -> Iterable[PermitFact]:
    """Certificates of the kitchen of the place: they meet nothing, and the refusal says so."""
    for told in variant.told_kitchens:  # type: ignore[attr-defined]
        first, until = _days(told)
        revoked = told["revoked_on"]
        yield PermitFact(
            kind=told["kind"],
            label=named(told["name"], told["name_en"]),
            number=told["number"],
            valid_from=first,
            valid_until=until,
            revoked_on=date.fromisoformat(revoked) if revoked else None,
            place_id=variant.facility_id,
            is_bound_to_place=True,
            is_for_kitchen=True,
        )


def _judged_of(
    asked: Mapping[str, Any], market: str, day: date
) -> Iterator[tuple[Variant, ListingFacts]]:
    made = Lot.objects.filter(variant=OuterRef("pk"), made_on__lte=day)
    variants = list(_variants(asked).annotate(is_made=Exists(made)))
    read = _Read(_permits({variant.product_id for variant in variants}), *_needs(market, day))
    for variant in variants:
        yield variant, read.facts(variant, market, day, variant.is_made)


def facts_on_days(
    asked: Mapping[date, Iterable[int]], market: str
) -> dict[tuple[int, date], ListingFacts]:
    """Like `listing_facts`, of many days at once and for goods that were made by then: two
    queries, one for the days of requirements, and one for each of these that matters."""
    if not asked:
        return {}
    wanted = {pk for pks in asked.values() for pk in pks}
    variants = {variant.pk: variant for variant in _variants({"pk__in": wanted})}
    permits = _permits({variant.product_id for variant in variants.values()})
    changes = requirement_days(market, date.min)
    epochs: dict[date, list[date]] = defaultdict(list)
    for day in asked:
        epochs[max((one for one in changes if one <= day), default=date.min)].append(day)
    found: dict[tuple[int, date], ListingFacts] = {}
    for days in epochs.values():
        read = _Read(permits, *_needs(market, days[0]))
        for day in days:
            for pk in asked[day]:
                found[pk, day] = read.facts(variants[pk], market, day, has_lot=True)
    return found


def requirement_days(market: str, day: date) -> list[date]:
    """Days after `day` on which a requirement of the market begins or ends, in order."""
    markets = {market, market.partition(":")[0]}
    rows = Requirement.objects.filter(market__in=markets).values_list("valid_from", "valid_until")
    return sorted({one for row in rows for one in row if one and one > day})


def asked_by_category(market: str, day: date) -> dict[int, tuple[RequirementFact, ...]]:
    """What every category is asked in a market on a day, with what the groups above it are."""
    needs, parents = _needs(market, day)
    return {pk: tuple(_inherited(needs, parents, pk)) for pk in parents}


def _variants(asked: Mapping[str, Any]) -> QuerySet[Variant]:
    """Variants with what their products say of themselves, in one statement."""
    standings = HalalStanding.objects.filter(product=OuterRef("product"))
    overrides = granted().filter(product=OuterRef("product"), lot__isnull=True)
    kitchens = Permit.objects.filter(place=OuterRef("facility"), scope=PermitScope.KITCHEN)
    kind = {"kind": "kind__code", "name": "kind__name", "name_en": "kind__name_en"}
    kitchen = JSONObject(**_dated("number", "revoked_on"), **kind)
    claims = ("product__origin__indication", "product__origin__motif")
    return (
        Variant.objects.filter(**asked)
        .select_related("product__category", "facility", *claims)
        .annotate(
            told_kitchens=ArraySubquery(kitchens.order_by("-valid_from").values(told=kitchen)),
            told_standings=ArraySubquery(standings.values(told=JSONObject(**_dated("status")))),
            told_overrides=ArraySubquery(
                overrides.values(told=JSONObject(**_dated("code", "kind", "market")))
            ),
        )
    )


def _dated(*names: str) -> dict[str, Any]:
    return {name: F(name) for name in (*names, "valid_from", "valid_until")}


def granted() -> QuerySet[Override]:
    """Exceptions that a second person approved."""
    return Override.objects.filter(decision__outcome="approved")


def standing_of(told: Mapping[str, Any]) -> StandingFact:
    """A standing as the rules see it, of a row told as JSON."""
    return StandingFact(told["status"], *_days(told))


def override_of(told: Mapping[str, Any]) -> OverrideFact:
    """An exception as the rules see it, of a row told as JSON."""
    first, until = _days(told)
    return OverrideFact(told["code"], told["kind"], first, until or date.max, told["market"])


def _days(told: Mapping[str, Any]) -> tuple[date, date | None]:
    until = told["valid_until"]
    return date.fromisoformat(told["valid_from"]), date.fromisoformat(until) if until else None


def _origin(variant: Variant) -> OriginFact:
    try:
        claim: ProductOrigin = variant.product.origin
    except ProductOrigin.DoesNotExist:
        return OriginFact()
    return origin_fact(claim, variant.facility.region_id)


def origin_fact(claim: ProductOrigin, made_in: str) -> OriginFact:
    """A claim as the rules see it; `made_in` is the code of the region where the goods are made.

    Its indication and motif must be loaded, or cost a statement each.
    """
    name, motif = claim.indication, claim.motif
    ceremonial = {"motif": str(motif or ""), "is_ceremonial": bool(motif and motif.is_ceremonial)}
    if name is None:
        return OriginFact(**ceremonial)
    binding = made_in if name.binds == "making" else claim.material_region_id or ""
    return OriginFact(
        name=name.name,
        area=name.area,
        registered_on=name.registered_on,
        ended_on=name.ended_on,
        is_inside=any(_lies_in(binding, area) for area in name.regions),
        is_listed=not name.has_motif_book or bool(motif and motif.indication_id == name.pk),
        **ceremonial,
    )


def _lies_in(code: str, area: str) -> bool:
    return code == area or code.startswith(f"{area}.")


@dataclass(frozen=True)
class HalalFact:
    """How a product stands: certified (with its number), in_process, exempt, not_halal, unknown."""

    state: str
    number: str = ""
    basis: str = ""


def halal_of(
    product_ids: Iterable[int], day: date, variant_ids: Iterable[int] = ()
) -> dict[int, HalalFact]:
    """The honest state of each product on a day; two queries. A certificate in force says most.

    One that names only some variants counts where it names one of `variant_ids`.
    """
    asked = set(variant_ids)
    wanted = set(product_ids)
    found = {pk: HalalFact("unknown") for pk in wanted}
    for row in HalalStanding.objects.on(day).filter(product__in=wanted):
        found[row.product_id] = HalalFact(row.status, basis=row.basis)
    for pk, permits in _permits(wanted).items():
        naming = (one for one, variants in permits if not variants or variants & asked)
        held = (one for one in naming if one.kind == HALAL and _holds(one, day))
        if certificate := next(held, None):
            found[pk] = HalalFact("certified", certificate.number)
    return found


def _holds(permit: PermitFact, day: date) -> bool:
    standing = permit.revoked_on is None or day < permit.revoked_on
    until = permit.valid_until
    return standing and permit.valid_from <= day and (until is None or day < until)


# A permit, and the variants that it names of a product: none is the whole product.
Named = tuple[PermitFact, frozenset[int]]


def _permits(product_ids: set[int]) -> Mapping[int, list[Named]]:
    """Permits by the products they name, the newest first; one statement."""
    found: dict[int, list[Named]] = defaultdict(list)
    rows = PermitProduct.objects.filter(product_id__in=product_ids).select_related("permit__kind")
    parts = PermitVariant.objects.filter(coverage=OuterRef("pk")).values("variant_id")
    for row in rows.annotate(parts=ArraySubquery(parts)).order_by("-permit__valid_from"):
        found[row.product_id].append((fact_of(row.permit), frozenset(row.parts)))
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
