"""What is true of listings: verdicts, windows, estimates, what the public may see."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Floor, JSONObject

from berdaya.catalog.calc import (
    DESK_PHOTO,
    PUBLIC_PHOTO,
    SeenPhoto,
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
from berdaya.catalog.models import (
    Listing,
    ListingVersion,
    Outcome,
    Photo,
    PhotoOutcome,
    VersionPhoto,
)
from berdaya.catalog.queries_mention import labels_in, makers_of, public_photos
from berdaya.catalog.rules import may_show_photos
from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Verdict
from berdaya.goods.models import Category, Variant
from berdaya.institutions.models import Facility, Party, PartyKind, RevenueRegime
from berdaya.institutions.models.parties import SELLER_KINDS
from berdaya.legality.models import Permit, PermitProduct
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import Judged, judge, may_list
from berdaya.people.models import Channel
from berdaya.stock.queries import sellable_on

__all__ = ["Shown", "ShownCard", "for_cards", "shown_cards", "shown_listing"]

MARKET = "retail"
# How long before a listing lapses it is told on Hari Ini.
LAPSE_DAYS = 30
SHELF = 24
# Photos on a version: what everybody may see, and what its unit may look at.
PUBLIC = Q(photo__review__outcome=PhotoOutcome.SAFE, photo__withdrawal__isnull=True)
USABLE = Q(photo__withdrawal__isnull=True) & ~Q(photo__review__outcome=PhotoOutcome.REFUSED)
RELATED = (
    *("variant__product__category__parent", "variant__measure"),
    *("facility__region", "seller", "current", "to_order"),
)


def verdicts_of(listings: Iterable[Listing], day: date) -> dict[int, Verdict]:
    """Whether the law allows each listing on a day, judged anew: three queries for any number.

    What is made to order needs no finished goods.
    """
    rows = list(listings)
    facts = listing_facts([row.variant_id for row in rows], MARKET, day)
    found = {}
    for row in rows:
        mine = facts[row.variant_id]
        is_to_order = row.current is not None and row.current.lead_time_days is not None
        found[row.pk] = may_list(replace(mine, has_lot=mine.has_lot or is_to_order))
    return found


def judged_of(
    listing: Listing, version: ListingVersion, day: date
) -> tuple[tuple[Judged, ...], Verdict]:
    """Each requirement with what meets it, and the whole verdict of a version; three queries."""
    facts = listing_facts([listing.variant_id], MARKET, day)[listing.variant_id]
    is_to_order = version.lead_time_days is not None
    facts = replace(facts, has_lot=facts.has_lot or is_to_order)
    return judge(facts), may_list(facts)


def estimate_of(listing: Listing, price_rp: int, day: date) -> Estimate | None:
    """How one piece's price would be divided on a day; two statements."""
    category_id = listing.variant.product.category_id
    return estimate(Ask(listing.seller_id, category_id, listing.variant_id, price_rp, day))


