"""A deliverable handed in and accepted, by each side for itself."""

from typing import BinaryIO

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.uploads import SCAN, accept, store
from berdaya.core.verdicts import Refused
from berdaya.programme.actions.signing import require_seat
from berdaya.programme.models import Acceptance, Milestone
from berdaya.programme.models.agreements import SCANS
from berdaya.programme.rules import changes


def accept_milestone(
    *, by: Actor, milestone: Milestone, document: BinaryIO | None = None, note: str = ""
) -> Acceptance:
    """A side's yes, once; the first brings the document, the second accepts that same one.

    Refused: milestone_accepted, milestone_document_missing, programme_side_missing, whatever
    core.uploads.accept finds.
    """
    seat = require_seat(by, milestone.commitment.agreement, changes.may_agree)
    there = list(milestone.acceptances.all())
    if any(one.side == seat.side or one.accepted_by_id == by.user_id for one in there):
        raise Refused(changes.accepted_before())
    if document is None and not any(one.document for one in there):
        raise Refused(changes.document_missing())
    row = Acceptance(
        milestone=milestone, side=seat.side, office=seat.office, accepted_by_id=by.person_id,
        accepted_on=clock.today(), note=note.strip(),
    )  # fmt: skip
    if document is not None and not there:
        accepted = accept(document, SCAN)
        row.document, row.document_sha256 = store(accepted, SCANS), accepted.digest
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(changes.accepted_before()) from error
    return row
