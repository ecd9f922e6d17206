"""What the demo's shop offers: proposed by officers, approved by heads, some of it in between."""

from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from berdaya.catalog import demo_mentions
from berdaya.catalog.actions.listings import (
    Proposal,
    approve_listing,
    decline_listing,
    propose_listing,
    withdraw_listing,
)
from berdaya.catalog.actions.windows import refresh_windows
from berdaya.catalog.models import Listing, ListingVersion
from berdaya.catalog.queries import MARKET, sellers_of
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Variant
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Party, Staff
from berdaya.institutions.queries import actor_of, head_of, staff_with
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import may_list

STORIES = Path(__file__).parent / "data" / "demo-stories.txt"
# Proposals that lack a permit and wait to be approved; the others are not even proposed.
BLOCKED = 4
# By SKU of the unit: only proposed, sent back, proposed anew at another price, pulled back.
WAITING = {("LP-LBT", "Keranjang bambu L")}
DECLINED = {("LPP-KPG", "Tas rajut L")}
DEARER = {("LPP-KPG", "Selendang tenun Reyna 40 × 180 cm"), ("RT-MOF", "Bingkai bambu A4")}
WITHDRAWN = {("RT-MOF", "Gelang tenun Sikka")}
UNDECIDED = WAITING | DECLINED
OPEN_DAYS = 70
ADDED_ID = "Pinggirnya kini dijahit rangkap supaya tidak mudah terurai."
ADDED_EN = "Its edges are now sewn double, so that they do not fray."


@dataclass(frozen=True)
class Story:
    """What is said of a product; a weight for each size."""

    weights: tuple[int, ...]
    lead_time_days: int | None
    words: dict[str, str]


@dataclass(frozen=True)
class Unit:
    """Who acts at a facility, and who sells for it."""

    facility: Facility
    seller: Party
    officer: Actor
    head: Actor


def load(ctx: DemoContext) -> None:
    """Once; a world that has listings keeps them."""
    with demo_scope():
        if Listing.objects.exists():
            return
        units = _units(ctx.today)
        offers = list(_offers())
        allowed, early = (_allowed(offers, day) for day in (ctx.today, _begin(ctx.today)))
    region = actor_of(Staff.objects.filter(username__startswith="kanwil")[0], ctx.today)
    blocked = 0
    for variant, proposal in offers:
        unit = units[variant.facility_id]
        if variant.pk not in allowed:
            blocked += 1
            if blocked > BLOCKED:
                continue
        # What was lawful then has been on show since; what waits, waits since today.
        is_early = variant.pk in allowed & early and _key(unit, proposal) not in UNDECIDED
        with clock.travel(_noon(_begin(ctx.today))) if is_early else nullcontext():
            version = _propose(unit, variant, proposal)
            if variant.pk in allowed:
                _decide(unit, version)
        if variant.pk in allowed:
            _go_on(unit, region, version, proposal)
    with demo_scope() as scope:
        rows = Listing.objects.filter(current__isnull=False).select_related("current", "facility")
        refresh_windows(by=scope.actor, listings=rows)
    mentions = sum(
        demo_mentions.make(unit.facility, unit.officer, unit.head, ctx.today)
        for unit in units.values()
    )
    ctx.say(f"mentions: {mentions}")
    ctx.say(f"listings: {len(allowed)} allowed, {blocked} without a permit")


def _begin(today: date) -> date:
    """When the shop opened."""
    return today - timedelta(days=OPEN_DAYS)


def _noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=12)


def _key(unit: Unit, proposal: Proposal) -> tuple[str, str]:
    return unit.facility.code, proposal.name


def _units(today: date) -> dict[int, Unit]:
    found = {}
    for facility in Facility.objects.producing().order_by("code"):
        sellers = sellers_of(facility.pk, today)
        officers, head = (
            staff_with("listing.propose", facility.pk, today),
            head_of(facility.pk, today),
        )
        if sellers and officers and head:
            found[facility.pk] = Unit(
                facility, sellers[0], actor_of(officers[0], today), actor_of(head.staff, today)
            )
    return found


def stories() -> dict[str, Story]:
    """The stories by product, read; KeyError for one without a weight."""
    file = ConfigParser(interpolation=None, delimiters=("=",))
    file.read(STORIES, "utf-8")
    found = {}
    for name in file.sections():
        part = file[name]
        weights = tuple(int(one) for one in part["weight"].split(";"))
        words = {key: part.get(key, "") for key in ("story", "story_en", "care", "care_en")}
        lead = part.getint("lead") if "lead" in part else None
        found[name] = Story(weights, lead, words)
    return found


def _offers() -> Iterator[tuple[Variant, Proposal]]:
    """Every variant of which there is a story, at its list price."""
    told = stories()
    seen: dict[int, int] = {}
    rows = Variant.objects.select_related("product__category", "facility", "measure")
    for variant in rows.order_by("facility__code", "sku"):
        story = told.get(variant.product.name)
        if story is None:
            continue
        place = seen.get(variant.product_id, 0)
        seen[variant.product_id] = place + 1
        yield (
            variant,
            Proposal(
                name=variant.name,
                name_en=variant.name_en,
                price_rp=variant.list_price_rp,
                weight_g=story.weights[min(place, len(story.weights) - 1)],
                lead_time_days=story.lead_time_days,
                **story.words,
            ),
        )


def _allowed(offers: list[tuple[Variant, Proposal]], day: date) -> set[int]:
    to_order = {variant.pk for variant, one in offers if one.lead_time_days}
    facts = listing_facts([variant.pk for variant, _one in offers], MARKET, day)
    return {
        pk
        for pk, one in facts.items()
        if may_list(replace(one, has_lot=one.has_lot or pk in to_order)).ok
    }


def _propose(unit: Unit, variant: Variant, proposal: Proposal) -> ListingVersion:
    """As the officer would: where the makers get nothing, the refusal comes first."""
    try:
        return _send(unit, variant, proposal)
    except Refused:
        return _send(unit, variant, replace(proposal, is_no_share_confirmed=True))


def _send(unit: Unit, variant: Variant, proposal: Proposal) -> ListingVersion:
    with acting(unit.officer, "listing.propose"):
        return propose_listing(
            by=unit.officer, variant=variant, seller=unit.seller, proposal=proposal
        )


def _decide(unit: Unit, version: ListingVersion) -> None:
    key = (unit.facility.code, version.name)
    if key in WAITING:
        return
    with acting(unit.head, "listing.approve"):
        if key in DECLINED:
            reason = "Ceritanya belum menyebut ukuran L; tambahkan, lalu ajukan lagi."
            decline_listing(by=unit.head, version=version, reason=reason)
            return
        approve_listing(by=unit.head, version=version)


def _go_on(unit: Unit, region: Actor, version: ListingVersion, proposal: Proposal) -> None:
    """What happened to a listing after its head had approved it."""
    key, listing = _key(unit, proposal), version.listing
    if key in DEARER:
        dearer = replace(
            proposal,
            price_rp=proposal.price_rp + 25_000,
            story=f"{proposal.story} {ADDED_ID}".strip(),
            story_en=f"{proposal.story_en} {ADDED_EN}".strip(),
        )
        _propose(unit, listing.variant, dearer)
    if key in WITHDRAWN:
        with acting(region, "listing.withdraw"):
            reason = "Motifnya diperiksa dulu bersama tetua adat."
            withdraw_listing(by=region, listing=listing, reason=reason)