def listing_states(rows: Any, now: datetime) -> Any:
    """Brings `state` (proposed, shown, lapsed, withdrawn, not_yet), `newest_outcome` (waiting,
    approved, declined) and `newest_name` of the version proposed last; no statement of its own.

    `lapsed` is approved, not withdrawn, but outside its lawful window.
    """
    newest = ListingVersion.objects.filter(listing=OuterRef("pk")).order_by("-number")
    told = newest.annotate(told=Coalesce("decision__outcome", Value("waiting")))
    shown = Listing.objects.shown(now).filter(pk=OuterRef("pk"))
    return rows.annotate(
        newest_outcome=Subquery(told.values("told")[:1]),
        newest_name=Subquery(newest.values("name")[:1]),
        newest_name_en=Subquery(newest.values("name_en")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
    ).annotate(
        state=Case(
            When(withdrawn_at__isnull=False, then=Value("withdrawn")),
            When(current__isnull=True, newest_outcome="waiting", then=Value("proposed")),
            When(current__isnull=True, then=Value("not_yet")),
            When(Exists(shown), then=Value("shown")),
            default=Value("lapsed"),
        )
    )


def waiting_versions(facility_ids: Iterable[int]) -> "QuerySet[ListingVersion]":
    """Versions that wait for a head: the newest of their listing, not decided; oldest first."""
    newer = ListingVersion.objects.filter(
        listing=OuterRef("listing"), number__gt=OuterRef("number")
    )
    rows = ListingVersion.objects.filter(facility__in=list(facility_ids), decision__isnull=True)
    return rows.exclude(Exists(newer)).order_by("proposed_at", "pk")


def declined_versions(facility_ids: Iterable[int]) -> "QuerySet[ListingVersion]":
    """Versions sent back that nothing newer has answered; oldest decision first."""
    newer = ListingVersion.objects.filter(
        listing=OuterRef("listing"), number__gt=OuterRef("number")
    )
    rows = ListingVersion.objects.filter(
        facility__in=list(facility_ids), decision__outcome=Outcome.DECLINED
    )
    return rows.exclude(Exists(newer)).order_by("decision__decided_at", "pk")


def lapsing(facility_ids: Iterable[int], now: datetime) -> "QuerySet[Listing]":
    """Listings a head approved that the law no longer allows, or not for LAPSE_DAYS more."""
    soon = now + timedelta(days=LAPSE_DAYS)
    rows = Listing.objects.filter(
        facility__in=list(facility_ids), current__isnull=False, withdrawn_at__isnull=True
    )
    ends = Q(lawful_until__lte=soon) | Q(lawful_from__isnull=True) | Q(lawful_from__gt=now)
    return rows.filter(ends).order_by("lawful_until", "pk")


def sellers_of(facility_id: int, day: date) -> list[Party]:
    """Who may sell this facility's goods on a day, the usual one first: a cooperative goes before
    a partner, and both before the unit itself."""
    regimes = RevenueRegime.objects.on(day).filter(party=OuterRef("pk"))
    rows = Party.objects.filter(Exists(regimes), facility=facility_id, kind__in=SELLER_KINDS)
    order = [PartyKind.COOPERATIVE, PartyKind.PARTNER_BUSINESS, PartyKind.SATKER_UPT]
    place = {str(kind): number for number, kind in enumerate(order)}
    return sorted(rows, key=lambda party: (place.get(party.kind, len(order)), party.pk))


def unlisted_variants(facility_id: int) -> "QuerySet[Variant]":
    """Variants still sold that nobody has offered yet; a service is no parcel and stays out."""
    rows = Variant.objects.filter(
        facility=facility_id, is_active=True, product__is_active=True, listing__isnull=True
    ).exclude(product__category__is_service=True)
    return rows.select_related("product__category", "measure", "facility").order_by("name", "pk")


def photo_shelf(facility_id: int, listing_id: int | None, chosen: Iterable[int]) -> list[Photo]:
    """Photos to choose from: those this listing has ever had, those not yet used, and `chosen`;
    never one that was refused or pulled back."""
    used = VersionPhoto.objects.filter(photo=OuterRef("pk"))
    mine = used.filter(version__listing=listing_id)
    wanted = Exists(mine) | ~Exists(used) | Q(pk__in=list(chosen))
    rows = Photo.objects.filter(wanted, facility=facility_id).usable()
    return list(rows.select_related("review").order_by("-uploaded_at", "-pk")[:SHELF])


def with_photos(rows: Any) -> Any:
    """Versions with what `photos_told` reads, still one statement."""
    told = VersionPhoto.objects.filter(version=OuterRef("pk")).order_by("position")
    names = ("digest", "width", "height", "alt", "alt_en", "uploaded_by_id")
    facts = {name: f"photo__{name}" for name in names}
    facts |= {"outcome": "photo__review__outcome", "withdrawn": "photo__withdrawal__pk"}
    return rows.annotate(
        told_photos=ArraySubquery(told.values(told=JSONObject(pk="photo_id", **facts)))
    )


def photos_told(version: Any) -> list[SeenPhoto]:
    """Every photo of a version that came through `with_photos`, in its order, with its state."""
    return [
        SeenPhoto(
            pk=told["pk"],
            digest=told["digest"],
            width=told["width"],
            height=told["height"],
            alt=spoken(told["alt"], told["alt_en"]),
            uploaded_by_id=told["uploaded_by_id"],
            state="withdrawn" if told["withdrawn"] else told["outcome"] or "waiting",
        )
        for told in version.told_photos
    ]


def photos_verdict(version: ListingVersion) -> Verdict:
    """Whether the photos of a version may be shown, as they stand now; one statement."""
    fresh = with_photos(ListingVersion.objects.filter(pk=version.pk)).get()
    return may_show_photos(photos_told(fresh))


def waiting_photos(facility_ids: Iterable[int]) -> "QuerySet[Photo]":
    """Photos that wait for a second pair of eyes; oldest first."""
    return Photo.objects.filter(facility__in=list(facility_ids)).waiting().order_by("uploaded_at")


def spoiled_versions(facility_ids: Iterable[int]) -> "QuerySet[ListingVersion]":
    """Versions waiting for a head that hold a photo refused or pulled back."""
    gone = Q(photo__review__outcome=PhotoOutcome.REFUSED) | Q(photo__withdrawal__isnull=False)
    held = VersionPhoto.objects.filter(gone, version=OuterRef("pk"))
    return waiting_versions(facility_ids).filter(Exists(held))


def photos_in_use(names: frozenset[str]) -> set[str]:
    """Of these files those of photos neither refused nor pulled back, at any facility."""
    digests = {name.rpartition("/")[2].partition("-")[0] for name in names}
    with system_scope("nightly", Facility.objects.values_list("pk", flat=True), read_only=True):
        rows = Photo.objects.filter(digest__in=digests).usable()
        held = set(rows.values_list("digest", flat=True))
    return {name for name in names if name.rpartition("/")[2].partition("-")[0] in held}


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
        .annotate(free=_free(), first_photo=Subquery(_photos(PUBLIC, now)[:1]))
    )


