"""Goods leave: the gate is asked, the hand-over makes the sale, the delivery completes it."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.rules import may
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.orders import rules
from berdaya.orders.actions.steps import end_hold, move_order
from berdaya.orders.models import HeldOutcome, Hold, Order, OrderState, Shipment
from berdaya.orders.queries import not_covered, open_holds
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.releases import record_arrival
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import Sale, SaleKind
from berdaya.stock.actions.gates import request_gate_pass
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import GatePass, Place
from berdaya.stock.rules import pass_not_approved

log = logging.getLogger(__name__)

PRESUMED = "Dianggap sampai: tidak ada kabar lain sampai penjualannya final"


def request_order_pass(
    *, by: Actor, order: Order, day: date, carrier: str, vehicle: str = ""
) -> list[GatePass]:
    """Ask the head to let the goods of an order out, one pass a place inside.

    The pass names the order and the goods, never the buyer. Locks the order. Refused:
    order_moved_on, order_nothing_inside, and what request_gate_pass refuses.
    """
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    fresh = lock_row(order)
    if fresh.state not in (OrderState.PAID, OrderState.PACKED):
        raise Refused(rules.order_moved_on(code=fresh.code, state=fresh.get_state_display()))
    missing = not_covered(fresh, open_holds(fresh), approved_only=False)
    if not missing:
        raise Refused(rules.order_nothing_inside())
    return [
        request_gate_pass(
            by=by,
            place=one.place,
            lines=one.lines,
            destination=f"Pesanan {fresh.code}",
            day=day,
            carrier=carrier,
            vehicle=vehicle,
            reference=fresh.code,
        )
        for one in missing
    ]


def hand_over_order(
    *, by: Actor, order: Order, handed_on: date, courier: str = "", tracking_no: str = ""
) -> Shipment:
    """The goods change hands: sale, split and books in one transaction; a pick-up is complete.

    Locks the order, then the lots. Refused: order_moved_on, handed_in_future, handed_too_early,
    courier_missing, tracking_used, lot_expired, order_pass_missing with pass_not_approved, and
    whatever record_sale refuses.
    """
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    fresh = lock_row(order)
    if fresh.state != OrderState.PACKED:
        raise Refused(rules.order_moved_on(code=fresh.code, state=fresh.get_state_display()))
    holds = list(open_holds(fresh))
    require(_may_hand_over(fresh, holds, handed_on, courier))
    sale = _sell(by, fresh, holds, handed_on)
    _post(by, fresh, sale)
    shipment = _ship(by, fresh, sale, handed_on, courier, tracking_no)
    move_order(by, fresh, OrderState.HANDED_OVER, since=[OrderState.PACKED])
    if fresh.is_pickup:
        move_order(by, fresh, OrderState.COMPLETED, since=[OrderState.HANDED_OVER])
    order.refresh_from_db()
    return shipment


def _may_hand_over(order: Order, holds: Sequence[Hold], day: date, courier: str) -> Verdict:
    zone = order.facility.timezone
    paid = order.money_in.order_by("-received_on").values_list("received_on", flat=True)
    placed_on = clock.local(order.placed_at, zone).date()
    verdict = rules.may_hand_over(
        rules.HandFacts(
            day, max(placed_on, paid[0]), clock.today(zone), not order.is_pickup, courier
        )
    )
    missing = [rules.lot_expired(lot=hold.lot.code) for hold in holds if hold.lot.is_over(day)]
    for one in not_covered(order, holds, approved_only=True):
        missing += [rules.order_pass_missing(place=one.place.name), pass_not_approved()]
    return verdict + Verdict(tuple(missing))


def _sell(by: Actor, order: Order, holds: Sequence[Hold], day: date) -> Sale:
    """Let go of what is held and sell it in the same breath: nobody gets in between, because the
    levels stay locked until this transaction ends."""
    place = _gather(by, order, holds, day)
    return record_sale(
        by=by,
        facility=order.facility,
        kind=SaleKind.GALLERY if order.is_pickup else SaleKind.COURIER,
        buyer_kind="public",
        buyer_label=order.code,
        sold_on=day,
        place=place,
        lines=[
            SaleLineInput(
                hold.line.variant_id, hold.qty, hold.line.unit_price_rp, lot_id=hold.lot_id
            )
            for hold in holds
        ],
        payments=[_deposit(order)],
        request_key=f"order:{order.pk}",
        book=order.book,
        days_on_way=0 if order.is_pickup else order.days_until,
    )


def _gather(by: Actor, order: Order, holds: Sequence[Hold], day: date) -> Place:
    """End the holds and bring everything to one place, before the gate if any of it lies there."""
    places = {hold.place_id: hold.place for hold in holds}
    counter = min(places.values(), key=lambda place: (place.is_inside, place.pk))
    for hold in holds:
        end_hold(by, hold, HeldOutcome.SOLD)
        if hold.place_id != counter.pk:
            move_between(
                by=by,
                lot=hold.lot,
                from_place=hold.place,
                to_place=counter,
                qty=hold.qty,
                day=day,
                reference=order.code,
            )
    return counter


def _deposit(order: Order) -> PaymentInput:
    """The goods are paid from what lies in the buyers' deposits since the money came."""
    last = order.money_in.order_by("-received_on", "-pk")[0]
    return PaymentInput(
        order.method, order.goods_rp, last.reference, last.received_on, is_deposit=True
    )


