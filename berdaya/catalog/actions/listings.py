"""Propose a listing, decide on it, pull it back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.urls import reverse
from django.utils.text import slugify

from berdaya.catalog import rules
from berdaya.catalog.actions.photos import approve_photo
from berdaya.catalog.actions.windows import refresh_windows
from berdaya.catalog.models import (
    Listing,
    ListingDecision,
    ListingVersion,
    ListingWithdrawal,
    Outcome,
    Photo,
    VersionPhoto,
)
from berdaya.catalog.queries import estimate_of, newest_version, photos_verdict, verdicts_of
from berdaya.core import clock, scope
from berdaya.core.codes import public_code
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.goods.models import Variant
from berdaya.institutions.models import Party
from berdaya.institutions.rules import may
from berdaya.institutions.standing_in import require_decision
from berdaya.legality.models import Indication, ProductOrigin
from berdaya.legality.rules.origins import ig_name_unclaimed, names_used

SLUG_TAIL = 5


@dataclass(frozen=True)
class Proposal:
    """What an officer would show: words in both languages, price, packed weight, lead time."""

    name: str
    price_rp: int
    weight_g: int
    name_en: str = ""
    story: str = ""
    story_en: str = ""
    care: str = ""
    care_en: str = ""
    lead_time_days: int | None = None
    is_no_share_confirmed: bool = False


def propose_listing(
    *, by: Actor, variant: Variant, seller: Party, proposal: Proposal, photos: Sequence[Photo] = ()
) -> ListingVersion:
    """Put a version before the head; the first one makes the listing and its address.

    What is shown stays as it is until the decision. Locks the listing. Refused: facility_lpka,
    listing_goods_inactive, listing_seller_missing, listing_makers_get_nothing,
    photo_elsewhere, photo_gone, ig_name_unclaimed.
    """
    scope.required()
    require(may(by, "listing.propose", variant.facility_id))
    listing = _listing_of(variant, seller, proposal.name)
    day = clock.today(variant.facility.timezone)
    told = estimate_of(listing, proposal.price_rp, day)
    facts = rules.ProposalFacts(
        facility_kind=variant.facility.kind,
        is_active=variant.is_active and variant.product.is_active,
        has_seller=seller.facility_id == variant.facility_id and told is not None,
        makers_rp=told.makers_rp if told else None,
        base=told.base if told else "",
        is_no_share_confirmed=proposal.is_no_share_confirmed,
    )
    require(rules.may_propose(facts))
    require(_may_be_named(variant, proposal))
    if any(photo.facility_id != variant.facility_id for photo in photos):
        raise Refused(rules.photo_elsewhere())
    chosen = [photo.pk for photo in photos]
    if Photo.objects.filter(pk__in=chosen).usable().count() != len(set(chosen)):
        raise Refused(rules.photo_gone())
    newest = newest_version(lock_row(listing))
    version = ListingVersion.objects.create(
        listing=listing,
        facility_id=listing.facility_id,
        number=newest.number + 1 if newest else 1,
        proposed_by_id=by.user_id,
        proposed_at=clock.now(),
        **vars(proposal),
    )
    VersionPhoto.objects.bulk_create(
        VersionPhoto(version=version, photo=photo, facility_id=listing.facility_id, position=place)
        for place, photo in enumerate(photos)
    )
    return version


def _may_be_named(variant: Variant, proposal: Proposal) -> Verdict:
    """A protected name stands only on what claims it; whether the claim holds is judged later."""
    rows = Indication.objects.values_list("pk", "name")
    names = {name: pk for pk, name in rows}
    used = names_used(f"{proposal.name} {proposal.name_en}", names)
    claim = ProductOrigin.objects.filter(product=variant.product_id).first()
    bare = [name for name in used if claim is None or claim.indication_id != names[name]]
    url = reverse("legality:origin", args=[variant.product_id])
    return Verdict(tuple(ig_name_unclaimed(name=name, next_url=url) for name in bare))


def _listing_of(variant: Variant, seller: Party, name: str) -> Listing:
    rows = Listing.objects.select_related("variant__product", "facility", "current")
    listing = rows.filter(variant=variant).first()
    if listing is not None:
        return listing
    words = slugify(name)[: 90 - SLUG_TAIL] or "barang"
    Listing.objects.create(
        facility_id=variant.facility_id,
        variant=variant,
        seller=seller,
        slug=f"{words}-{public_code()[:SLUG_TAIL].lower()}",
        created_at=clock.now(),
    )
    return rows.get(variant=variant)


def approve_listing(
    *, by: Actor, version: ListingVersion, ticked: Mapping[int, Collection[str]] | None = None
) -> Listing:
    """Show this version from now on, wherever the law allows it. Locks the listing.

    `ticked`: for photos (by key) that nobody has reviewed yet, what the head has seen is not on
    them; a small unit does both on one page. Refused: listing_decided, listing_own,
    photo_not_reviewed, photo_gone, as approve_photo, and every reason of legality.may_list.
    """
    listing = _decide(by, version)
    for photo in Photo.objects.filter(pk__in=(ticked or {}).keys(), on__version=version).waiting():
        approve_photo(by=by, photo=photo, ticked=(ticked or {})[photo.pk])
    require(photos_verdict(version))
    listing.current = version
    day = clock.today(listing.facility.timezone)
    verdict = verdicts_of([listing], day)[listing.pk]
    require(verdict)
    _write_decision(by, version, Outcome.APPROVED, "")
    _show(listing, version)
    refresh_windows(by=by, listings=[listing])
    listing.refresh_from_db(fields=["lawful_from", "lawful_until"])
    return listing


def decline_listing(*, by: Actor, version: ListingVersion, reason: str) -> ListingDecision:
    """Send a version back with a reason; what is shown stays. Locks the listing.

    Refused: listing_decided, listing_own, listing_reason_missing.
    """
    _decide(by, version)
    if not reason.strip():
        raise Refused(rules.listing_reason_missing())
    return _write_decision(by, version, Outcome.DECLINED, reason.strip())


def withdraw_listing(*, by: Actor, listing: Listing, reason: str) -> ListingWithdrawal:
    """Pull it back at once, everywhere: what asks `shown` no longer finds it. Locks the listing.

    Refused: listing_not_shown, listing_reason_missing.
    """
    scope.required()
    require(may(by, "listing.withdraw", listing.facility_id))
    if not reason.strip():
        raise Refused(rules.listing_reason_missing())
    fresh = lock_row(listing)
    if not fresh.is_shown_at_all:
        raise Refused(rules.listing_not_shown())
    fresh.withdrawn_at = clock.now()
    fresh.save(update_fields=["withdrawn_at"])
    return ListingWithdrawal.objects.create(
        listing=fresh,
        facility_id=fresh.facility_id,
        reason=reason.strip(),
        withdrawn_by_id=by.user_id,
        withdrawn_at=fresh.withdrawn_at,
    )


def _decide(by: Actor, version: ListingVersion) -> Listing:
    scope.required()
    require_decision(
        by=by, ability="listing.approve", facility_id=version.facility_id,
        done_by=[version.proposed_by_id],
    )  # fmt: skip
    listing = lock_row(version.listing)
    newest = newest_version(listing)
    facts = rules.DecisionFacts(
        is_decided=ListingDecision.objects.filter(version=version).exists(),
        is_newest=newest is not None and newest.pk == version.pk,
        proposed_by_id=version.proposed_by_id,
        decided_by_id=by.user_id,
    )
    require(rules.may_decide(facts))
    return listing


def _write_decision(
    by: Actor, version: ListingVersion, outcome: str, reason: str
) -> ListingDecision:
    return ListingDecision.objects.create(
        version=version,
        facility_id=version.facility_id,
        outcome=outcome,
        reason=reason,
        proposed_by_id=version.proposed_by_id,
        decided_by_id=by.user_id,
        decided_at=clock.now(),
    )


def _show(listing: Listing, version: ListingVersion) -> None:
    now = clock.now()
    listing.withdrawn_at = None
    listing.price_rp = version.price_rp
    listing.first_shown_at = listing.first_shown_at or now
    listing.search_words = _search_words(listing, version)
    listing.save()
    Listing.objects.filter(pk=listing.pk).update(search_vector=_search_vector(listing, version))


def _search_words(listing: Listing, version: ListingVersion) -> str:
    """What typing mistakes are compared with: names, category and place, in both languages."""
    category, facility = listing.variant.product.category, listing.facility
    words = (version.name, version.name_en, category.name, category.name_en, facility.town)
    return " ".join(word for word in words if word).lower()


def _search_vector(listing: Listing, version: ListingVersion) -> SearchVector:
    """Names first, then category and place, then the story; each by the stems of its language."""
    category, facility = listing.variant.product.category, listing.facility
    parts = (
        (version.name, "indonesian", "A"),
        (version.name_en, "english", "A"),
        (f"{category.name} {facility.name} {facility.town}", "indonesian", "B"),
        (category.name_en, "english", "B"),
        (version.story, "indonesian", "C"),
        (version.story_en, "english", "C"),
        # As written too, so that the beginning of a word finds it.
        (f"{version.name} {version.name_en} {facility.town}", "simple", "B"),
    )
    vectors = [SearchVector(Value(text), config=config, weight=w) for text, config, w in parts]
    total = vectors[0]
    for vector in vectors[1:]:
        total = total + vector  # type: ignore[assignment]
    return total
