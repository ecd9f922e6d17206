"""What is true of labels: the facts of many lots at once, and the words of one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.money import format_qty
from berdaya.goods.models import Variant, said_once
from berdaya.institutions.models import Facility
from berdaya.labels import calc
from berdaya.labels.models import LabelText, VariantNumber
from berdaya.labels.rules import LabelFacts, Pages, TextFacts
from berdaya.labels.telling import Subject
from berdaya.labels.words import FRESH_CATEGORIES, Audience, kind_of
from berdaya.legality.models import Indication, PermitProduct, ProductOrigin
from berdaya.legality.queries.facts import HalalFact, facts_on_days
from berdaya.legality.rules.listing import HALAL, ListingFacts, RequirementFact, judge
from berdaya.legality.rules.origins import APPROVAL, CONSENT, NO_CLAIM, names_used
from berdaya.stock.models import Lot, StockLevel

MARKET = "retail"
# Not among the numbers that say who makes it; claims of halal and place stand for themselves.
NOT_ON_LABELS = frozenset({"nib", "standard", HALAL, APPROVAL, CONSENT})
WITH = (
    "facility__region__parent", "variant__product__category", "variant__measure",
    "variant__content_measure", "variant__number", "variant__product__origin__indication",
    "variant__product__origin__motif",
)  # fmt: skip


def lots_to_label(facility_ids: Iterable[int]) -> QuerySet[Lot]:
    """Lots of goods of which something is left; services have no label."""
    left = StockLevel.objects.filter(lot=OuterRef("pk"), on_hand__gt=0)
    return goods_lots().filter(Exists(left), facility__in=list(facility_ids))


def goods_lots() -> QuerySet[Lot]:
    """Lots of goods, never of services, with all that a label needs of them in one statement."""
    named = PermitProduct.objects.filter(product=OuterRef("variant__product"))
    told = named.exclude(permit__kind__code__in=NOT_ON_LABELS).values(
        told=JSONObject(
            number="permit__number", name="permit__holder__name", kind="permit__holder__kind"
        )
    )
    rows = Lot.objects.filter(variant__product__category__is_service=False)
    return rows.select_related(*WITH).annotate(
        told_holders=ArraySubquery(told),
        told_names=ArraySubquery(Indication.objects.values("name")),
    )


@dataclass(frozen=True)
class Known:
    """Everything known of one lot's label. `holder`: the name on its permit, empty without one."""

    lot: Lot
    facts: LabelFacts
    text: LabelText | None
    halal: HalalFact
    holder: str
    permits: tuple[str, ...]


def known_of(lots: Sequence[Lot], audience: str = Audience.OWN) -> dict[int, Known]:
    """By lot: four queries for one and for fifty. They must come from `goods_lots`."""
    days = {lot.pk: clock.today(lot.facility.timezone) for lot in lots}
    asked: dict[date, set[int]] = defaultdict(set)
    for lot in lots:
        asked[days[lot.pk]].add(lot.variant_id)
        asked[lot.made_on].add(lot.variant_id)
    listing = facts_on_days(asked, MARKET)
    texts = newest_texts({lot.variant_id for lot in lots})
    found: dict[int, Known] = {}
    for lot in lots:
        day, variant = days[lot.pk], lot.variant
        now = listing[variant.pk, day]
        numbers = _permit_numbers(now)
        holder = _holder(lot, numbers)
        fact = halal_in(now)
        text = texts.get(variant.pk)
        facts = LabelFacts(
            kind=kind_of(variant.product.category.code, variant.product.category.is_food),
            product=variant.full_label,
            facility_kind=lot.facility.kind,
            made_on=lot.made_on,
            best_before=best_before_of(lot),
            net=net_of(variant),
            text=_text_facts(text),
            today=now,
            when_made=listing[variant.pk, lot.made_on],
            halal=fact.state,
            unclaimed=_unclaimed(lot, now),
            holder_kind=holder["kind"],
            gtin=gtin_of(variant),
            audience=audience,
            pages=_pages(lot),
        )
        found[lot.pk] = Known(lot, facts, text, fact, holder["name"], numbers)
    return found


def halal_in(facts: ListingFacts) -> HalalFact:
    """How the product stands on the day of the facts: what meets a certificate's place, if any."""
    asked = replace(
        facts, requirements=(RequirementFact(HALAL, HALAL),), origin=NO_CLAIM, overrides=()
    )
    (one,) = judge(asked)
    if one.permit is not None:
        return HalalFact("certified", one.permit.number)
    return HalalFact(facts.standing or "unknown")


def newest_texts(variant_ids: Iterable[int]) -> dict[int, LabelText]:
    """The version that holds, by variant; one query."""
    rows = LabelText.objects.filter(variant__in=set(variant_ids))
    newest = rows.order_by("variant_id", "-version").distinct("variant_id")
    return {row.variant_id: row for row in newest}


def number_of(variant: Variant, audience: str) -> str:
    """What the bars say: the GTIN, in our own shops else the restricted number, else nothing."""
    kept: VariantNumber | None = getattr(variant, "number", None)
    if kept is None:
        return ""
    return kept.gtin or (kept.own if audience == Audience.OWN else "")


