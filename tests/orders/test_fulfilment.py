"""Packed, handed over, delivered, sent back: goods, premi and books go the same way."""

from datetime import timedelta
from decimal import Decimal

import pytest

from berdaya.core.links import find_node, walk
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.parties import set_revenue_regime
from berdaya.institutions.models import RegimeKind
from berdaya.ledger.models import Entry, Leg
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.handover import (
    complete_silent,
    hand_over_order,
    record_delivery,
    record_tracking,
    request_order_pass,
)
from berdaya.orders.actions.masking import mask_contacts
from berdaya.orders.actions.packing import pack_order, swap_lot, unpack_order
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.actions.settling import refuse_return
from berdaya.orders.models import (
    Hold,
    LotSwap,
    OrderContact,
    OrderState,
    Shipment,
)
from berdaya.orders.queries import open_holds
from berdaya.proceeds.actions.releases import release_final
from berdaya.proceeds.models import Payment, PremiShare, Sale
from berdaya.stock.actions.gates import approve_gate_pass
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import Place, StockLevel, StockMovement
from tests.orders.counter import delivered, hand, pay, pickup, ready, reserved, today
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.scene import Shop, open_shop
from tests.proceeds.scene import broken_checks, make_lot
from tests.world import World

COSTS = (1_000_003, 70_001, 0)


pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world, weights=(7, 3), costs=COSTS)


def books(code: str) -> int:
    rows = Leg.objects.filter(account__code=code).values_list("credit_rp", "debit_rp")
    return sum(credit - debit for credit, debit in rows)


def inside(shop: Shop, qty: int) -> Place:
    """So many of the gallery's goods lie in a store behind the gate."""
    store = Place.objects.create(facility=shop.scene.facility, kind="store", name="Gudang")
    move_between(
        by=shop.scene.by, lot=shop.scene.lot, from_place=shop.gallery, to_place=store,
        qty=Decimal(qty), day=today(), reference="scene",
    )  # fmt: skip
    return store


def test_the_hand_over_is_the_sale(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop, 3)

        shipment = hand(shop, order, tracking_no="JNE-1")

        sale = shipment.sale
        assert order.state == OrderState.HANDED_OVER
        assert (sale.amount_rp, sale.paid_rp) == (order.goods_rp, order.goods_rp)
        assert sale.final_on == today() + timedelta(days=order.days_until + 7)
        assert sale.buyer_label == order.code
        assert reserved(shop) == 0
        assert books("2100") == 0
        assert books("2220") == order.shipping_rp > 0
        assert books("5910") == -order.lowered_rp
        assert books("2300") == sum(share.amount_rp for share in PremiShare.objects.all()) > 0
        assert not Entry.objects.filter(kind="payment").exists()
        assert broken_checks() == {}


def test_the_fee_of_the_goods_is_split_and_the_rest_is_variance(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop, 5)
        whole = order.money_in.get().fee_rp

        hand(shop, order)

        goods = Payment.objects.get(is_deposit=True).fee_rp
        assert 0 < goods < whole
        assert books("2200") == whole
        assert books("5900") == goods - whole


