"""What public pages ask over several rooms: shelves, units, the story of a lot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from berdaya.catalog.calc import Shown, ShownCard
from berdaya.catalog.estimates import Ask, Estimate, estimate
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import for_cards, shown_cards
from berdaya.goods.models import Category
from berdaya.institutions.models import DemoWorld, Facility
from berdaya.ledger.models import Book
from berdaya.legality.models import Permit
from berdaya.legality.rules.permits import state_on
from berdaya.orders.models import ShippingRate
from berdaya.proceeds.queries import SELLERS
from berdaya.stock.models import Lot
from berdaya.web.maps import neighbours
from berdaya.workshop.models import BatchClosing, PublishedCount, QualityCheck
from berdaya.workshop.published import FAMILIES

BESIDE = 4
ON_SITEMAP = 20_000


def categories() -> tuple[list[Category], bool]:
    """Every category, and in the same statement whether this world is invented."""
    rows: list[Any] = list(Category.objects.annotate(is_demo=Exists(DemoWorld.objects.all())))
    return rows, any(row.is_demo for row in rows)


@dataclass(frozen=True)
class Working:
    """About how many people worked in a month, as it was published, by family of work."""

    month: date
    by_family: dict[str, int]

    @property
    def people(self) -> int:
        return sum(self.by_family.values())

    @property
    def families(self) -> list[tuple[str, int]]:
        """What is done and by about how many, most people first; families told as 0 left out."""
        told = ((str(FAMILIES[code]), people) for code, people in self.by_family.items() if people)
        return sorted(told, key=lambda one: (-one[1], one[0]))


def working_at(facility: Facility) -> Working | None:
    """The newest published month of a unit; one statement."""
    rows = _newest(PublishedCount.objects.filter(facility=facility))
    return _working(list(rows.values_list("month", "family", "people")))


def front() -> tuple[list[Category], bool, Working | None]:
    """Like `categories()`, with the newest published month of all units together: sums of what
    each was told; one statement."""
    told = _newest(PublishedCount.objects.all())
    one = told.values(told=JSONObject(month="month", family="family", people="people"))
    rows: list[Any] = list(
        Category.objects.annotate(
            is_demo=Exists(DemoWorld.objects.all()), working=ArraySubquery(one)
        )
    )
    found = rows[0].working if rows else []
    months = [(date.fromisoformat(each["month"]), each["family"], each["people"]) for each in found]
    return rows, any(row.is_demo for row in rows), _working(months)


def _newest(rows: "QuerySet[PublishedCount]") -> Any:
    newest = rows.order_by("-month").values("month")[:1]
    sums = rows.filter(month=Subquery(newest)).values("month", "family").order_by()
    return sums.annotate(people=Sum("about_people"))


def _working(found: list[tuple[date, str, int]]) -> Working | None:
    if not any(people for _month, _family, people in found):
        return None
    return Working(found[0][0], {family: people for _month, family, people in found})


def shown(now: datetime) -> "QuerySet[Listing]":
    """Listings the public may see now."""
    rows: QuerySet[Listing] = Listing.objects.shown(now)
    return rows


def newest(now: datetime, n: int) -> list[Listing]:
    """The listings shown last, with what their cards need; one statement."""
    return list(for_cards(shown(now).order_by("-first_shown_at", "pk"), now)[:n])


def units(now: datetime) -> list[Facility]:
    """Facilities with something on show, by name, with `n` of how many; one statement."""
    mine = shown(now).filter(facility=OuterRef("pk")).order_by().values("facility")
    count = Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), Value(0))
    rows = Facility.objects.producing().select_related("region").annotate(n=count)
    return list(rows.filter(n__gt=0).order_by("name"))


def of_unit(facility: Facility, now: datetime, n: int) -> list[ShownCard]:
    """What a unit offers, the newest first; one statement."""
    rows = shown(now).filter(facility=facility).order_by("-first_shown_at", "pk")
    return shown_cards(for_cards(rows, now)[:n])


@dataclass(frozen=True)
class Beside:
    """What else might please: goods of the same kind, and others from the same island."""

    same_kind: list[ShownCard]
    same_island: list[ShownCard]


def beside(one: Shown, now: datetime) -> Beside:
    """At most four of each, the newest; one statement."""
    rows = shown(now).exclude(pk=one.listing_id).order_by("-first_shown_at", "pk")
    kind = rows.filter(variant__product__category__code=one.category_code)
    island = rows.filter(facility__region__in=neighbours(one.region_code)).exclude(
        variant__product__category__code=one.category_code
    )
    either = Q(pk__in=_first(kind)) | Q(pk__in=_first(island))
    cards = shown_cards(for_cards(shown(now).filter(either).order_by("-first_shown_at", "pk"), now))
    return Beside(
        [card for card in cards if card.category_code == one.category_code],
        [card for card in cards if card.category_code != one.category_code],
    )


def _first(rows: "QuerySet[Listing]") -> "QuerySet[Listing, int]":
    return rows.values_list("pk", flat=True)[:BESIDE]


def once_shown(slug: str) -> Listing | None:
    """A listing that is not on show now but was; its address stays its own."""
    rows = Listing.objects.filter(slug=slug, first_shown_at__isnull=False)
    return rows.select_related("variant__product__category").first()


def in_place_of(listing: Listing, now: datetime) -> list[ShownCard]:
    """Similar goods for one that is gone: its category first, then the newest of all."""
    same = Q(variant__product__category=listing.variant.product.category_id)
    nearness = Case(When(same, then=Value(0)), default=Value(1))
    rows = shown(now).exclude(pk=listing.pk).order_by(nearness, "-first_shown_at", "pk")
    return shown_cards(for_cards(rows, now)[: 2 * BESIDE])


@dataclass(frozen=True)
class Posting:
    """The cheapest way to send a parcel, and whether the world is invented: one statement."""

    from_rp: int | None
    is_demo: bool


def posting_from(region_code: str, day: date) -> Posting:
    """From what it costs to send a first kilogram from a regency to somewhere in its province."""
    province = region_code.partition(".")[0]
    rates = ShippingRate.objects.on(day).filter(
        origin__in=["", province, region_code], destination__startswith=province
    )
    demo = DemoWorld.objects.all()
    rows = rates.order_by("first_kg_rp").annotate(is_demo=Exists(demo))
    first = rows.values_list("first_kg_rp", "is_demo").first()
    return Posting(*first) if first else Posting(None, demo.exists())


@dataclass(frozen=True)
class PermitThen:
    """A permit of a lot's product: whether it was in force when it was made, and is now."""

    label: str
    number: str
    held_then: bool
    holds_now: bool


