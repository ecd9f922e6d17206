"""A change of the agreement: proposed by one side, made when the other side agrees."""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.uploads import SCAN, accept, store
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.models import Office, Region
from berdaya.programme.actions.making import MAKERS, facts_verdict
from berdaya.programme.actions.signing import require_seat
from berdaya.programme.models import (
    Agreement,
    AgreementKind,
    Proposal,
    ProposalKind,
    ProposalOutcome,
    Side,
)
from berdaya.programme.models.agreements import SCANS
from berdaya.programme.rules import changes
from berdaya.programme.seats import Seat


def begin_agreement(
    *, by: Actor, code: str, kind: str, title: str, title_en: str = "",
    corrections_office: Office, umkm_office: Office, region: Region | None = None,
    parent: Agreement | None = None, facts: Mapping[str, Any], scan: BinaryIO | None = None,
    is_demo: bool = False,
) -> Proposal:  # fmt: skip
    """A new agreement: nothing holds of it until the other side agrees to its first version.

    Refused: programme_side_missing, programme_code_taken, and what `propose` finds.
    """
    required()
    agreement = Agreement(
        code=code, kind=kind, title=title.strip(), title_en=title_en.strip(), region=region,
        parent=parent if kind == AgreementKind.PKS else None,
        corrections_office=corrections_office, umkm_office=umkm_office, is_demo=is_demo,
    )  # fmt: skip
    require_seat(by, agreement, changes.may_edit)
    try:
        with transaction.atomic():
            agreement.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(changes.code_taken(code=code)) from error
    return propose_version(by=by, agreement=agreement, facts=facts, scan=scan)


def propose_version(
    *, by: Actor, agreement: Agreement, facts: Mapping[str, Any], scan: BinaryIO | None = None
) -> Proposal:
    """The first signed words, an amendment or a renewal; `facts` with the scan's name and hash.

    Refused: version_begins_early, programme_period_backwards, whatever core.uploads.accept finds.
    """
    told = dict(facts)
    if scan is not None:
        accepted = accept(scan, SCAN)
        told |= {"scan": store(accepted, SCANS), "scan_sha256": accepted.digest}
    return propose(by=by, agreement=agreement, kind=ProposalKind.VERSION, facts=told)


def propose(
    *, by: Actor, agreement: Agreement, kind: ProposalKind, facts: Mapping[str, Any],
    subject: str = "",
) -> Proposal:  # fmt: skip
    """Ask the other side for a change. `facts` are plain values: days as ISO text, codes for rows.

    Refused: programme_side_missing, or why the change would not fit today's agreement.
    """
    seat = require_seat(by, agreement, changes.may_edit)
    require(facts_verdict(agreement, kind, subject, facts))
    return Proposal.objects.create(
        agreement=agreement, kind=kind, subject=subject, facts=plain(facts), side=seat.side,
        office=seat.office, proposed_by_id=by.person_id, proposed_on=clock.today(),
    )  # fmt: skip


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a form took, as it is kept in a proposal."""
    return {key: _plain(value) for key, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Office, Region)):
        return value.pk if isinstance(value, Region) else value.code
    if isinstance(value, (str, int, list, type(None))):
        return value
    return str(value)


def agree_proposal(*, by: Actor, proposal: Proposal, comment: str = "") -> Proposal:
    """The other side says yes, and what was proposed comes into being.

    Of two who answer at once the second is refused. Refused: programme_answered,
    programme_same_side, programme_side_missing, programme_proposal_stale.
    """
    seat = _answering(by, proposal)
    require(facts_verdict(proposal.agreement, proposal.kind, proposal.subject, proposal.facts))
    _answer(by, proposal, seat, ProposalOutcome.AGREED, comment)
    try:
        with transaction.atomic():
            MAKERS[ProposalKind(proposal.kind)](proposal)
    except IntegrityError as error:
        raise Refused(changes.proposal_stale()) from error
    return proposal


def refuse_proposal(*, by: Actor, proposal: Proposal, comment: str) -> Proposal:
    """The other side says no, and why. Refused as agreeing is, and programme_comment_missing."""
    seat = _answering(by, proposal, changes.must_say(comment))
    _answer(by, proposal, seat, ProposalOutcome.REFUSED, comment)
    return proposal


def withdraw_proposal(*, by: Actor, proposal: Proposal, comment: str = "") -> Proposal:
    """The side that proposed takes it back. Refused: programme_answered, programme_not_yours."""
    seat = require_seat(by, proposal.agreement, changes.may_withdraw, proposal)
    _answer(by, proposal, seat, ProposalOutcome.WITHDRAWN, comment)
    return proposal


def _answering(by: Actor, proposal: Proposal, *more: Verdict) -> Seat:
    def rule(actor: Actor, side: Side | None) -> Verdict:
        return sum(more, changes.may_answer(actor, side, proposal))

    return require_seat(by, proposal.agreement, rule)


def _answer(
    by: Actor, proposal: Proposal, seat: Seat, outcome: ProposalOutcome, comment: str
) -> None:
    """One conditional change: nobody answers what is answered."""
    told = {
        "outcome": outcome, "answer_side": seat.side, "answer_office": seat.office,
        "answered_by_id": by.person_id, "answered_on": clock.today(), "comment": comment.strip(),
    }  # fmt: skip
    if not Proposal.objects.filter(pk=proposal.pk, outcome="").update(**told):
        raise Refused(changes.answered_before())
    for name, value in told.items():
        setattr(proposal, name, value)