def test_delivery_completes_and_brings_the_final_day(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        hand(shop, order)

        shipment = record_delivery(by=shop.by, order=order, delivered_on=today())

        sale = Sale.objects.get()
        assert order.state == OrderState.COMPLETED
        assert shipment.delivered_on == today()
        assert sale.final_on == today() + timedelta(days=7)
        assert broken_checks() == {}


def test_delivery_after_the_release_leaves_the_premi_payable(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        hand(shop, order)
        Sale.objects.update(final_on=today())
        release_final(by=shop.scene.by, today=today())

        record_delivery(by=shop.by, order=order, delivered_on=today())

        assert Sale.objects.get().final_on == today()
        assert broken_checks() == {}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_delivery_lies_between_hand_over_and_today(shop: Shop, days: int) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        hand(shop, order)

        with pytest.raises(Refused, match=r"handed_(in_future|too_early)"):
            record_delivery(by=shop.by, order=order, delivered_on=today() + timedelta(days=days))

        order.refresh_from_db()
        assert order.state == OrderState.HANDED_OVER


def test_a_pick_up_is_complete_and_final_at_once(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop, 2, **pickup(shop))

        shipment = hand(shop, order)

        assert order.state == OrderState.COMPLETED
        assert shipment.delivered_on == today()
        assert shipment.sale.released_on == today()
        assert shipment.sale.kind == "gallery"
        assert books("2220") == 0
        assert broken_checks() == {}


def test_a_unit_that_sells_itself_owes_the_state_all_of_it(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        party = shop.scene.book.party
        set_revenue_regime(
            by=shop.scene.by, party=party, kind=RegimeKind.GROSS_PNBP, valid_from=today()
        )
        order = ready(shop, 4)

        hand(shop, order)

        assert books("2400") == order.goods_rp
        assert books("2220") == order.shipping_rp
        assert books("2300") == 0
        assert books("2200") == order.money_in.get().fee_rp
        assert broken_checks() == {}


def test_a_parcel_names_its_courier_and_no_number_twice(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        first, second = ready(shop), ready(shop)
        hand(shop, first, tracking_no="JNE-1")
        with pytest.raises(Refused, match="courier_missing"):
            hand(shop, second, courier=" ")
    with pytest.raises(Refused, match="tracking_used"), shop.scene.world.everywhere():
        hand(shop, second, tracking_no="JNE-1")

    with shop.scene.world.everywhere():
        assert Shipment.objects.count() == 1


def test_the_number_may_come_later(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        hand(shop, order)

        record_tracking(by=shop.scene.by, order=order, courier="POS", tracking_no="POS-9")

        assert Shipment.objects.get().tracking_no == "POS-9"


def test_an_unpacked_order_is_not_handed_over(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        pay(shop, order)

        with pytest.raises(Refused, match="order_moved_on"):
            hand(shop, order)

        assert not Sale.objects.exists()


def test_goods_inside_wait_for_the_gate(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 20)
        order = ready(shop, 2)
        with pytest.raises(Refused, match="pass_not_approved"):
            hand(shop, order)
    with world.acting("officer") as scope:
        asked = request_order_pass(by=scope.actor, order=order, day=today(), carrier="Giatja")
        with pytest.raises(Refused, match="order_nothing_inside"):
            request_order_pass(by=scope.actor, order=order, day=today(), carrier="Giatja")
        with pytest.raises(Refused, match="pass_not_approved"):
            hand_over_order(by=scope.actor, order=order, handed_on=today(), courier="JNE")

    with world.acting("head") as scope:
        approve_gate_pass(by=scope.actor, gate_pass=asked[0])

    with world.everywhere():
        hand(shop, order)
        assert asked[0].reference == order.code
        assert "Rekaan" not in asked[0].destination
        assert order.state == OrderState.HANDED_OVER
        assert broken_checks() == {}


def test_goods_from_two_places_leave_as_one_sale(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 8)
        order = ready(shop, 15)
        passes = request_order_pass(by=shop.scene.by, order=order, day=today(), carrier="Giatja")
    with world.acting("head") as scope:
        for one in passes:
            approve_gate_pass(by=scope.actor, gate_pass=one)

    with world.everywhere():
        hand(shop, order)

        assert Sale.objects.get().place == shop.gallery
        assert StockMovement.objects.filter(reference=order.code, kind="transfer").exists()
        assert broken_checks() == {}


def other_level(shop: Shop, qty: int = 5) -> StockLevel:
    people = {shop.scene.world.people["lontar"]: 1}
    lot = make_lot(shop.scene, people, qty=qty)
    return StockLevel.objects.get(lot=lot)


def test_a_swapped_lot_is_what_is_sold(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(3)
        pay(shop, order)
        level = other_level(shop)
        line, hold = order.lines.get(), open_holds(order).get()

        swap = swap_lot(
            by=shop.scene.by, line=line, hold=hold, level=level, qty=Decimal(2), reason="Noda"
        )

        held = {one.lot_id: one.qty for one in open_holds(order)}
        assert held == {shop.scene.lot.pk: 1, level.lot_id: 2}
        assert (swap.from_lot, swap.to_lot) == (shop.scene.lot, level.lot)
        pack_order(by=shop.scene.by, order=order)
        hand(shop, order)
        sold = Sale.objects.get().allocations.values_list("lot", "qty")
        assert dict(sold) == held
        assert broken_checks() == {}


def test_a_swap_needs_a_reason_a_fitting_lot_and_free_stock(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(3)
        pay(shop, order)
        level = other_level(shop, 2)
        line, hold = order.lines.get(), open_holds(order).get()
        facts = {"by": shop.scene.by, "line": line, "hold": hold, "level": level}

        with pytest.raises(Refused, match="swap_reason_missing"):
            swap_lot(qty=Decimal(1), **facts)
        with pytest.raises(Refused, match="swap_too_many"):
            swap_lot(qty=Decimal(4), reason="Noda", **facts)
        with pytest.raises(Refused, match="swap_stock_gone"):
            swap_lot(qty=Decimal(3), reason="Noda", **facts)

        assert not LotSwap.objects.exists()
        assert Hold.objects.get().lot == shop.scene.lot
        assert broken_checks() == {}


def test_what_is_made_to_order_gets_its_lot_before_packing(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(2)
        pay(shop, order)
        for hold in open_holds(order):
            StockLevel.objects.filter(lot=hold.lot, place=hold.place).update(reserved=0)
            Hold.objects.filter(pk=hold.pk).update(outcome="freed", ended_at=order.placed_at)
        with pytest.raises(Refused, match="line_without_lot"):
            pack_order(by=shop.scene.by, order=order)
        level = other_level(shop)

        swap = swap_lot(by=shop.scene.by, line=order.lines.get(), level=level, qty=Decimal(2))
        pack_order(by=shop.scene.by, order=order)

        assert swap.from_lot is None
        assert order.state == OrderState.PACKED
        assert broken_checks() == {}


def test_a_parcel_can_be_opened_again(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        level = other_level(shop)
        facts = {"line": order.lines.get(), "hold": open_holds(order).get(), "level": level}
        with pytest.raises(Refused, match="order_moved_on"):
            swap_lot(by=shop.scene.by, qty=Decimal(1), reason="Noda", **facts)

        unpack_order(by=shop.scene.by, order=order, reason="Salah lot")

        swap_lot(by=shop.scene.by, qty=Decimal(1), reason="Noda", **facts)
        assert order.state == OrderState.PAID
        assert broken_checks() == {}


def test_a_handed_over_order_is_not_cancelled(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        hand(shop, order)

        with pytest.raises(Refused, match="order_moved_on"):
            cancel_at_desk(by=shop.scene.by, order=order, reason="Batal")

        order.refresh_from_db()
        assert order.state == OrderState.HANDED_OVER


def test_buyers_are_forgotten_thirty_days_after_delivery(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop)
        soon = mask_contacts(by=shop.scene.by, today=today() + timedelta(days=29))

        done = mask_contacts(by=shop.scene.by, today=today() + timedelta(days=30))

        contact = OrderContact.objects.get(order=order)
        told = {name: getattr(contact, name) for name in ("name", "phone", "email", "address")}
        assert (soon, done) == (0, 1)
        assert set(told.values()) == {""}
        assert contact.masked_at is not None
        assert mask_contacts(by=shop.scene.by, today=today() + timedelta(days=31)) == 0
        assert broken_checks() == {}


def test_a_buyer_who_waits_for_an_answer_is_not_forgotten(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = delivered(shop)
        pieces = {order.lines.get().pk: Decimal(1)}
        back = ask_return(by=shop.by, order=order, pieces=pieces, reason="Sobek")
        waiting = mask_contacts(by=shop.scene.by, today=today() + timedelta(days=40))
        refuse_return(by=shop.scene.by, goods_return=back, answer="Dipakai")

        answered = mask_contacts(by=shop.scene.by, today=today() + timedelta(days=40))

        assert (waiting, answered) == (0, 1)


def test_an_order_that_ended_unsold_is_forgotten_once_its_money_is_back(shop: Shop) -> None:
    from berdaya.orders.actions.giving_back import give_money_back

    later = today() + timedelta(days=40)
    with shop.scene.world.everywhere():
        order = shop.order()
        pay(shop, order)
        cancel_at_desk(by=shop.scene.by, order=order, reason="Batal")
        kept = mask_contacts(by=shop.scene.by, today=later)
        give_money_back(
            by=shop.scene.by, of=order, amount_rp=order.paid_rp, method="transfer",
            returned_on=today(), reference="B-1", reason="Batal",
        )  # fmt: skip

        done = mask_contacts(by=shop.scene.by, today=later)

        assert (kept, done) == (0, 1)


def test_a_parcel_nobody_speaks_of_is_complete_when_it_is_final(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        hand(shop, order)
        Sale.objects.update(final_on=today())

        done = complete_silent(by=shop.scene.by, today=today())

        order.refresh_from_db()
        assert done == 1
        assert order.state == OrderState.COMPLETED
        assert broken_checks() == {}


def test_the_thread_leads_from_an_order_to_its_sale_and_lot(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        held = {step.node.kind for step in walk(find_node(order.code))}
        hand(shop, order)

        down = {step.node.kind for step in walk(find_node(order.code))}
        up = {step.node.code for step in walk(find_node(Sale.objects.get().code))}

        assert "lot" in held
        assert "sale" in down
        assert order.code in up
