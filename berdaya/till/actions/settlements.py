"""Reckon a stall with one owner, let a second person approve it, pay it in both books."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row, lock_rows
from berdaya.core.money import format_qty, format_rp
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Book
from berdaya.ledger.queries import balance
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from berdaya.papers.queries import signer_for
from berdaya.proceeds.actions.obligations import pay_obligation
from berdaya.proceeds.actions.payments import pay_in_full
from berdaya.proceeds.models import Obligation, Sale
from berdaya.till import rules
from berdaya.till.models import (
    HandOut,
    HandOutLine,
    HandOutLoss,
    Settlement,
    SettlementLine,
    SettlementSale,
    Stall,
)
from berdaya.till.queries import owed_sales

PAPER = "BAPT"
MONEY = {"transfer": chart.BANK, "cash": chart.CASH}
SOURCES = {"transfer": "bank", "cash": "cash"}


def prepare_settlement(*, by: Actor, stall: Stall, book: Book) -> Settlement:
    """Reckon everything of one owner at one stall and close its lines: nothing is sold any more.

    `by` reaches the owner (mandates.at_stall). handed out - returned - lost = sold for every
    product, or it is refused. Locks hand-outs and lines. Refused: settlement_nothing,
    not_received, settlement_goods_out, settlement_loss_open, settlement_sale_changed,
    settlement_exists.
    """
    required()
    require(may(by, "settlement.prepare", stall.facility_id))
    _require_first(stall, book)
    _require_arrived(stall, book)
    mine = HandOutLine.objects.filter(
        hand_out__stall=stall, hand_out__book=book, hand_out__received_at__isnull=False
    )
    lines = lock_rows(HandOutLine, mine.values_list("pk", flat=True))
    _require_complete(lines)
    sales = list(owed_sales(stall, book.pk))
    for sale in sales:
        if sale.refunded_rp or sale.paid_rp:
            raise Refused(rules.settlement_sale_changed(code=sale.code))
    HandOutLine.objects.filter(pk__in=[one.pk for one in lines]).update(is_closed=True)
    settlement = _keep(by, stall, book, sales)
    _keep_lines(settlement, lines)
    return settlement


def _require_arrived(stall: Stall, book: Book) -> None:
    """Nothing of this owner is on its way; whoever counts it in meanwhile waits, and is told."""
    rows = HandOut.objects.filter(stall=stall, book=book)
    for one in lock_rows(HandOut, rows.values_list("pk", flat=True)):
        if one.received_at is None and one.gate_pass.state in ("waiting", "approved"):
            raise Refused(rules.not_received(code=one.code))


def _require_first(stall: Stall, book: Book) -> None:
    rows = Settlement.objects.filter(stall=stall, book=book, declined_at__isnull=True)
    for earlier in rows:
        raise Refused(rules.settlement_exists(code=earlier.code))


def _require_complete(lines: Sequence[HandOutLine]) -> None:
    if not lines:
        raise Refused(rules.settlement_nothing())
    for line in lines:
        if line.left_qty:
            left = format_qty(line.left_qty)
            raise Refused(rules.settlement_goods_out(qty=left, what=line.variant.label))
    said = HandOutLoss.objects.filter(line__in=lines, decided_at__isnull=True)
    for loss in said.select_related("line__variant__product"):
        raise Refused(rules.settlement_loss_open(what=loss.line.variant.label))


def _keep(by: Actor, stall: Stall, book: Book, sales: Sequence[Sale]) -> Settlement:
    """One a stall and owner: of two at once the second is told."""
    gross = sum(sale.amount_rp for sale in sales)
    lost = HandOutLoss.objects.filter(sale__in=sales).aggregate(
        rp=Sum("sale__amount_rp", default=0)
    )
    fee = sum(sale.fee_rp for sale in sales)  # type: ignore[attr-defined]
    day, unit = clock.today(stall.event.timezone), book.facility.code
    try:
        with transaction.atomic():
            made = Settlement.objects.create(
                code=desk_code(unit, day.year, "SP", draw(f"stallsettlement:{unit}", day.year)),
                stall=stall,
                host_id=stall.facility_id,
                facility_id=book.facility_id,
                book=book,
                reckoned_on=day,
                gross_rp=gross,
                loss_rp=lost["rp"],
                fee_rp=fee,
                payable_rp=gross - fee,
                prepared_at=clock.now(),
                prepared_by_id=by.user_id,
            )
    except IntegrityError:
        _require_first(stall, book)
        raise
    SettlementSale.objects.bulk_create(
        SettlementSale(
            settlement=made,
            facility_id=made.facility_id,
            host_id=made.host_id,
            sale=sale,
            amount_rp=sale.amount_rp,
            fee_rp=sale.fee_rp,  # type: ignore[attr-defined]
        )
        for sale in sales
    )
    return made


def _keep_lines(settlement: Settlement, lines: Sequence[HandOutLine]) -> None:
    totals = ("qty", "returned_qty", "lost_qty", "sold_qty")
    summed: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(totals, Decimal(0)))
    for line in lines:
        for name in totals:
            summed[line.variant_id][name] += getattr(line, name)
    sold = dict(
        Sale.objects.filter(stall_settlements__settlement=settlement, stall_loss__isnull=True)
        .values_list("lines__variant_id")
        .annotate(rp=Sum("lines__amount_rp"))
    )
    SettlementLine.objects.bulk_create(
        SettlementLine(
            settlement=settlement,
            facility_id=settlement.facility_id,
            host_id=settlement.host_id,
            variant_id=variant_id,
            amount_rp=sold.get(variant_id, 0),
            **sums,
        )
        for variant_id, sums in summed.items()
    )


def approve_settlement(*, by: Actor, settlement: Settlement) -> Settlement:
    """A second person of the host agrees; the BA perhitungan gets its number. Locks it.

    What was lost at the cash-taker's cost becomes its debt to the owner.

    Refused: settlement_decided_already, settlement_same_person.
    """
    fresh = _decide(by, settlement)
    fresh.approved_by_id, fresh.approved_at = by.user_id, clock.now()
    fresh.document = _paper(by, fresh)
    fresh.save(update_fields=["approved_by", "approved_at", "document"])
    if fresh.loss_rp:
        _charge_losses(by, fresh)
    return fresh


def _charge_losses(by: Actor, fresh: Settlement) -> None:
    post_entry(
        by=by,
        book=fresh.stall.book,
        kind="stall_loss",
        booked_on=clock.today(fresh.stall.event.timezone),
        reference=fresh.code,
        subject=f"stallsettlement:{fresh.pk}",
        legs=[debit(chart.GOODS_LOST, fresh.loss_rp), credit(chart.CONSIGNORS, fresh.loss_rp)],
    )


def decline_settlement(*, by: Actor, settlement: Settlement, reason: str) -> Settlement:
    """Send it back: its lines open again. Locks it and its lines.

    Refused: settlement_decided_already, settlement_same_person, settlement_decline_unexplained.
    """
    if not reason.strip():
        raise Refused(rules.settlement_decline_unexplained())
    lines = HandOutLine.objects.filter(
        hand_out__stall=settlement.stall_id, hand_out__book=settlement.book_id
    )
    rows = lock_rows(HandOutLine, lines.values_list("pk", flat=True))
    fresh = _decide(by, settlement)
    HandOutLine.objects.filter(pk__in=[one.pk for one in rows]).update(is_closed=False)
    fresh.declined_by_id, fresh.declined_at = by.user_id, clock.now()
    fresh.decline_reason = reason.strip()
    fresh.save(update_fields=["declined_by", "declined_at", "decline_reason"])
    return fresh


def _decide(by: Actor, settlement: Settlement) -> Settlement:
    required()
    require(may(by, "settlement.approve", settlement.host_id))
    fresh = lock_row(settlement)
    if fresh.state != "waiting":
        raise Refused(rules.settlement_decided_already(code=fresh.code))
    same = rules.settlement_same_person()
    require(rules.two_people(fresh.prepared_by_id, by.user_id, same))
    return fresh


def _paper(by: Actor, fresh: Settlement) -> Document:
    day = clock.today(fresh.stall.event.timezone)
    role = (
        "cooperative_officer"
        if fresh.stall.cash_taker.kind == "cooperative"
        else ("receipts_treasurer")
    )
    signers = [
        signer_for(fresh.facility, "head", day),
        signer_for(fresh.host, role, day, fresh.prepared_by_id),
        signer_for(fresh.host, "head", day, by.user_id),
    ]
    return issue_document(
        by=by, type=PAPER, facility=fresh.facility, day=day,
        subject_ref=f"stallsettlement:{fresh.code}", signers=signers,
    )  # fmt: skip


def pay_settlement(
    *, by: Actor, settlement: Settlement, method: str, paid_on: date, reference: str = ""
) -> Settlement:
    """Pay the owner: one pair of entries with the settlement's code, a payment on every sale.

    The cash-taker's book: what it owed for the goods, to its money and the fees it keeps back. The
    owner's book: each sale paid in full, the fee its split bore paid on. Locks the settlement and
    both books. Refused: settlement_not_approved, settlement_paid_already, stall_day_wrong,
    settlement_money_short, month_closed.
    """
    required()
    require(may(by, "settlement.pay", settlement.host_id))
    fresh = lock_row(settlement)
    if fresh.approved_at is None:
        raise Refused(rules.settlement_not_approved(code=fresh.code))
    if fresh.state == "paid":
        raise Refused(rules.settlement_paid_already(code=fresh.code))
    zone = fresh.stall.event.timezone
    require(rules.may_be_on(paid_on, clock.today(zone), fresh.reckoned_on))
    _pay_sales(by, fresh, method, paid_on)
    # Both books in the order of their keys, so that two payments across cannot lock each other.
    lock_rows(Book, [fresh.stall.book_id, fresh.book_id])
    _require_money(fresh, method)
    _post_cash_taker(by, fresh, method, paid_on)
    if fresh.fee_rp:
        pay_obligation(
            by=by, book=fresh.book, obligation=Obligation.FEES, source=SOURCES[method],
            amount_rp=fresh.fee_rp, settled_on=paid_on, reference=fresh.code,
        )  # fmt: skip
    fresh.method, fresh.paid_on, fresh.reference = method, paid_on, reference.strip()
    fresh.paid_at, fresh.paid_by_id = clock.now(), by.user_id
    fresh.save(update_fields=["method", "paid_on", "reference", "paid_at", "paid_by"])
    return fresh


def _pay_sales(by: Actor, fresh: Settlement, method: str, paid_on: date) -> None:
    rows = list(fresh.sales.select_related("sale__book", "sale__facility").order_by("sale_id"))
    payments = pay_in_full(
        by=by, sales=[(row.sale, row.fee_rp) for row in rows], method=method, paid_on=paid_on,
        reference=fresh.code,
    )  # fmt: skip
    for row, payment in zip(rows, payments, strict=True):
        row.payment = payment
    SettlementSale.objects.bulk_update(rows, ["payment"])


def _require_money(fresh: Settlement, method: str) -> None:
    there = balance(fresh.stall.book, MONEY[method])
    if there < fresh.payable_rp:
        raise Refused(rules.settlement_money_short(money=format_rp(max(there, 0))))


def _post_cash_taker(by: Actor, fresh: Settlement, method: str, paid_on: date) -> None:
    post_entry(
        by=by,
        book=fresh.stall.book,
        kind="stall_settlement",
        booked_on=paid_on,
        reference=fresh.code,
        subject=f"stallsettlement:{fresh.pk}",
        legs=[
            debit(chart.CONSIGNORS, fresh.gross_rp),
            credit(chart.FEES, fresh.fee_rp),
            credit(MONEY[method], fresh.payable_rp),
        ],
    )