def gtin_of(variant: Variant) -> str:
    """The variant's GTIN, empty where it has none."""
    kept: VariantNumber | None = getattr(variant, "number", None)
    return kept.gtin if kept else ""


def net_of(variant: Variant) -> str:
    """What one of it holds (`200 g`); goods counted by weight or volume are their own measure."""
    if variant.content_qty is not None and variant.content_measure is not None:
        return f"{format_qty(variant.content_qty)} {variant.content_measure.code}"
    by_measure = variant.measure.dimension in ("mass", "volume")
    return f"1 {variant.measure.code}" if by_measure or _is_fresh(variant) else ""


def _is_fresh(variant: Variant) -> bool:
    """Produce is sold as it is counted: a bundle, a plant."""
    return variant.product.category.code in FRESH_CATEGORIES


def best_before_of(lot: Lot) -> date | None:
    """The lot's own day, else its making plus the variant's shelf life."""
    return calc.best_before(lot.made_on, lot.expires_on, lot.variant.shelf_life_days)


def subject_of(known: Known) -> Subject:
    """Everything that this lot's label may say."""
    lot, text = known.lot, known.text or LabelText()
    variant = lot.variant
    return Subject(
        kind=known.facts.kind,
        name=(_whole_name(variant, ""), _whole_name(variant, "_en")),
        net=known.facts.net,
        producer=known.holder,
        place=place_of(lot.facility),
        lot_code=lot.code,
        made_on=lot.made_on,
        best_before=known.facts.best_before,
        permits=known.permits,
        halal=known.halal.state,
        halal_no=known.halal.number,
        ingredients=(text.ingredients, text.ingredients_en),
        storage=(text.storage, text.storage_en),
        origin=(text.origin, text.origin_en),
        has_pork=text.has_pork,
        composition=tuple((fibre, share) for fibre, share in text.composition),
        material=(text.material, text.material_en),
        size=text.size,
        care=tuple(text.care),
        care_note=(text.care_note, text.care_note_en),
        claims=_claims(variant),
    )


def _claims(variant: Variant) -> tuple[tuple[str, str], ...]:
    """Motif and protected name; where a claim is not lawful, the label is not printed at all."""
    try:
        claim: ProductOrigin = variant.product.origin
    except ProductOrigin.DoesNotExist:
        return ()
    found = []
    if claim.motif is not None:
        found.append(("Motif", str(claim.motif)))
    if name := claim.indication:
        found.append(("Indikasi Geografis", " · ".join(filter(None, (name.name, name.number)))))
    return tuple(found)


def place_of(facility: Facility) -> str:
    """Where it was made, in whole: the unit, its town, regency and province."""
    words = [facility.name, facility.town]
    region = facility.region
    words += [region.name] + ([region.parent.name] if region.parent else [])
    return ", ".join(dict.fromkeys(words))


def _whole_name(variant: Variant, end: str) -> str:
    product, own = (getattr(row, f"name{end}") for row in (variant.product, variant))
    return said_once(product, own) if product or own else ""


def _text_facts(text: LabelText | None) -> TextFacts | None:
    if text is None:
        return None
    return TextFacts(
        ingredients=text.ingredients,
        origin=text.origin,
        has_pork=text.has_pork,
        shares_bp=tuple(share for _fibre, share in text.composition),
        material=text.material,
        size=text.size,
        care=tuple(text.care),
        care_note=text.care_note,
    )


def _permit_numbers(facts: ListingFacts) -> tuple[str, ...]:
    """Numbers that meet what retail asks, as they are printed on a pack."""
    met = [one.permit for one in judge(facts) if one.permit is not None]
    return tuple(one.number for one in met if one.kind not in NOT_ON_LABELS)


def _holder(lot: Lot, numbers: tuple[str, ...]) -> dict[str, str]:
    """Who stands on the first permit that is printed: name and kind, empty where none is."""
    told: list[dict[str, str]] = lot.told_holders  # type: ignore[attr-defined]
    by_number = {one["number"]: one for one in told}
    found = (by_number[number] for number in numbers if number in by_number)
    return next(found, {"name": "", "kind": ""})


def _unclaimed(lot: Lot, facts: ListingFacts) -> tuple[str, ...]:
    """Protected names that the printed name uses and the product does not claim."""
    known: list[str] = lot.told_names  # type: ignore[attr-defined]
    used = names_used(_whole_name(lot.variant, ""), known)
    return tuple(name for name in used if name != facts.origin.name)


def _pages(lot: Lot) -> Pages:
    product, variant = lot.variant.product, lot.variant_id
    text = f"{reverse('labels:variant', args=[variant])}?lot={lot.code}"
    return Pages(
        text=text,
        variant=reverse("goods:variant", args=[product.code, variant]),
        permit=reverse("legality:new_permit"),
        halal=reverse("legality:standing", args=[product.pk]),
        origin=reverse("legality:origin", args=[product.pk]),
        lot=reverse("stock:losses", args=[lot.code]),
        number=f"{text}#nomor",
        label=reverse("labels:lot", args=[lot.code]),
    )
