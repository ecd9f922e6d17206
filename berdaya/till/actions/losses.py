"""Pieces broken or missing at a stall: said by one person, decided by another."""

from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import BuyerKind, Sale, SaleKind
from berdaya.stock.actions.movements import take_from_lot
from berdaya.stock.models import MovementKind
from berdaya.till import agreement, rules
from berdaya.till.actions.lines import claim
from berdaya.till.models import Bearer, HandOut, HandOutLine, HandOutLoss


def report_loss(
    *, by: Actor, line: HandOutLine, qty: Decimal, day: date, reason: str, borne_by: str
) -> HandOutLoss:
    """Say at the stall what is broken or gone; it cannot be sold from now on.

    `by` reaches the owner (mandates.at_stall). `borne_by`: "owner" or "stall", as agreed; what the
    stall bears is charged at settlement. Refused: stall_loss_unexplained, not_received,
    more_than_left, stall_day_wrong.
    """
    required()
    require(may(by, "handout.receive", line.host_id))
    hand_out = line.hand_out
    if not reason.strip():
        raise Refused(rules.stall_loss_unexplained())
    if hand_out.received_at is None:
        raise Refused(rules.not_received(code=hand_out.code))
    today = clock.today(hand_out.stall.event.timezone)
    require(rules.may_be_on(day, today, hand_out.handed_on))
    if claim("lost_qty", {line.pk: qty}) is not None:
        raise Refused(rules.more_than_left(what=line.variant.label))
    return HandOutLoss.objects.create(
        line=line,
        facility_id=line.facility_id,
        host_id=line.host_id,
        qty=qty,
        day=day,
        reason=reason.strip(),
        borne_by=borne_by,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )


def decide_loss(*, by: Actor, loss: HandOutLoss, is_confirmed: bool) -> HandOutLoss:
    """The owner's side confirms it, which writes the stock off, or finds that it is not lost.

    Borne by another's stall it leaves the stock as a sale to its cash-taker, owed until settlement.
    Locks line and loss. Refused: loss_decided, loss_same_person, stock_short, whatever refuses a
    sale.
    """
    required()
    require(may(by, "handout.make", loss.facility_id))
    line = lock_row(loss.line)
    fresh = lock_row(loss)
    if fresh.decided_at is not None:
        raise Refused(rules.loss_decided())
    require(rules.two_people(fresh.recorded_by_id, by.user_id, rules.loss_same_person()))
    if not is_confirmed:
        line.lost_qty -= fresh.qty
        line.save(update_fields=["lost_qty"])
    elif fresh.borne_by == Bearer.STALL and _is_charged(line.hand_out):
        fresh.sale = _sell_to_stall(by, fresh, line)
    else:
        take_from_lot(
            by=by, lot=line.lot, place=line.hand_out.place, qty=fresh.qty, day=fresh.day,
            kind=MovementKind.LOSS, reference=f"handout:{line.hand_out.code}", note=fresh.reason,
        )  # fmt: skip
    fresh.decided_at, fresh.decided_by_id = clock.now(), by.user_id
    fresh.is_confirmed = is_confirmed
    fresh.save(update_fields=["decided_at", "decided_by", "is_confirmed", "sale"])
    return fresh


def _is_charged(made: HandOut) -> bool:
    """Another's stall, under a text that names the price; own goods are written off."""
    is_other = made.book_id != made.stall.book_id
    return is_other and made.agreement_version in agreement.CHARGING


def _sell_to_stall(by: Actor, loss: HandOutLoss, line: HandOutLine) -> Sale:
    """The agreement's price of a lost piece; its makers are paid as from any other sale."""
    made = line.hand_out
    asked = SaleLineInput(line.variant_id, loss.qty, line.lowest_rp, lot_id=line.lot_id)
    return record_sale(
        by=by, facility=made.facility, place=made.place, book=made.book, kind=SaleKind.STALL,
        buyer_kind=BuyerKind.SHOP, buyer_label=f"Stan {made.stall}"[:60],
        sold_on=clock.today(made.stall.event.timezone), lines=[asked],
        request_key=f"stall-loss:{loss.pk}",
    )  # fmt: skip
