"""An order from placing to hand-over. Goods are held by one conditional update a product."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.market import calc, rules
from berdaya.market.actions.book import reverse_sale, write_sale
from berdaya.market.calc import Wanted
from berdaya.market.jobs import tell_order
from berdaya.market.models import (
    ENDED,
    UNPAID,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
    Product,
    Shop,
)
from berdaya.market.queries import overdue, shown_products


@dataclass(frozen=True)
class Buyer:
    """Who orders and where it goes; `phone` in E.164."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    note: str = ""


def place_order(
    *,
    by: Actor,
    shop: Shop,
    request_key: UUID,
    wanted: Sequence[Wanted],
    buyer: Buyer,
    method: str,
    is_pickup: bool,
    language: str,
) -> Order:
    """Hold the goods and write the order; the same form sent twice is one order.

    Refused: market_nothing_ordered, market_goods_changed, market_goods_gone, and rules.may_place.
    """
    required()
    known = Order.objects.filter(request_key=request_key).first()
    if known is not None:
        return known
    if not wanted:
        raise Refused(rules.nothing_ordered())
    expire_overdue(by=by, shop=shop)
    shop = Shop.objects.get(pk=shop.pk)
    goods = _as_seen(shop, wanted)
    total = calc.total_of(wanted, shop.delivery_rp, is_pickup=is_pickup)
    unpaid = Order.objects.filter(shop=shop, state__in=UNPAID, contact__phone=buyer.phone).count()
    require(
        rules.may_place(
            shop, method=method, is_pickup=is_pickup, total_rp=total.total_rp, unpaid=unpaid
        )
    )
    order, is_new = _claim(shop, request_key, total, method, is_pickup, language)
    if not is_new:
        return order
    _hold(wanted, goods)
    OrderContact.objects.create(order=order, **buyer.__dict__)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product=goods[line.code],
            name=goods[line.code].name,
            price_rp=line.price_rp,
            qty=line.qty,
        )
        for line in wanted
    )
    tell_order(order, OrderState.PLACED)
    return order


def _as_seen(shop: Shop, wanted: Sequence[Wanted]) -> dict[str, Product]:
    """The products that are on show at the price that was seen, or Refused."""
    rows = {row.code: row for row in shown_products(shop, clock.today())}
    for line in wanted:
        if line.code not in rows or rows[line.code].price_rp != line.price_rp:
            raise Refused(rules.goods_changed())
    return rows


def _claim(
    shop: Shop, request_key: UUID, total: calc.Total, method: str, is_pickup: bool, language: str
) -> tuple[Order, bool]:
    """The order of this form: whoever comes second waits for the first and gets the same."""
    now = clock.now()
    made = Order(
        request_key=request_key,
        shop=shop,
        method=method,
        payee=payee_of(shop, method),
        is_pickup=is_pickup,
        goods_rp=total.goods_rp,
        delivery_rp=total.delivery_rp,
        total_rp=total.total_rp,
        language=language,
        placed_at=now,
        pay_until=now + calc.PAY_WITHIN,
    )
    Order.objects.bulk_create([made], ignore_conflicts=True)
    kept = Order.objects.get(request_key=request_key)
    return kept, kept.pk == made.pk


def payee_of(shop: Shop, method: str) -> str:
    """How the buyer pays the seller: the static payload, or bank, number and holder."""
    if method == "qris":
        return shop.qris_payload
    return "\n".join((shop.bank, shop.bank_number, shop.bank_holder))


def _hold(wanted: Sequence[Wanted], goods: dict[str, Product]) -> None:
    # In one order for everybody, so that two buyers never wait for each other.
    for line in sorted(wanted, key=lambda one: goods[one.code].pk):
        row = goods[line.code]
        free = Product.objects.filter(
            pk=row.pk, is_shown=True, price_rp=line.price_rp, on_hand__gte=F("held") + line.qty
        )
        if not free.update(held=F("held") + line.qty):
            raise Refused(rules.goods_gone(name=row.name))


def claim_payment(*, by: Actor, order: Order) -> None:
    """ "Saya sudah bayar": the goods stay held until the seller looks. Twice changes nothing more.

    Refused: market_order_moved_on.
    """
    required()
    now = clock.now()
    if order.state == OrderState.CLAIMED:
        return
    rows = Order.objects.filter(pk=order.pk, pay_until__gt=now)
    _step(rows, OrderState.CLAIMED, claimed_at=now, pay_until=calc.later(now, order.pay_until))


