"""Photos of pieces: encoded anew, looked at by a second person."""

from collections.abc import Collection
from typing import BinaryIO

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.uploads import Kind, accept, store
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import FacilityKind
from berdaya.institutions.photo_checks import CHECKS
from berdaya.institutions.rules import may
from berdaya.training import rules
from berdaya.training.models import Assessment, PieceOutcome, PiecePhoto, PieceReview

WIDTH = 1200
PHOTO = Kind(("jpeg", "png", "webp"), 12_000_000, output="webp", widths=(WIDTH,))


def add_photo(*, by: Actor, assessment: Assessment, file: BinaryIO) -> PiecePhoto:
    """Keep a photo of the piece; the same picture again is the same photo.

    Refused: of_children, and whatever core.uploads.accept finds.
    """
    required()
    require(may(by, "training.assess", assessment.facility_id))
    if assessment.facility.kind == FacilityKind.LPKA:
        raise Refused(rules.of_children())
    accepted = accept(file, PHOTO)
    photo, _made = PiecePhoto.objects.get_or_create(
        assessment=assessment,
        digest=accepted.digest,
        defaults={
            "facility_id": assessment.facility_id,
            "uploaded_by_id": by.user_id,
            "uploaded_at": clock.now(),
        },
    )
    store(accepted, PiecePhoto.FOLDER)
    return photo


def review_photo(
    *, by: Actor, photo: PiecePhoto, ticked: Collection[str] = (), reason: str = ""
) -> PieceReview:
    """Say that none of CHECKS is on it, or with a `reason` that it must go.

    Refused: photo_own, photo_seen, photo_unchecked. Of two who look at once one is told.
    """
    required()
    require(may(by, "photo.review", photo.facility_id))
    if by.user_id is not None and by.user_id == photo.uploaded_by_id:
        raise Refused(rules.photo_own())
    if not reason.strip() and CHECKS.keys() - set(ticked):
        raise Refused(rules.photo_unchecked())
    outcome = PieceOutcome.REFUSED if reason.strip() else PieceOutcome.SAFE
    try:
        with transaction.atomic():
            return PieceReview.objects.create(
                photo=photo,
                facility_id=photo.facility_id,
                outcome=outcome,
                reason=reason.strip(),
                reviewed_by_id=by.user_id,
                reviewed_at=clock.now(),
                **dict.fromkeys(CHECKS, outcome == PieceOutcome.SAFE),
            )
    except IntegrityError as error:
        if "photo_id" not in str(error):
            raise
        raise Refused(rules.photo_seen()) from error
