"""Whose names money opens: those on a payout, on a month's slips, in an auditor's sample."""

from datetime import date

from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.assigned import Assigned, assigns
from berdaya.people.models import RevealPurpose
from berdaya.proceeds.models import (
    AuditSample,
    AuditSampleLine,
    ExitSettlement,
    PayoutLine,
    PayoutRun,
    Slip,
)
from berdaya.proceeds.rules_opening import list_unknown, payout_not_ready, sample_of_other

# Before a second person has agreed, nobody has to be paid by name.
READY = ("approved", "paid")


def register() -> None:
    """Tell the people's room whom each of these purposes may open."""
    assigns(RevealPurpose.PAYOUT, payout)
    assigns(RevealPurpose.SLIPS, slips)
    assigns(RevealPurpose.SAMPLE, sample)
    assigns(RevealPurpose.LEAVING, leaving)


def payout(by: Actor, facility: Facility, subject: str) -> Assigned:
    """The people whom a list still pays: `payout:<code>`."""
    rows = PayoutRun.objects.select_related("approval", "payment", "returned")
    run = rows.filter(code=subject.removeprefix("payout:"), facility=facility).first()
    if run is None:
        raise Refused(list_unknown())
    if run.state not in READY:
        raise Refused(payout_not_ready(code=run.code))
    lines = PayoutLine.objects.filter(run=run, is_withdrawn=False)
    return Assigned(frozenset(lines.values_list("participant_id", flat=True)), run.code)


def slips(by: Actor, facility: Facility, subject: str) -> Assigned:
    """Who has a slip of the month: `slips:2026-10`."""
    month = date.fromisoformat(f"{subject.removeprefix('slips:')}-01")
    rows = Slip.objects.filter(facility=facility, month=month)
    return Assigned(frozenset(rows.values_list("participant_id", flat=True)), f"{month:%m/%Y}")


def leaving(by: Actor, facility: Facility, subject: str) -> Assigned:
    """Who was settled on leaving: `exit:<code>`."""
    code = subject.removeprefix("exit:")
    row = ExitSettlement.objects.filter(code=code, facility=facility).first()
    if row is None:
        raise Refused(list_unknown())
    return Assigned(frozenset({row.participant_id}), code)


def sample(by: Actor, facility: Facility, subject: str) -> Assigned:
    """The people of a sample, for the auditor who had it drawn: `sample:<code>`."""
    code = subject.removeprefix("sample:")
    drawn = AuditSample.objects.filter(code=code, facility=facility).first()
    if drawn is None:
        raise Refused(list_unknown())
    if drawn.drawn_by_id != by.user_id:
        raise Refused(sample_of_other())
    lines = AuditSampleLine.objects.filter(sample=drawn)
    return Assigned(frozenset(lines.values_list("participant_id", flat=True)), code)
