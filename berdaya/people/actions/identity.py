"""Record who somebody is, and make them unreadable again.

Both happen inside an open scope; opening identities is `actions/reveals.py`.
"""

import uuid

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.events import declare_event, publish
from berdaya.core.keystore import keystore
from berdaya.core.locks import lock_rows
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people import sealed
from berdaya.people.models import Erasure, Participant, SealedIdentity
from berdaya.people.rules_identity import (
    identity_just_recorded,
    identity_missing,
    may_record,
)

identity_erased = declare_event("people.identity_erased")


def record_identity(
    *, by: Actor, participant: Participant, facility: Facility, values: sealed.Values
) -> SealedIdentity:
    """Seal these values (keys of `sealed.FIELDS`; an empty one clears); others stay as they are.

    Locks the identity. Raises Refused: no ability, nik_invalid, birth_date_unlikely,
    identity_just_recorded.
    """
    required()
    today = clock.today(facility.timezone)
    require(may(by, "identity.record", facility.pk) + may_record(values, today))
    found = lock_rows(SealedIdentity, [participant.pk])
    row = found[0] if found else SealedIdentity(participant=participant, facility=facility)
    sealed.close(row, values)
    row.recorded_by_id, row.recorded_at = by.user_id, clock.now()
    try:
        with transaction.atomic():
            row.save(force_insert=not found)
    except IntegrityError as error:
        raise Refused(identity_just_recorded()) from error
    return row


def erase_identity(*, by: Actor, participant: Participant, facility: Facility, why: str) -> Erasure:
    """Make the person unreadable for ever, also in dumps older than KEYSTORE_DAYS.

    The sealed values go at once, the key when the transaction has ended (and again by a job, should
    the program die in between). Code, money and history stay. Locks the identity.
    Raises Refused: no ability, identity_missing.
    """
    required()
    require(may(by, "identity.erase", facility.pk))
    found = lock_rows(SealedIdentity, [participant.pk])
    if not found:
        raise Refused(identity_missing())
    row = found[0]
    done = Erasure.objects.create(
        participant=participant, facility=row.facility, key_owner=row.key_owner, why=why,
        erased_by_id=by.user_id, erased_at=clock.now(),
    )  # fmt: skip
    blank(row)
    publish(identity_erased, facility_id=facility.pk, subject_id=done.pk)
    transaction.on_commit(lambda: destroy_key(done.key_owner))
    return done


def destroy_key(owner: uuid.UUID) -> None:
    """The key of one owner goes; may be repeated."""
    keystore().destroy([owner])


def blank(row: SealedIdentity) -> None:
    """Nothing sealed stays, and whatever is recorded later gets another key."""
    for field in sealed.FIELDS:
        setattr(row, field, None)
    row.key_owner, row.recorded_at = uuid.uuid4(), clock.now()
    row.save()