def reject_claim(*, by: Actor, order: Order) -> None:
    """The seller has no money of it: the buyer has a day more. Refused: market_order_moved_on."""
    required()
    until = clock.now() + calc.PAY_WITHIN
    rows = Order.objects.filter(pk=order.pk, state=OrderState.CLAIMED)
    if not rows.update(state=OrderState.PLACED, pay_until=until):
        raise Refused(rules.order_moved_on())


def confirm_paid(*, by: Actor, order: Order) -> None:
    """The seller has the money: paid, and income in the own book, in one transaction.

    Refused: market_order_moved_on, when it was confirmed, cancelled or lapsed meanwhile.
    """
    required()
    now = clock.now()
    _step(Order.objects.filter(pk=order.pk), OrderState.PAID, paid_at=now)
    write_sale(by=by, order=order)
    tell_order(order, OrderState.PAID)


def mark_packed(*, by: Actor, order: Order) -> None:
    """Ready to be fetched or sent; the buyer is told. Refused: market_order_moved_on."""
    required()
    _step(Order.objects.filter(pk=order.pk), OrderState.PACKED)
    tell_order(order, OrderState.PACKED)


def hand_over(*, by: Actor, order: Order) -> None:
    """The goods are the buyer's. Refused: market_order_moved_on."""
    required()
    _step(Order.objects.filter(pk=order.pk), OrderState.HANDED_OVER, ended_at=clock.now())
    for product, qty in _held_of(order):
        Product.objects.filter(pk=product).update(on_hand=F("on_hand") - qty, held=F("held") - qty)
    tell_order(order, OrderState.HANDED_OVER)


def refund_order(*, by: Actor, order: Order) -> None:
    """The seller gave the money back: goods are free again, the income is reversed.

    Refused: market_order_moved_on.
    """
    required()
    _step(Order.objects.filter(pk=order.pk), OrderState.REFUNDED, ended_at=clock.now())
    _release(order)
    reverse_sale(by=by, order=order)
    tell_order(order, OrderState.REFUNDED)


def cancel_order(*, by: Actor, order: Order) -> None:
    """The buyer, or the seller, takes an unpaid order back. Refused: market_order_moved_on."""
    required()
    _step(Order.objects.filter(pk=order.pk), OrderState.CANCELLED, ended_at=clock.now())
    _release(order)
    tell_order(order, OrderState.CANCELLED)


def expire_overdue(*, by: Actor, shop: Shop | None = None) -> int:
    """End what nobody paid in time and free its goods; returns how many, and 0 the second time."""
    required()
    now, ended = clock.now(), 0
    for order in overdue(now, shop):
        rows = Order.objects.filter(pk=order.pk, state__in=UNPAID, pay_until__lte=now)
        if rows.update(state=OrderState.EXPIRED, ended_at=now):
            _release(order)
            tell_order(order, OrderState.EXPIRED)
            ended += 1
    return ended


def _step(rows: Any, state: OrderState, **facts: Any) -> None:
    """One conditional update: whoever comes second changes nothing and is told."""
    if not rows.filter(state__in=rules.STEPS[state]).update(state=state, **facts):
        raise Refused(rules.order_moved_on())


def _held_of(order: Order) -> list[tuple[UUID, int]]:
    rows = OrderLine.objects.filter(order=order).order_by("product_id")
    return list(rows.values_list("product_id", "qty"))


def _release(order: Order) -> None:
    for product, qty in _held_of(order):
        Product.objects.filter(pk=product).update(held=F("held") - qty)


def mask_contacts(*, by: Actor) -> int:
    """Blank buyers 30 days after their order ended; running twice masks nothing more."""
    required()
    now = clock.now()
    ended = Order.objects.filter(state__in=ENDED, ended_at__lte=now - calc.KEEP_CONTACT)
    due = list(ended.filter(contact__masked_at=None).values_list("pk", flat=True))
    rows = OrderContact.objects.filter(pk__in=due, masked_at=None)
    return rows.update(masked_at=now, name="", phone="", email="", address="", note="")
