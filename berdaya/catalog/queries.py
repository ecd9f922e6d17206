"""What is true of listings: verdicts, windows, estimates, what the public may see."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, DateTimeField, F, Func, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Floor, JSONObject

from berdaya.catalog.calc import (
    Shown,
    ShownCard,
    ShownPermit,
    ShownPhoto,
    base_words,
    parts_of,
    policy_words,
    spoken,
)
from berdaya.catalog.estimates import Ask, Estimate, estimate
from berdaya.catalog.models import Listing, ListingVersion, VersionPhoto
from berdaya.core import clock
from berdaya.core.verdicts import Verdict
from berdaya.goods.models import Category
from berdaya.legality.models import Permit
from berdaya.legality.queries import listing_facts
from berdaya.legality.rules import may_list
from berdaya.stock.queries import sellable_on

__all__ = ["Shown", "ShownCard", "for_cards", "shown_cards", "shown_listing"]

MARKET = "retail"
RELATED = (
    *("variant__product__category__parent", "variant__measure"),
    *("facility__region", "seller", "current"),
)


def verdicts_of(
    listings: Iterable[Listing], day: date, version: ListingVersion | None = None
) -> dict[int, Verdict]:
    """Whether the law allows each listing on a day, judged anew: five queries for any number.

    What is made to order needs no finished goods; a `version` is judged in place of the current.
    """
    rows = list(listings)
    facts = listing_facts([row.variant_id for row in rows], MARKET, day)
    found = {}
    for row in rows:
        mine, judged = facts[row.variant_id], version or row.current
        is_to_order = judged is not None and judged.lead_time_days is not None
        found[row.pk] = may_list(replace(mine, has_lot=mine.has_lot or is_to_order))
    return found


def estimate_of(listing: Listing, price_rp: int, day: date) -> Estimate | None:
    """How one piece's price would be divided on a day; three statements."""
    category_id = listing.variant.product.category_id
    return estimate(Ask(listing.seller_id, category_id, listing.variant_id, price_rp, day))


def newest_version(listing: Listing) -> ListingVersion | None:
    """The version proposed last, with its decision if there is one."""
    return listing.versions.select_related("decision").order_by("-number").first()


def for_cards(rows: Any, now: datetime) -> Any:
    """Listings with all that `shown_cards` needs, still one statement.

    Brings `free` (whole pieces to order now) for filters: `.filter(free__gte=1)`. Filter, sort and
    slice before or after.
    """
    return (
        rows.select_related(*RELATED)
        .annotate(here_on=_day_there(now), version_pk=F("current"))
        .annotate(free=_free(), first_photo=Subquery(_photos()[:1]))
    )


def shown_cards(rows: Iterable[Listing]) -> list[ShownCard]:
    """Cards of listings that came through `for_cards`; no statement of its own."""
    return [ShownCard(**_card_facts(row, row.current)) for row in rows if row.current]


def shown_listing(slug: str, now: datetime) -> Shown | None:
    """What the public sees under this address; None for what is not shown now. Four statements."""
    row = _whole(Listing.objects.shown(now).filter(slug=slug), now).first()
    return _shown(row, row.current, now) if row else None


def preview_of(version: ListingVersion, now: datetime) -> Shown:
    """A version as the public would see it, whether it is decided or not. Four statements."""
    row = _whole(Listing.objects.filter(pk=version.listing_id), now, version.pk).get()
    return _shown(row, version, now)


def _whole(rows: Any, now: datetime, version_pk: int | None = None) -> Any:
    which = F("current") if version_pk is None else Value(version_pk)
    return (
        rows.select_related(*RELATED)
        .annotate(here_on=_day_there(now), version_pk=which)
        .annotate(
            free=_free(),
            all_photos=ArraySubquery(_photos()),
            all_permits=ArraySubquery(_permits()),
        )
    )


def _day_there(now: datetime) -> Cast:
    """The day at the place where it is made."""
    there = Func(
        F("facility__timezone"), Value(now), function="timezone", output_field=DateTimeField()
    )
    return Cast(there, DateField())


def _free() -> Coalesce:
    """Whole pieces the shop may take, in the same places as orders.queries.sellable_levels."""
    levels = sellable_on(OuterRef("here_on")).filter(lot__variant=OuterRef("variant"))
    total = levels.order_by().values("lot__variant").annotate(n=Sum(F("on_hand") - F("reserved")))
    return Coalesce(Floor(Subquery(total.values("n"))), Value(Decimal(0)))


def _photos() -> Any:
    rows = VersionPhoto.objects.filter(version=OuterRef("version_pk")).order_by("position")
    names = ("digest", "width", "height", "alt", "alt_en")
    return rows.values(told=JSONObject(**{name: f"photo__{name}" for name in names}))


def _permits() -> Any:
    """Permits in force there and then that name the product."""
    day = OuterRef("here_on")
    rows = Permit.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
        Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        valid_from__lte=day,
        products=OuterRef("variant__product"),
    )
    told = JSONObject(
        kind="kind__code", name="kind__name", name_en="kind__name_en", number="number",
        until="valid_until",
    )  # fmt: skip
    return rows.order_by("kind__position", "valid_from", "pk").values(told=told)


def _card_facts(row: Any, version: ListingVersion) -> dict[str, Any]:
    category, facility = row.variant.product.category, row.facility
    photos = [row.first_photo] if getattr(row, "first_photo", None) else []
    return {
        "listing_id": row.pk,
        "variant_id": row.variant_id,
        "slug": row.slug,
        "name": spoken(version.name, version.name_en),
        "price_rp": version.price_rp,
        "unit": row.variant.measure.label,
        "photo": _photo(photos[0]) if photos else None,
        "drawing": category.drawing,
        "seed": row.slug,
        "category_code": category.code,
        "category_name": category.label,
        "facility_code": facility.code,
        "facility_name": facility.name,
        "town": facility.town,
        "free": int(row.free),
        "lead_time_days": version.lead_time_days,
    }


def _shown(row: Any, version: ListingVersion, now: datetime) -> Shown:
    photos = tuple(_photo(told) for told in row.all_photos)
    day = clock.local(now, row.facility.timezone).date()
    told = estimate_of(row, version.price_rp, day)
    facts = _card_facts(row, version) | {"photo": photos[0] if photos else None}
    return Shown(
        **facts,
        facility_id=row.facility_id,
        product_id=row.variant.product_id,
        region_code=row.facility.region_id,
        region_name=row.facility.region.name,
        parent=_parent(row.variant.product.category),
        seller_name=row.seller.name,
        story=spoken(version.story, version.story_en),
        care=spoken(version.care, version.care_en),
        weight_g=version.weight_g,
        photos=photos,
        permits=tuple(_permit(one) for one in row.all_permits),
        parts=parts_of(told) if told else (),
        base_words=base_words(told) if told else "",
        policy_words=policy_words(told) if told else "",
        is_dearer=bool(told and told.loss_rp),
        lat=row.facility.lat,
        lon=row.facility.lon,
        first_shown_at=row.first_shown_at,
        until=row.lawful_until,
    )


def _parent(category: Category) -> tuple[str, str] | None:
    above = category.parent
    return (above.code, above.label) if above else None


def _photo(told: dict[str, Any]) -> ShownPhoto:
    alt = spoken(told["alt"], told["alt_en"])
    return ShownPhoto(told["digest"], told["width"], told["height"], alt)


def _permit(told: dict[str, Any]) -> ShownPermit:
    until = date.fromisoformat(told["until"]) - timedelta(days=1) if told["until"] else None
    label = spoken(told["name"], told["name_en"])
    return ShownPermit(told["kind"], label, told["number"], until)
