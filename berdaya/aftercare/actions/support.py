"""Send a client to somebody who can help, and give tools against a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from berdaya.aftercare import rules
from berdaya.aftercare.actions.followups import contact_facts
from berdaya.aftercare.actions.supervision import require_own
from berdaya.aftercare.models import (
    GrantState,
    Referral,
    ReferralState,
    Supervision,
    ToolsGrant,
    ToolsGrantLine,
)
from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may


def refer(*, by: Actor, supervision: Supervision, to: str, whom: str, made_on: date) -> Referral:
    """Send the client to an office, bank or cooperative.

    Refused: client_of_other, day_ahead, day_too_old, contact_without_consent, contact_stopped.
    """
    require_own(by, supervision.participant, supervision.facility)
    require(rules.may_help(contact_facts(supervision, made_on)))
    return Referral.objects.create(
        supervision=supervision, participant_id=supervision.participant_id,
        facility_id=supervision.facility_id, to=to, whom=whom, made_on=made_on,
        made_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip


def step_referral(
    *, by: Actor, referral: Referral, state: str, on: date, reason: str = ""
) -> Referral:
    """What came of it: accepted, done, refused or stopped. Locks the referral.

    Refused: client_of_other, referral_step, referral_reason, day_ahead, day_too_old.
    """
    require_own(by, referral.participant, referral.facility)
    row = lock_row(referral)
    today = clock.today(row.facility.timezone)
    require(
        rules.may_step(
            row.state, state, on=on, made_on=row.made_on, today=today, reason=reason
        )
    )  # fmt: skip
    if row.answered_on is None and state in (ReferralState.ACCEPTED, ReferralState.REFUSED):
        row.answered_on = on
    if state != ReferralState.ACCEPTED:
        row.ended_on = on
    row.state, row.reason = state, reason.strip()
    row.save(update_fields=["state", "answered_on", "ended_on", "reason"])
    return row


@dataclass(frozen=True)
class Tool:
    """One line of a grant."""

    what: str
    qty: int
    value_rp: int


def propose_grant(
    *, by: Actor, supervision: Supervision, source: str, tools: Sequence[Tool]
) -> ToolsGrant:
    """Tools for a client; the head approves. Draws its code.

    Refused: client_of_other, grant_empty, contact_without_consent, contact_stopped.
    """
    require_own(by, supervision.participant, supervision.facility)
    today = clock.today(supervision.facility.timezone)
    if not tools:
        raise Refused(rules.grant_empty())
    require(rules.may_help(contact_facts(supervision, today)))
    number = draw(f"tools-grant:{supervision.facility.code}", today.year)
    grant = ToolsGrant.objects.create(
        supervision=supervision, participant_id=supervision.participant_id,
        facility_id=supervision.facility_id, source=source, proposed_on=today,
        code=desk_code(supervision.facility.code, today.year, "BA", number),
        proposed_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    ToolsGrantLine.objects.bulk_create(
        ToolsGrantLine(grant=grant, facility_id=grant.facility_id, **vars(one)) for one in tools
    )
    return grant


def approve_grant(*, by: Actor, grant: ToolsGrant) -> ToolsGrant:
    """The head lets the tools go out. Locks the grant. Refused: grant_step, grant_same_person."""
    required()
    require(may(by, "aftercare.approve", grant.facility_id))
    row = lock_row(grant)
    by_proposer = by.user_id is not None and by.user_id == row.proposed_by_id
    is_waiting = row.state == GrantState.WAITING
    require(rules.may_approve(is_waiting=is_waiting, by_proposer=by_proposer))
    row.state, row.approved_by_id = GrantState.APPROVED, by.person_id
    row.approved_on = clock.today(row.facility.timezone)
    row.save(update_fields=["state", "approved_by", "approved_on"])
    return row


def receive_grant(*, by: Actor, grant: ToolsGrant, received_on: date) -> ToolsGrant:
    """The client has the tools and signed the receipt. Locks the grant.

    Refused: client_of_other, grant_step, day_ahead.
    """
    require_own(by, grant.participant, grant.facility)
    row = lock_row(grant)
    if row.state != GrantState.APPROVED or received_on < (row.approved_on or received_on):
        raise Refused(rules.grant_step())
    if received_on > clock.today(row.facility.timezone):
        raise Refused(rules.day_ahead())
    row.state, row.received_on = GrantState.RECEIVED, received_on
    row.save(update_fields=["state", "received_on"])
    return row
