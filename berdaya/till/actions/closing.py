"""Close a stall's day: count, compare, keep the difference apart, hand the cash in."""

from collections.abc import Mapping
from datetime import date

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import LegSpec, credit, debit, post_entry
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.queries import signers_for
from berdaya.till import rules_sales as rules
from berdaya.till.calc_cash import counted_rp
from berdaya.till.models import CashHandover, StallClosing, StallSession
from berdaya.till.queries_sales import Takings, paper_gaps, takings_of

RECEIPT = "KW"


def close_session(
    *, by: Actor, session: StallSession, counts: Mapping[int, int], reason: str = ""
) -> StallClosing:
    """`counts`: notes and coins by value. The difference goes to its own account, and the counted
    cash waits for the treasurer. Locks the session: of two who close one is told.

    Refused: session_closed, closing_gaps, closing_unproven, closing_reason_missing.
    """
    scope.required()
    require(may(by, "stall.close", session.facility_id))
    locked = lock_row(session)
    if not locked.is_open:
        raise Refused(rules.session_closed())
    took, counted = takings_of(locked), counted_rp(counts)
    difference = counted - took.expected_rp
    gaps = paper_gaps(locked.stall_id, is_over=_day(locked) >= locked.stall.event.ends_on)
    require(rules.may_close(gaps, took.unproven, difference, reason.strip()))
    locked.closed_at = clock.now()
    locked.save(update_fields=["closed_at"])
    closing = _closing(by, locked, took, counts, reason.strip())
    if difference:
        legs = [debit(chart.STALL_CASH, difference), credit(chart.CASH_DIFFERENCE, difference)]
        _post(by, locked, "stall_difference", _day(locked), legs)
    if counted:
        CashHandover.objects.create(
            closing=closing,
            facility_id=locked.facility_id,
            amount_rp=counted,
            handed_at=clock.now(),
            handed_by_id=by.user_id,
        )
    session.refresh_from_db()
    return closing


def _closing(
    by: Actor, session: StallSession, took: Takings, counts: Mapping[int, int], reason: str
) -> StallClosing:
    counted = counted_rp(counts)
    return StallClosing.objects.create(
        session=session,
        facility_id=session.facility_id,
        denominations={str(one): count for one, count in counts.items() if count},
        counted_rp=counted,
        expected_rp=took.expected_rp,
        difference_rp=counted - took.expected_rp,
        reason=reason,
        qris_rp=took.qris_rp,
        qris_open_rp=took.qris_open_rp,
        nota_count=took.notas,
        closed_at=clock.now(),
        closed_by_id=by.user_id,
    )


def receive_cash(*, by: Actor, handover: CashHandover) -> CashHandover:
    """The treasurer counted it too: the stall's cash is the book's again, against a kuitansi.

    Refused: handover_own, handover_done.
    """
    scope.required()
    is_own = by.user_id is not None and by.user_id == handover.handed_by_id
    verdict = may(by, "cash.receive", handover.facility_id)
    require(verdict + Verdict((rules.handover_own(),)) if is_own else verdict)
    locked = lock_row(handover)
    if locked.received_at is not None:
        raise Refused(rules.handover_done())
    session = locked.closing.session
    day = _day(session)
    legs = [debit(chart.CASH, locked.amount_rp), credit(chart.STALL_CASH, locked.amount_rp)]
    _post(by, session, "stall_cash_in", day, legs)
    locked.received_at, locked.received_by_id = clock.now(), by.user_id
    roles = ["receipts_treasurer"]
    locked.document = issue_document(
        by=by, type=RECEIPT, facility=session.facility, day=day,
        subject_ref=f"stallcash:{locked.pk}",
        signers=signers_for(session.facility, roles, day, by.user_id),
    )  # fmt: skip
    locked.save(update_fields=["received_at", "received_by", "document"])
    handover.refresh_from_db()
    return handover


def _day(session: StallSession) -> date:
    return clock.today(session.stall.event.timezone)


def _post(by: Actor, session: StallSession, kind: str, day: date, legs: list[LegSpec]) -> None:
    post_entry(
        by=by, book=session.book, kind=kind, booked_on=day, reference=str(session.stall)[:80],
        subject=f"session:{session.pk}", legs=legs,
    )  # fmt: skip
