"""Give up QRIS money that never came: one asks with a reason, another decides and it is booked."""

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.ledger.queries import balance
from berdaya.till import rules_sales as rules
from berdaya.till.actions.selling import nota_subject
from berdaya.till.models import QrisProof, QrisWriteOff, StallSale


def ask_write_off(*, by: Actor, nota: StallSale, reason: str) -> QrisWriteOff:
    """The treasurer searched the statement in vain; it waits for the head. Books nothing.

    Refused: proof_own, nota_reason_missing, qris_not_waiting, write_off_early, write_off_asked.
    """
    scope.required()
    own = by.user_id is not None and by.user_id == nota.recorded_by_id
    verdict = may(by, "cash.receive", nota.facility_id)
    require(verdict + Verdict((rules.proof_own(),)) if own else verdict)
    if not reason.strip():
        raise Refused(rules.nota_reason_missing())
    if nota.proof != QrisProof.OPEN or hasattr(nota, "void"):
        raise Refused(rules.qris_not_waiting())
    if nota.session.is_open:
        raise Refused(rules.write_off_early())
    try:
        with transaction.atomic():
            return QrisWriteOff.objects.create(
                stall_sale=nota,
                facility_id=nota.facility_id,
                reason=reason.strip(),
                sold_by_id=nota.recorded_by_id,
                asked_at=clock.now(),
                asked_by_id=by.user_id,
            )
    except IntegrityError:
        raise Refused(rules.write_off_asked()) from None


def decide_write_off(
    *, by: Actor, write_off: QrisWriteOff, is_granted: bool, note: str = ""
) -> QrisWriteOff:
    """Granted, the book bears it on an account of its own; refused, the nota waits on.

    The owners' sales and what they are owed stay. Locks the request, granted also the book.
    Refused: write_off_same_person, write_off_decided, nota_reason_missing, qris_not_waiting,
    write_off_money_came, month_closed.
    """
    scope.required()
    require(may(by, "settlement.approve", write_off.facility_id))
    fresh = lock_row(write_off)
    if fresh.decided_at is not None:
        raise Refused(rules.write_off_decided())
    if by.user_id is not None and by.user_id in (fresh.asked_by_id, fresh.sold_by_id):
        raise Refused(rules.write_off_same_person())
    if not is_granted and not note.strip():
        raise Refused(rules.nota_reason_missing())
    if is_granted:
        _book(by, fresh)
    fresh.is_granted, fresh.decision_note = is_granted, note.strip()
    fresh.decided_at, fresh.decided_by_id = clock.now(), by.user_id
    fresh.save(update_fields=["is_granted", "decision_note", "decided_at", "decided_by"])
    return fresh


def _book(by: Actor, fresh: QrisWriteOff) -> None:
    """The same moment as the treasurer's matching would be: one conditional UPDATE decides."""
    nota = fresh.stall_sale
    lock_row(Book.objects.get(pk=nota.book_id))
    left = balance(nota.book, chart.QRIS)
    if left < nota.amount_rp:
        raise Refused(rules.write_off_money_came(left=format_rp(max(left, 0))))
    waiting = StallSale.objects.filter(pk=nota.pk, proof=QrisProof.OPEN)
    told = {"proof": QrisProof.MISSING, "proved_at": clock.now(), "proved_by_id": by.user_id}
    if not waiting.update(**told):
        raise Refused(rules.qris_not_waiting())
    post_entry(
        by=by,
        book=nota.book,
        kind="stall_qris_missing",
        booked_on=clock.today(nota.stall.event.timezone),
        reference=nota.code,
        subject=nota_subject(nota),
        legs=[debit(chart.QRIS_MISSING, nota.amount_rp), credit(chart.QRIS, nota.amount_rp)],
    )
