"""Keep a photo of goods, look at it a second time, pull it back."""

from collections.abc import Collection
from typing import BinaryIO

from django.db import IntegrityError, transaction

from berdaya.catalog import rules
from berdaya.catalog.calc import LARGE, SMALL
from berdaya.catalog.models import CHECKS, Photo, PhotoOutcome, PhotoReview, PhotoWithdrawal
from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.uploads import Accepted, Kind, accept, store
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.models import Facility, FacilityKind
from berdaya.institutions.rules import may
from berdaya.people.rules import facility_lpka

PHOTO = Kind(("jpeg", "png", "webp"), 12_000_000, output="webp", widths=(LARGE, SMALL))


def add_photo(*, by: Actor, facility: Facility, file: BinaryIO, alt: str, alt_en: str) -> Photo:
    """Encode a photo anew and keep it in two sizes; the same picture again is the same photo.

    It waits for a second pair of eyes. Refused before anything is stored: facility_lpka,
    photo_words_missing, photo_gone (refused or pulled back before), and whatever
    core.uploads.accept finds.
    """
    scope.required()
    require(may(by, "listing.propose", facility.pk))
    if facility.kind == FacilityKind.LPKA:
        raise Refused(Verdict((facility_lpka(),)))
    if not alt.strip():
        raise Refused(rules.photo_words_missing())
    accepted = accept(file, PHOTO)
    photo = _kept(by, facility, accepted, alt.strip(), alt_en.strip())
    if photo.state in ("refused", "withdrawn"):
        raise Refused(rules.photo_gone())
    store(accepted, Photo.FOLDER)
    return photo


def _kept(by: Actor, facility: Facility, accepted: Accepted, alt: str, alt_en: str) -> Photo:
    photo, _made = Photo.objects.select_related("review", "withdrawal").get_or_create(
        facility=facility,
        digest=accepted.digest,
        defaults={
            "width": accepted.width,
            "height": accepted.height,
            "alt": alt,
            "alt_en": alt_en,
            "uploaded_by_id": by.user_id,
            "uploaded_at": clock.now(),
        },
    )
    return photo


def approve_photo(*, by: Actor, photo: Photo, ticked: Collection[str]) -> PhotoReview:
    """Say that none of CHECKS is on the photo; from now on a listing may show it.

    Refused: photo_same_person, photo_reviewed, photo_gone, photo_check_incomplete. Of two who look
    at once, one is told.
    """
    missing = len(CHECKS.keys() - set(ticked))
    return _review(by, photo, PhotoOutcome.SAFE, "", missing)


def refuse_photo(*, by: Actor, photo: Photo, reason: str) -> PhotoReview:
    """Say that it may not be shown, and why. Refused as approving, and listing_reason_missing."""
    if not reason.strip():
        raise Refused(rules.listing_reason_missing())
    return _review(by, photo, PhotoOutcome.REFUSED, reason.strip(), 0)


def _review(
    by: Actor, photo: Photo, outcome: PhotoOutcome, reason: str, missing: int
) -> PhotoReview:
    scope.required()
    require(may(by, "photo.review", photo.facility_id))
    facts = rules.ReviewFacts(
        is_reviewed=PhotoReview.objects.filter(photo=photo).exists(),
        is_withdrawn=PhotoWithdrawal.objects.filter(photo=photo).exists(),
        uploaded_by_id=photo.uploaded_by_id,
        reviewed_by_id=by.user_id,
        missing=missing,
    )
    require(rules.may_review(facts))
    ticks = dict.fromkeys(CHECKS, outcome == PhotoOutcome.SAFE)
    try:
        with transaction.atomic():
            return PhotoReview.objects.create(
                photo=photo,
                facility_id=photo.facility_id,
                outcome=outcome,
                reason=reason,
                uploaded_by_id=photo.uploaded_by_id,
                reviewed_by_id=by.user_id,
                reviewed_at=clock.now(),
                **ticks,
            )
    except IntegrityError as error:
        if "photo_id" not in str(error):
            raise
        raise Refused(rules.photo_reviewed()) from error


def withdraw_photo(*, by: Actor, photo: Photo, reason: str) -> PhotoWithdrawal:
    """Pull a photo back from every page and its address, at once and for good.

    Whoever uploads may do it too: nobody has to wait for the head while a face is on show. Refused:
    listing_reason_missing, photo_gone.
    """
    scope.required()
    require(rules.may_withdraw_photo(by, photo.facility_id))
    if not reason.strip():
        raise Refused(rules.listing_reason_missing())
    withdrawal, made = PhotoWithdrawal.objects.get_or_create(
        photo=photo,
        defaults={
            "facility_id": photo.facility_id,
            "reason": reason.strip(),
            "withdrawn_by_id": by.user_id,
            "withdrawn_at": clock.now(),
        },
    )
    if not made:
        raise Refused(rules.photo_gone())
    return withdrawal