def shown_cards(rows: Iterable[Listing]) -> list[ShownCard]:
    """Cards of listings that came through `for_cards`; no statement of its own."""
    return [ShownCard(**_card_facts(row, row.current)) for row in rows if row.current]


def shown_listing(slug: str, now: datetime) -> Shown | None:
    """What the public sees under this address; None for what is not shown now. Three
    statements."""
    row = _whole(Listing.objects.shown(now).filter(slug=slug), now, F("current"), PUBLIC).first()
    return _shown(row, row.current, now, row.all_photos, PUBLIC_PHOTO) if row else None


def preview_of(row: Any, version: ListingVersion, now: datetime) -> Shown:
    """A version as the public would see it, decided or not; `row` came through `whole_row`."""
    photos = row.all_photos if version.pk == row.version_pk else row.current_photos
    return _shown(row, version, now, photos, DESK_PHOTO)


def whole_row(slug: str, now: datetime, number: int | None = None) -> Any:
    """A listing in scope with all that its pages show, None if there is none; one statement.

    Photos are those of the current version and of the one with this number (None: the current).
    """
    which = ListingVersion.objects.filter(listing=OuterRef("pk"), number=number or 0).values("pk")
    wanted = F("current") if number is None else Subquery(which)
    rows = listing_states(Listing.objects.filter(slug=slug), now)
    return _whole(rows, now, wanted, USABLE).first()


def _whole(rows: Any, now: datetime, wanted: Any, photos: Q) -> Any:
    return (
        rows.select_related(*RELATED)
        .annotate(here_on=_day_there(now), version_pk=wanted)
        .annotate(
            free=_free(),
            all_photos=ArraySubquery(_photos(photos, now)),
            current_photos=ArraySubquery(_photos(PUBLIC, now, "current")),
            all_permits=ArraySubquery(_permits()),
            all_makers=makers_of(now),
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


def _photos(which: Q, now: datetime, version: str = "version_pk") -> Any:
    rows = public_photos(now).filter(which, version=OuterRef(version)).order_by("position")
    names = ("digest", "width", "height", "alt", "alt_en")
    return rows.values(told=JSONObject(**{name: f"photo__{name}" for name in names}))


def _permits() -> Any:
    """Permits in force there and then that name the product, whole or in this variant."""
    day = OuterRef("here_on")
    naming = PermitProduct.objects.filter(
        Q(variants__isnull=True) | Q(variants__variant=OuterRef(OuterRef("variant"))),
        product=OuterRef(OuterRef("variant__product")),
    )
    rows = Permit.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
        Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        valid_from__lte=day,
        pk__in=naming.values("permit"),
    )
    told = JSONObject(
        kind="kind__code", name="kind__name", name_en="kind__name_en", number="number",
        until="valid_until",
    )  # fmt: skip
    return rows.order_by("kind__position", "valid_from", "pk").values(told=told)


def _card_facts(row: Any, version: ListingVersion) -> dict[str, Any]:
    category, facility = row.variant.product.category, row.facility
    making = getattr(row, "to_order", None)
    photos = [row.first_photo] if getattr(row, "first_photo", None) else []
    return {
        "listing_id": row.pk,
        "variant_id": row.variant_id,
        "slug": row.slug,
        "name": spoken(version.name, version.name_en),
        "price_rp": version.price_rp,
        "unit": row.variant.measure.label,
        "photo": _photo(photos[0], PUBLIC_PHOTO) if photos else None,
        "drawing": row.variant.product.drawing,
        "seed": row.slug,
        "category_code": category.code,
        "category_name": category.label,
        "facility_code": facility.code,
        "facility_name": facility.name,
        "town": facility.town,
        "free": int(row.free),
        "lead_time_days": version.lead_time_days,
        "room": making.room if making else None,
        "promised_on": making.promise_after(1) if making and making.room else None,
    }


def _shown(
    row: Any, version: ListingVersion, now: datetime, photos_told: list[Any], pattern: str
) -> Shown:
    photos = tuple(_photo(told, pattern) for told in photos_told)
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
        seller_contact=row.seller.contact,
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
        makers=labels_in(row.all_makers, Channel.SHOP),
        card_makers=labels_in(row.all_makers, Channel.CARD),
    )


def _parent(category: Category) -> tuple[str, str] | None:
    above = category.parent
    return (above.code, above.label) if above else None


def _photo(told: dict[str, Any], pattern: str) -> ShownPhoto:
    alt = spoken(told["alt"], told["alt_en"])
    return ShownPhoto(told["digest"], told["width"], told["height"], alt, pattern)


def _permit(told: dict[str, Any]) -> ShownPermit:
    until = date.fromisoformat(told["until"]) - timedelta(days=1) if told["until"] else None
    label = spoken(told["name"], told["name_en"])
    return ShownPermit(told["kind"], label, told["number"], until)
