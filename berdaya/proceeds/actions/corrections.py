"""Premi that a maker should have had: booked in the open period, nothing is divided anew."""

from datetime import date

from berdaya.core import clock, scope
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.money import format_rp
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.people.models import Participant
from berdaya.proceeds import rules
from berdaya.proceeds.calc import Policy, pockets_of
from berdaya.proceeds.models import (
    PremiCorrection,
    PremiCorrectionDecision,
    PremiShare,
    SplitPolicy,
)
from berdaya.proceeds.models.policies import Decision
from berdaya.proceeds.models.sales import ShareKind
from berdaya.proceeds.queries import Missing, forgotten_weight, missing_of
from berdaya.workshop.models import Batch, PayBasis

FORGOTTEN = {
    PayBasis.HOURS: "{} menit kerja yang terlupa",
    PayBasis.PIECES: "{} bagian hasil yang terlupa (1.000 = satu buah)",
    PayBasis.EQUAL: "kerja yang terlupa",
}


def pay_correction(
    *,
    by: Actor,
    book: Book,
    participant_id: int,
    amount_rp: int,
    on: date,
    terms: Policy,
    reference: str,
    subject: str,
    reason: str,
) -> PremiShare:
    """A share without a sale, payable at once, from the book's working capital.

    `reason` stands on the next slip. What was divided before stays as it was.
    """
    saved, spendable, family = pockets_of(amount_rp, terms)
    share = PremiShare.objects.create(
        kind=ShareKind.CORRECTION,
        participant_id=participant_id,
        facility_id=book.facility_id,
        book=book,
        earned_on=on,
        amount_rp=amount_rp,
        saved_rp=saved,
        spendable_rp=spendable,
        family_rp=family,
        released_on=on,
        reason=reason,
    )
    post_entry(
        by=by,
        book=book,
        kind="correction",
        booked_on=on,
        reference=reference,
        subject=subject,
        legs=[
            debit(chart.CAPITAL, amount_rp),
            credit(chart.PREMI_SAVED, saved, participant_id),
            credit(chart.PREMI_SPENDABLE, spendable, participant_id),
            credit(chart.PREMI_FAMILY, family, participant_id),
        ],
    )
    return share


def propose_correction(
    *, by: Actor, batch: Batch, participant: Participant, proposed_on: date
) -> list[PremiCorrection]:
    """Ask that a maker gets what a closed batch's corrected sheet would have brought: one row a
    book that sold of it.

    Locks the batch. Refused: payout_staff_needed, correction_takes_back, correction_waits,
    correction_nothing_due, day_in_future.
    """
    scope.required()
    require(may(by, "sheet.write", batch.facility_id))
    require(rules.may_take_part(by.user_id, ()))
    require(rules.may_be_dated(proposed_on, clock.today(batch.facility.timezone)))
    locked = lock_row(batch)
    delta = forgotten_weight(locked, participant.pk)
    waiting = PremiCorrection.objects.filter(
        batch=locked, participant=participant, decision__isnull=True
    )
    require(rules.may_propose_correction(delta, is_waiting=waiting.exists()))
    found = missing_of(locked, participant.pk)
    if not found:
        raise Refused(rules.correction_nothing_due())
    return [_propose(by, locked, participant, delta, one, proposed_on) for one in found]


def _propose(
    by: Actor, batch: Batch, participant: Participant, delta: int, one: Missing, on: date
) -> PremiCorrection:
    code = batch.facility.code
    return PremiCorrection.objects.create(
        code=desk_code(code, on.year, "R", draw(f"correction:{code}", on.year)),
        facility_id=batch.facility_id,
        book_id=one.book_id,
        batch=batch,
        participant=participant,
        weight_delta=delta,
        amount_rp=one.amount_rp,
        proposed_on=on,
        recorded_at=clock.now(),
        recorded_by_id=by.person_id,
    )


def decide_correction(
    *, by: Actor, correction: PremiCorrection, outcome: str, decided_on: date, reason: str = ""
) -> PremiCorrectionDecision:
    """The second person agrees, and the difference becomes payable; or says no, with a reason.

    Locks the batch, then reads again what is missing. Refused: proposal_same_person,
    correction_decided, correction_changed, refund_reason_missing, day_in_future, day_too_early,
    month_closed.
    """
    scope.required()
    require(may(by, "payout.approve", correction.facility_id))
    require(rules.may_decide(by.user_id, correction.recorded_by_id))
    require(
        rules.may_be_dated(
            decided_on,
            clock.today(correction.facility.timezone),
            (rules.PROPOSED, correction.proposed_on),
        )
    )
    if outcome == Decision.REFUSED and not reason.strip():
        raise Refused(rules.refund_reason_missing())
    locked = lock_row(correction.batch)
    if PremiCorrectionDecision.objects.filter(correction=correction).exists():
        raise Refused(rules.correction_decided())
    share = _pay(by, correction, locked, decided_on) if outcome == Decision.APPROVED else None
    return PremiCorrectionDecision.objects.create(
        correction=correction,
        facility_id=correction.facility_id,
        proposed_by_id=correction.recorded_by_id,
        outcome=outcome,
        reason=reason.strip(),
        decided_on=decided_on,
        share=share,
        recorded_at=clock.now(),
        recorded_by_id=by.person_id,
    )


def _pay(by: Actor, correction: PremiCorrection, batch: Batch, on: date) -> PremiShare:
    found = missing_of(batch, correction.participant_id)
    now = next((one for one in found if one.book_id == correction.book_id), None)
    if now is None or now.amount_rp != correction.amount_rp:
        raise Refused(rules.correction_changed(now=format_rp(now.amount_rp if now else 0)))
    return pay_correction(
        by=by,
        book=correction.book,
        participant_id=correction.participant_id,
        amount_rp=correction.amount_rp,
        on=on,
        terms=SplitPolicy.objects.get(pk=now.policy_id).terms(),
        reference=correction.code,
        subject=f"correction:{correction.pk}",
        reason=forgotten_words(correction, batch),
    )


def forgotten_words(correction: PremiCorrection, batch: Batch) -> str:
    """What the next slip says, in Indonesian as all of it."""
    count = f"{correction.weight_delta:,}".replace(",", ".")
    what = FORGOTTEN[PayBasis(batch.pay_basis)].format(count)
    return f"{what}, batch {batch.code}, dari modal kerja"
