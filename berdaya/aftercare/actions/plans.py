"""Write a plan with the person, and decide it as head."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.aftercare import rules
from berdaya.aftercare.models import Plan, PlanState
from berdaya.aftercare.models.plans import OPEN
from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility, Region
from berdaya.institutions.rules import may
from berdaya.people.models import Participant
from berdaya.people.roll import statuses_on


@dataclass(frozen=True)
class PlanInput:
    """What the plan says; the region is a regency, never closer."""

    trade: str
    tools: str
    capital_rp: int
    capital_from: str
    permits: str
    region: Region
    release_on: date


def write_plan(*, by: Actor, participant: Participant, facility: Facility, plan: PlanInput) -> Plan:
    """A draft, to be printed and signed by the person. Draws its code.

    Refused: plan_of_children, plan_waits.
    """
    required()
    require(may(by, "plan.write", facility.pk))
    today = clock.today(facility.timezone)
    open_ones = Plan.objects.filter(participant=participant, state__in=OPEN)
    status = statuses_on([participant.pk], today).get(participant.pk)
    facts = rules.PlanFacts(facility.kind, status, open_ones.exists())
    require(rules.may_write(facts))
    number = draw(f"plan:{facility.code}", today.year)
    try:
        with transaction.atomic():
            return Plan.objects.create(
                participant=participant, facility=facility, written_on=today,
                code=desk_code(facility.code, today.year, "RU", number),
                written_by_id=by.user_id, written_at=clock.now(), **vars(plan),
            )  # fmt: skip
    except IntegrityError as error:
        if "aftercare_plan_waits" not in str(error):
            raise
        raise Refused(rules.plan_waits()) from error


def rewrite_plan(*, by: Actor, plan: Plan, to: PlanInput) -> Plan:
    """Change a draft; what was signed stays as it was signed. Locks the plan.

    Whoever changes it is its writer from now on. Refused: plan_decided.
    """
    required()
    require(may(by, "plan.write", plan.facility_id))
    row = lock_row(plan)
    if row.state != PlanState.DRAFT:
        raise Refused(rules.plan_decided())
    changed = {**vars(to), "written_by_id": by.user_id, "written_at": clock.now()}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=[*vars(to), "written_by", "written_at"])
    return row


def sign_plan(*, by: Actor, plan: Plan, signed_on: date) -> Plan:
    """The person has signed the print; now it waits for the head. Locks the plan.

    Refused: plan_decided, day_ahead, day_too_old.
    """
    required()
    require(may(by, "plan.write", plan.facility_id))
    row = lock_row(plan)
    today = clock.today(row.facility.timezone)
    is_draft = row.state == PlanState.DRAFT
    written_on = row.written_on
    require(rules.may_sign(is_draft=is_draft, on=signed_on, written_on=written_on, today=today))
    row.state, row.signed_on = PlanState.WAITING, signed_on
    row.save(update_fields=["state", "signed_on"])
    return row


def decide_plan(*, by: Actor, plan: Plan, approve: bool, reason: str = "") -> Plan:
    """The head approves, or returns it with a reason. Locks the plan.

    Refused: plan_decided, plan_same_person, referral_reason (a return without a reason).
    """
    required()
    require(may(by, "plan.approve", plan.facility_id))
    row = lock_row(plan)
    by_writer = by.user_id is not None and by.user_id == row.written_by_id
    require(rules.may_decide(is_open=row.state == PlanState.WAITING, by_writer=by_writer))
    if not approve and not reason.strip():
        raise Refused(rules.referral_reason())
    row.state = PlanState.APPROVED if approve else PlanState.RETURNED
    row.decided_by_id, row.decided_at = by.person_id, clock.now()
    row.reason = "" if approve else reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return row
