"""Record a follow-up; what a phone sends twice counts once."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.aftercare import rules
from berdaya.aftercare.actions.supervision import require_own
from berdaya.aftercare.calc import milestone_for
from berdaya.aftercare.models import FollowUp, Supervision
from berdaya.aftercare.queries import case_now
from berdaya.aftercare.rules import ContactFacts
from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require


@dataclass(frozen=True)
class Told:
    """What a client said; codes of the models' choices."""

    happened_on: date
    manner: str
    trade: str
    income_band: str
    has_nib: bool = False
    obstacles: tuple[str, ...] = ()
    help_needed: tuple[str, ...] = ()
    next_on: date | None = None


def contact_facts(supervision: Supervision, on: date) -> ContactFacts:
    """What stands for or against a contact on that day, read fresh: three queries."""
    today = clock.today(supervision.facility.timezone)
    case = case_now(supervision, today)
    return ContactFacts(
        on=on, today=today, since=case.since, until=case.until,
        has_report_duty=case.has_report_duty, opted_in=case.opted_in, left=case.left,
    )  # fmt: skip


def record_follow_up(
    *, by: Actor, supervision: Supervision, key: uuid.UUID, told: Told
) -> tuple[FollowUp, bool]:
    """One contact under the device's `key`, and whether it is new: the same key again changes
    nothing. It answers the latest follow-up that is asked for, and the report of its month.

    Nothing is locked: two devices meet at unique keys. Refused: client_of_other, day_ahead,
    day_too_old, contact_without_consent, contact_stopped, followup_done.
    """
    require_own(by, supervision.participant, supervision.facility)
    if found := FollowUp.objects.filter(pk=key, supervision=supervision).first():
        return found, False
    require(rules.may_follow(contact_facts(supervision, told.happened_on)))
    today = clock.today(supervision.facility.timezone)
    case = case_now(supervision, today)
    row = FollowUp(
        pk=key, supervision=supervision, participant_id=supervision.participant_id,
        facility_id=supervision.facility_id, happened_on=told.happened_on,
        milestone=milestone_for(case, told.happened_on, today), manner=told.manner,
        trade=told.trade, income_band=told.income_band, has_nib=told.has_nib,
        obstacles=sorted(told.obstacles), help_needed=sorted(told.help_needed),
        next_on=told.next_on, recorded_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(rules.followup_done()) from error
    return row, True
