"""Take a client into supervision, change where it leads, let somebody go in peace."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from berdaya.aftercare import rules
from berdaya.aftercare.models import Referral, ReferralState, SafeExit, Supervision
from berdaya.core import clock
from berdaya.core.locks import lock_row, lock_rows
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.models import Facility, Region
from berdaya.institutions.rules import may
from berdaya.people.actions.papers import withdraw_consent
from berdaya.people.models import Consent, ConsentPurpose, Participant
from berdaya.people.queries import is_within_caseload
from berdaya.people.roll import statuses_on
from berdaya.people.rules_caseload import may_handle

ABILITY = "aftercare.record"
ONE = timedelta(days=1)
ASKED = "Diminta orangnya"


def require_own(by: Actor, participant: Participant, facility: Facility) -> None:
    """Raise Refused unless the actor may record and it is their client, or one covered today."""
    required()
    is_own = is_within_caseload(by, participant, clock.today(facility.timezone))
    require(may(by, ABILITY, facility.pk) + may_handle(is_own=is_own))


def begin_supervision(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    release: str,
    since: date,
    last_day: date,
    region: Region,
    has_report_duty: bool = True,
) -> Supervision:
    """From the day outside to *akhir bimbingan*, both inclusive. Nothing is locked.

    Refused: client_of_other, not_a_client, supervision_short, day_ahead, supervision_exists.
    """
    require_own(by, participant, facility)
    status = statuses_on([participant.pk], since).get(participant.pk)
    require(
        rules.may_supervise(
            facility_kind=facility.kind, status=status, since=since, last_day=last_day,
            today=clock.today(facility.timezone),
        )
    )  # fmt: skip
    try:
        with transaction.atomic():
            return Supervision.objects.create(
                participant=participant, facility=facility, release=release, region=region,
                valid_from=since, valid_until=last_day + ONE, has_report_duty=has_report_duty,
                recorded_by_id=by.user_id, recorded_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(rules.supervision_exists()) from error


def change_supervision(
    *, by: Actor, supervision: Supervision, last_day: date, region: Region, has_report_duty: bool
) -> Supervision:
    """Another end, another regency, no more report duty. Locks the supervision.

    Refused: client_of_other, supervision_short, supervision_exists.
    """
    require_own(by, supervision.participant, supervision.facility)
    row = lock_row(supervision)
    if last_day <= row.valid_from:
        raise Refused(rules.supervision_short())
    row.valid_until, row.region, row.has_report_duty = last_day + ONE, region, has_report_duty
    try:
        with transaction.atomic():
            row.save(update_fields=["valid_until", "region", "has_report_duty"])
    except IntegrityError as error:
        raise Refused(rules.supervision_exists()) from error
    return row


def let_go(*, by: Actor, supervision: Supervision, asked_on: date) -> SafeExit:
    """The client asks to be left alone: no follow-up, no referral, nothing overdue from now on.

    Consent to be contacted ends, open referrals are stopped. Kept is what the law asks for: the
    report duty until *akhir bimbingan*, and what was written. Locks the supervision, then the
    referrals. Refused: client_of_other, day_ahead, day_too_old, exit_done.
    """
    require_own(by, supervision.participant, supervision.facility)
    row = lock_row(supervision)
    today = clock.today(row.facility.timezone)
    require(Verdict(tuple(rules.dated(asked_on, today, row.valid_from))))
    if SafeExit.objects.filter(supervision=row).exists():
        raise Refused(rules.exit_done())
    made = SafeExit.objects.create(
        supervision=row, participant_id=row.participant_id, facility_id=row.facility_id,
        asked_on=asked_on, recorded_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    _stop_referrals(row, today)
    said: QuerySet[Any] = Consent.objects.filter(
        participant=row.participant_id, purpose=ConsentPurpose.CONTACT, withdrawn_on__isnull=True
    )
    for consent in said:
        withdraw_consent(by=by, consent=consent, withdrawn_on=today)
    return made


def _stop_referrals(row: Supervision, today: date) -> None:
    open_ones = row.referrals.filter(state__in=[ReferralState.MADE, ReferralState.ACCEPTED])
    for one in lock_rows(Referral, open_ones.values_list("pk", flat=True)):
        one.state, one.ended_on, one.reason = ReferralState.STOPPED, today, ASKED
        one.save(update_fields=["state", "ended_on", "reason"])
