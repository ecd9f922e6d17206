"""Record money received for a sale, with it or later; it posts to the buyer's deposit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from berdaya.core import clock, scope
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import EntrySpec, credit, debit, post_entries
from berdaya.proceeds import rules
from berdaya.proceeds.models import Payment, Sale
from berdaya.proceeds.queries import payment_fee

MONEY_ACCOUNTS = {"cash": chart.CASH, "transfer": chart.BANK, "qris": chart.QRIS}


@dataclass(frozen=True)
class PaymentInput:
    """Money received; `paid_on` empty means with the sale.

    `is_deposit`: it came before the hand-over and was posted to the buyers' deposits then.
    `fee_rp`: its fee where it is part of a larger payment; None is the rate in force.
    """

    method: str
    amount_rp: int
    reference: str = ""
    paid_on: date | None = None
    is_deposit: bool = False
    fee_rp: int | None = None


def record_payment(*, by: Actor, sale: Sale, payment: PaymentInput) -> Payment:
    """A later payment (DP, pelunasan). Its fee was not known at the split and goes to variance.

    The claim on what is due is one conditional UPDATE: of two who book the same last payment, one
    is told. A buyer may pay before the hand-over. Refused: payment_exceeds_due, day_in_future.
    """
    scope.required()
    require(may(by, "sale.record", sale.facility_id))
    if not _claim_due(sale, payment.amount_rp):
        raise Refused(rules.payment_exceeds_due(due=format_rp(max(sale.due_rp, 0))))
    paid_on = payment.paid_on or clock.today(sale.facility.timezone)
    fee = payment_fee(payment.method, payment.amount_rp, paid_on)
    return book_payment(by, sale, payment, fee_rp=fee, is_at_sale=False)


def _claim_due(sale: Sale, amount_rp: int) -> bool:
    fits = Sale.objects.filter(
        pk=sale.pk, amount_rp__gte=F("refunded_rp") + F("paid_rp") + amount_rp
    )
    taken = amount_rp > 0 and fits.update(paid_rp=F("paid_rp") + amount_rp)
    sale.refresh_from_db(fields=["paid_rp", "refunded_rp"])
    return bool(taken)


def book_payment(
    by: Actor, sale: Sale, payment: PaymentInput, *, fee_rp: int, is_at_sale: bool
) -> Payment:
    """Write and post a payment whose amount is already claimed on the sale.

    Refused: day_in_future.
    """
    row = payment_row(by, sale, payment, fee_rp=fee_rp, is_at_sale=is_at_sale)
    row.save(force_insert=True)
    post_entries(by=by, specs=[payment_entry(sale, row, is_at_sale=is_at_sale)])
    return row


def pay_in_full(
    *,
    by: Actor,
    sales: Sequence[tuple[Sale, int]],
    method: str,
    paid_on: date,
    reference: str,
) -> list[Payment]:
    """Book one payment of the whole of each sale of which nothing is paid, with the fee that its
    split bore; all or nothing, in statements that do not grow with sales.

    For actions that asked for an ability already. Refused: payment_exceeds_due, day_in_future.
    """
    scope.required()
    unpaid = Sale.objects.filter(pk__in=[sale.pk for sale, _fee in sales], paid_rp=0, refunded_rp=0)
    if unpaid.update(paid_rp=F("amount_rp")) != len(sales):
        raise Refused(rules.payment_exceeds_due(due=format_rp(0)))
    rows = []
    for sale, fee in sales:
        paid = PaymentInput(method, sale.amount_rp, reference, paid_on)
        rows.append(payment_row(by, sale, paid, fee_rp=fee, is_at_sale=False))
    entries = [payment_entry(row.sale, row, is_at_sale=True) for row in rows]
    Payment.objects.bulk_create(rows)
    post_entries(by=by, specs=entries)
    return rows


def payment_row(
    by: Actor, sale: Sale, payment: PaymentInput, *, fee_rp: int, is_at_sale: bool
) -> Payment:
    """The payment as it will be written. Refused: day_in_future."""
    today = clock.today(zone_of(sale))
    paid_on = payment.paid_on or (sale.sold_on if is_at_sale else today)
    require(rules.may_be_dated(paid_on, today))
    return Payment(
        sale=sale,
        facility_id=sale.facility_id,
        method=payment.method,
        amount_rp=payment.amount_rp,
        fee_rp=fee_rp,
        paid_on=paid_on,
        reference=payment.reference,
        is_deposit=payment.is_deposit,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def payment_entry(sale: Sale, row: Payment, *, is_at_sale: bool) -> EntrySpec:
    """Its entry: to the buyer's deposit, with the fee that the split did not know of."""
    variance = 0 if is_at_sale and sale.regime == "agreement_share" else row.fee_rp
    return EntrySpec(
        book=sale.book,
        kind="payment",
        booked_on=row.paid_on,
        reference=sale.code,
        subject=f"sale:{sale.pk}",
        legs=[
            debit(MONEY_ACCOUNTS[row.method], row.amount_rp),
            credit(chart.BUYERS, row.amount_rp),
            debit(chart.FEE_VARIANCE, variance),
            credit(chart.FEES, variance),
        ],
    )


def zone_of(sale: Sale) -> str:
    """The zone in which the facility's days begin."""
    return sale.facility.timezone