@dataclass(frozen=True)
class Origin:
    """A lot as anybody may know it: what, where, months, permits, the policy's percentages."""

    lot: Lot
    started_on: date | None
    checked_on: date | None
    closed_on: date
    listing_slug: str
    permits: list[PermitThen]
    told: Estimate | None


def origin_of(public_code: str, now: datetime, day: date) -> Origin | None:
    """The lot under a public code; None for an unknown one. Five statements."""
    lot = _lots().filter(public_code=public_code).first()
    if lot is None:
        return None
    return Origin(
        lot=lot,
        started_on=lot.started_on,
        checked_on=lot.checked_on,
        closed_on=lot.closed_on or lot.made_on,
        listing_slug=_slug_shown(lot, now),
        permits=_permits_then(lot, day),
        told=_policy_of(lot, day),
    )


def _slug_shown(lot: Lot, now: datetime) -> str:
    listing: Listing | None = getattr(lot.variant, "listing", None)
    if listing is None or not (listing.is_shown_at_all and listing.is_lawful(now)):
        return ""
    return listing.slug


def _lots() -> Any:
    """Lots with what their story needs, the days of their batch and their seller: one statement."""
    closings = BatchClosing.objects.filter(lot=OuterRef("pk"))
    checks = QualityCheck.objects.filter(batch__closing__lot=OuterRef("pk")).order_by("-checked_on")
    order = Case(*(When(party__kind=kind, then=place) for place, kind in enumerate(SELLERS)))
    books = Book.objects.filter(facility=OuterRef("facility")).order_by(order, "pk")
    return Lot.objects.select_related(
        "facility__region", "variant__product__category", "variant__measure", "variant__listing"
    ).annotate(
        started_on=Subquery(closings.values("batch__started_on")[:1]),
        closed_on=Subquery(closings.values("closed_on")[:1]),
        checked_on=Subquery(checks.values("checked_on")[:1]),
        seller_id=Coalesce(
            "variant__listing__seller",
            Subquery(books.values("party")[:1]),
            output_field=BigIntegerField(),
        ),
    )


def _permits_then(lot: Lot, day: date) -> list[PermitThen]:
    rows = Permit.objects.filter(products=lot.variant.product_id).select_related("kind")
    found = [
        PermitThen(
            row.kind.label,
            row.number,
            _holds(row, lot.made_on),
            _holds(row, day),
        )
        for row in rows.order_by("kind__position", "-valid_from")
    ]
    return [one for one in found if one.held_then or one.holds_now]


def _holds(permit: Permit, day: date) -> bool:
    state = state_on(day, permit.valid_from, permit.valid_until, permit.revoked_on)
    return state in ("valid", "ending")


def _policy_of(lot: Any, day: date) -> Estimate | None:
    """The rule by which this lot's sales are divided; its percentages alone are shown."""
    seller = lot.seller_id
    if seller is None:
        return None
    return estimate(Ask(seller, lot.variant.product.category_id, lot.variant_id, 100_000, day))


def on_sitemap(now: datetime) -> Iterable[tuple[str, datetime]]:
    """Slugs and the day they were last approved, the newest first; one statement."""
    rows = shown(now).order_by("-first_shown_at", "pk")
    return rows.values_list("slug", "current__decision__decided_at")[:ON_SITEMAP]
