"""Take a wrong nota back on its own day: goods, every owner's sale and the money, number kept."""

from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.locks import in_any_order, lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import require
from berdaya.institutions.rules import may
from berdaya.ledger.actions.entries import reverse_entry
from berdaya.ledger.models import Entry
from berdaya.proceeds.actions.refunds import RefundLine, refund_sale
from berdaya.till import rules_sales as rules
from berdaya.till.actions.selling import nota_subject
from berdaya.till.models import HandOutLine, QrisProof, StallSale, StallVoid

PROVEN = (QrisProof.APP, QrisProof.NOTICE, QrisProof.SOUNDBOX, QrisProof.MATCHED)


def void_nota(*, by: Actor, nota: StallSale, reason: str) -> StallVoid:
    """As if it had not been, by another person of the stall; `by` must reach the owners.

    Locks the session. Refused: void_late, void_own, void_again, qris_proven,
    nota_reason_missing, void_too_late.
    """
    scope.required()
    require(may(by, "stall.sell", nota.facility_id))
    session = lock_row(nota.session)
    today = clock.today(nota.stall.event.timezone)
    require(
        rules.may_void(
            rules.VoidFacts(
                code=nota.code,
                is_void=StallVoid.objects.filter(stall_sale=nota).exists(),
                is_today=nota.day == today,
                is_session_open=session.is_open,
                is_proven=nota.proof in PROVEN,
                sold_by_id=nota.recorded_by_id,
                voided_by_id=by.user_id,
                reason=reason.strip(),
            )
        )
    )
    _give_back(by, nota, f"Nota batal: {reason.strip()}"[:200])
    entry = Entry.objects.filter(subject=nota_subject(nota), kind="stall_sale").first()
    if entry is not None:
        reverse_entry(by=by, entry=entry, booked_on=nota.day, reason=f"Batal {nota.code}")
    return StallVoid.objects.create(
        stall_sale=nota,
        facility_id=nota.facility_id,
        reason=reason.strip(),
        voided_at=clock.now(),
        sold_by_id=nota.recorded_by_id,
        voided_by_id=by.user_id,
    )


def _give_back(by: Actor, nota: StallSale, reason: str) -> None:
    for line in nota.lines.order_by("hand_out_line_id"):
        rows = HandOutLine.objects.filter(pk=line.hand_out_line_id, sold_qty__gte=line.qty)
        rows.update(sold_qty=F("sold_qty") - line.qty)
    # Sales and shares of one book after another; every void takes the owners in the same order.
    with in_any_order():
        _refund_parts(by, nota, reason)


def _refund_parts(by: Actor, nota: StallSale, reason: str) -> None:
    for part in nota.parts.select_related("sale__facility", "sale__place").order_by("pk"):
        goods = [RefundLine(line.pk, None, line.qty) for line in part.sale.lines.all()]
        refund_sale(
            by=by, sale=part.sale, refunded_on=nota.day, reason=reason, lines=goods,
            method=nota.method, is_void=True,
        )  # fmt: skip