def _post(by: Actor, order: Order, sale: Sale) -> None:
    """What of the deposit is not the goods': shipping is held for the courier, the lowering is the
    seller's, and the fee that the split bears leaves the variance it was booked to."""
    fee = sum(payment.fee_rp for payment in sale.payments.filter(is_deposit=True))
    post_entry(
        by=by,
        book=order.book,
        kind="order",
        booked_on=sale.sold_on,
        reference=order.code,
        subject=f"order:{order.pk}",
        legs=[
            debit(chart.BUYERS, order.shipping_rp),
            credit(chart.SHIPPING_HELD, order.shipping_rp),
            debit(chart.LOWERING, order.lowered_rp),
            credit(chart.BUYERS, order.lowered_rp),
            debit(chart.FEES, fee),
            credit(chart.FEE_VARIANCE, fee),
        ],
    )


def _ship(
    by: Actor, order: Order, sale: Sale, day: date, courier: str, tracking_no: str
) -> Shipment:
    try:
        with transaction.atomic():
            return Shipment.objects.create(
                order=order,
                facility_id=order.facility_id,
                sale=sale,
                courier="" if order.is_pickup else courier.strip(),
                tracking_no="" if order.is_pickup else tracking_no.strip(),
                handed_on=day,
                delivered_on=day if order.is_pickup else None,
                recorded_at=clock.now(),
                recorded_by_id=by.user_id,
            )
    except IntegrityError as error:
        if "orders_shipment_tracking" not in str(error):
            raise
        raise Refused(rules.tracking_used()) from error


def record_tracking(*, by: Actor, order: Order, courier: str, tracking_no: str) -> Shipment:
    """The courier's number, where it came after the hand-over, or was typed wrongly.

    Locks the order. Refused: courier_missing, tracking_used, order_moved_on.
    """
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    fresh = lock_row(order)
    if fresh.state != OrderState.HANDED_OVER:
        raise Refused(rules.order_moved_on(code=fresh.code, state=fresh.get_state_display()))
    if not courier.strip():
        raise Refused(rules.courier_missing())
    rows = Shipment.objects.filter(order=fresh)
    try:
        with transaction.atomic():
            rows.update(courier=courier.strip(), tracking_no=tracking_no.strip())
    except IntegrityError as error:
        raise Refused(rules.tracking_used()) from error
    return rows.get()


def record_delivery(*, by: Actor, order: Order, delivered_on: date, note: str = "") -> Shipment:
    """The parcel arrived: the order is complete, and its premi final so many days later.

    Said by the officer, or by the buyer (confirm_received). Locks the order. Refused:
    handed_in_future, handed_too_early, order_moved_on.
    """
    scope.required()
    require(may(by, "order.fulfil", order.facility_id))
    fresh = lock_row(order)
    if fresh.state != OrderState.HANDED_OVER:
        raise Refused(rules.order_moved_on(code=fresh.code, state=fresh.get_state_display()))
    shipment = Shipment.objects.select_related("sale__facility").get(order=fresh)
    today = clock.today(fresh.facility.timezone)
    facts = rules.HandFacts(delivered_on, shipment.handed_on, today)
    require(rules.may_hand_over(facts))
    shipment.delivered_on = delivered_on
    shipment.save(update_fields=["delivered_on"])
    record_arrival(by=by, sale=shipment.sale, arrived_on=delivered_on)
    move_order(by, fresh, OrderState.COMPLETED, since=[OrderState.HANDED_OVER], note=note)
    order.refresh_from_db()
    return shipment


def confirm_received(*, by: Actor, order: Order) -> None:
    """ "Sudah saya terima": the buyer has it today, by the day of its facility; twice is once.

    Locks the order. Refused: what record_delivery refuses.
    """
    scope.required()
    fresh = lock_row(order)
    if fresh.state != OrderState.COMPLETED:
        today = clock.today(fresh.facility.timezone)
        record_delivery(by=by, order=fresh, delivered_on=today)


def complete_silent(*, by: Actor, today: date, most: int = 200) -> int:
    """Complete parcels nobody has spoken of since their sale became final; returns how many.

    Without it a parcel that nobody confirms would keep its buyer's address for good. One that is
    refused stays as it is, and stops no other.
    """
    scope.required()
    rows = Order.objects.filter(
        state=OrderState.HANDED_OVER, shipment__sale__final_on__lte=today
    ).select_related("facility", "shipment")
    return sum(_complete(by, order, today) for order in rows.order_by("pk")[:most])


def _complete(by: Actor, order: Order, today: date) -> bool:
    arrived = min(order.shipment.handed_on + timedelta(days=order.days_until), today)
    try:
        with transaction.atomic():
            record_delivery(by=by, order=order, delivered_on=arrived, note=PRESUMED)
    except Refused as refused:
        log.warning("order %s cannot be completed: %s", order.code, refused)
        return False
    return True
