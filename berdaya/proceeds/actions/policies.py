"""How a party's sales are divided from a day on: one proposes, another agrees."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.dated import end_on
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Category
from berdaya.institutions.models import Party
from berdaya.institutions.rules import may
from berdaya.ledger.models import Book
from berdaya.proceeds import rules
from berdaya.proceeds.models import PolicyDecision, PolicyProposal, SplitPolicy
from berdaya.proceeds.models.policies import Decision, SplitTerms
from berdaya.proceeds.queries import policy_neighbours


def propose_policy(
    *,
    by: Actor,
    book: Book,
    category: Category | None,
    valid_from: date,
    terms: dict[str, Any],
    proposed_on: date,
) -> PolicyProposal:
    """Ask for a policy; nothing changes until another agrees. `terms`: columns of SplitTerms.

    Refused: payout_staff_needed, policy_after_sales, policy_overlaps, policy_shares_wrong,
    day_in_future.
    """
    scope.required()
    require(may(by, "policy.edit", book.facility_id))
    require(rules.may_take_part(by.user_id, ()))
    require(rules.may_be_dated(proposed_on, clock.today(book.facility.timezone)))
    category_id = category.pk if category else None
    require(rules.may_begin_policy(*policy_neighbours(book.party_id, category_id, valid_from)))
    proposal = PolicyProposal(
        facility_id=book.facility_id,
        party_id=book.party_id,
        category=category,
        valid_from=valid_from,
        proposed_on=proposed_on,
        recorded_at=clock.now(),
        recorded_by_id=by.person_id,
        **terms,
    )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(rules.policy_shares_wrong()) from error
    return proposal


def decide_policy(
    *, by: Actor, proposal: PolicyProposal, outcome: str, decided_on: date, reason: str = ""
) -> PolicyDecision:
    """The second person agrees, and the policy before it ends; or says no, with a reason.

    Locks the party's book. Refused: proposal_same_person, correction_decided, policy_after_sales,
    policy_overlaps, refund_reason_missing, day_in_future, day_too_early.
    """
    scope.required()
    require(may(by, "policy.approve", proposal.facility_id))
    require(rules.may_decide(by.user_id, proposal.recorded_by_id))
    today = clock.today(proposal.facility.timezone)
    require(rules.may_be_dated(decided_on, today, (rules.PROPOSED, proposal.proposed_on)))
    if outcome == Decision.REFUSED and not reason.strip():
        raise Refused(rules.refund_reason_missing())
    lock_row(Book.objects.get(party=proposal.party_id))
    if PolicyDecision.objects.filter(proposal=proposal).exists():
        raise Refused(rules.correction_decided())
    return PolicyDecision.objects.create(
        proposal=proposal,
        facility_id=proposal.facility_id,
        proposed_by_id=proposal.recorded_by_id,
        outcome=outcome,
        reason=reason.strip(),
        decided_on=decided_on,
        policy=_agreed(proposal) if outcome == Decision.APPROVED else None,
        recorded_at=clock.now(),
        recorded_by_id=by.person_id,
    )


TERMS = [field.name for field in SplitTerms._meta.get_fields()]


def _agreed(proposal: PolicyProposal) -> SplitPolicy:
    neighbours = policy_neighbours(proposal.party_id, proposal.category_id, proposal.valid_from)
    require(rules.may_begin_policy(*neighbours))
    terms = {name: getattr(proposal, name) for name in TERMS}
    return _begin(proposal.party, proposal.category, proposal.valid_from, terms)


def set_policy(
    *,
    by: Actor,
    party: Party,
    valid_from: date,
    terms: dict[str, Any],
    category: Category | None = None,
) -> SplitPolicy:
    """Begin a policy at once, as the program does when it sets a unit up; a person proposes.

    Refused: policy_needs_two, policy_shares_wrong, policy_overlaps.
    """
    scope.required()
    require(may(by, "policy.approve", _facility_of(party)))
    if by.user_id is not None:
        raise Refused(rules.policy_needs_two())
    return _begin(party, category, valid_from, terms)


def _begin(
    party: Party, category: Category | None, valid_from: date, terms: dict[str, Any]
) -> SplitPolicy:
    """End the policy before and write the new one. Sales made keep theirs: it is frozen on them."""
    before = SplitPolicy.objects.on(valid_from).filter(party=party, category=category).first()
    try:
        with transaction.atomic():
            if before is not None and before.valid_from < valid_from:
                end_on(before, valid_from)
            return SplitPolicy.objects.create(
                party=party, category=category, valid_from=valid_from, **terms
            )
    except IntegrityError as error:
        wrong = "_policy_one" not in str(error)
        raise Refused(rules.policy_shares_wrong() if wrong else rules.policy_overlaps()) from error


def _facility_of(party: Party) -> int:
    """Whose head decides: the party's own facility, or where its book lies; 0 is nobody's."""
    book = Book.objects.filter(party=party).values_list("facility_id", flat=True)
    return party.facility_id or book.first() or 0
