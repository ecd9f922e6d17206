"""One broken order stops no other, and what ended or went off lets nothing through."""

from datetime import timedelta
from decimal import Decimal

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.claims import claim_payment
from berdaya.orders.actions.handover import complete_silent, request_order_pass
from berdaya.orders.actions.matching import refuse_claim
from berdaya.orders.actions.steps import expire_overdue
from berdaya.orders.models import Hold, Order, OrderState, PaymentClaim, Shipment
from berdaya.proceeds.models import Sale
from berdaya.stock.actions.gates import approve_gate_pass, issue_delivery_note
from berdaya.stock.models import GatePass
from tests.orders.counter import hand, long_ago, ready, reserved, today
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.scene import Shop, open_shop
from tests.orders.test_fulfilment import inside
from tests.world import World

pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def test_an_order_whose_hold_is_broken_stops_no_other_from_expiring(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        broken, sound = shop.order(1), shop.order(2)
        Hold.objects.filter(line__order=broken).update(qty=Decimal(500))
        Order.objects.update(pay_until=clock.now() - timedelta(minutes=1))

        done = expire_overdue(by=shop.by)

        broken.refresh_from_db()
        sound.refresh_from_db()
        assert (done, broken.state, sound.state) == (1, OrderState.PLACED, OrderState.EXPIRED)
        assert reserved(shop) == 1


def test_a_parcel_that_cannot_be_completed_stops_no_other(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        broken, sound = ready(shop), ready(shop)
        hand(shop, broken)
        hand(shop, sound)
        Sale.objects.update(final_on=today())
        ahead = today() + timedelta(days=3)
        Shipment.objects.filter(order=broken).update(handed_on=ahead)

        done = complete_silent(by=shop.scene.by, today=today())

        broken.refresh_from_db()
        sound.refresh_from_db()
        assert done == 1
        assert (broken.state, sound.state) == (OrderState.HANDED_OVER, OrderState.COMPLETED)


def _went_off(order: Order) -> None:
    """What is held for the order is from a lot that has just gone off."""
    lot = Hold.objects.get(line__order=order).lot
    lot.pk, lot._state.adding = None, True
    lot.code, lot.public_code = "LP-ATB-26-L9999", "9999999999999999"
    lot.made_on, lot.expires_on = long_ago(30), today()
    lot.save()
    Hold.objects.filter(line__order=order).update(lot=lot)


def test_a_lot_that_went_off_after_packing_is_not_handed_over(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = ready(shop)
        _went_off(order)

        with pytest.raises(Refused, match="lot_expired"):
            hand(shop, order)

        order.refresh_from_db()
        assert order.state == OrderState.PACKED
        assert not Sale.objects.exists()


def test_a_pass_asked_for_a_cancelled_order_cannot_be_approved(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 20)
        order = ready(shop)
    with world.acting("officer") as scope:
        (asked,) = request_order_pass(by=scope.actor, order=order, day=today(), carrier="Giatja")

        cancel_at_desk(by=scope.actor, order=order, reason="Pembeli batal")

    with world.acting("head") as scope, pytest.raises(Refused, match="pass_decided"):
        approve_gate_pass(by=scope.actor, gate_pass=asked)
    with world.everywhere():
        assert GatePass.objects.get().declined_at is not None


def test_an_approved_pass_of_a_cancelled_order_lets_nothing_out(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 20)
        order = ready(shop)
    with world.acting("officer") as scope:
        (asked,) = request_order_pass(by=scope.actor, order=order, day=today(), carrier="Giatja")
    with world.acting("head") as scope:
        approve_gate_pass(by=scope.actor, gate_pass=asked)

    with world.acting("officer") as scope:
        cancel_at_desk(by=scope.actor, order=order, reason="Pembeli batal")

    with world.everywhere():
        fresh = GatePass.objects.get()
        assert (fresh.state, fresh.is_approved) == ("withdrawn", False)
        assert fresh.document is not None
        assert fresh.withdraw_reason == "Pembeli batal"
    page = world.client("officer").get(f"/desk/gate-passes/{asked.code}/").content.decode()
    assert "tidak berlaku" in page
    assert "Cetak surat izin" not in page
    with world.acting("officer") as scope, pytest.raises(Refused, match="pass_not_approved"):
        issue_delivery_note(by=scope.actor, gate_pass=GatePass.objects.get())


def test_a_refused_claim_is_made_again_only_once(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        for _time in range(2):
            claim_payment(by=shop.by, order=order)
            refuse_claim(by=shop.scene.by, order=order)
            order.refresh_from_db()

        with pytest.raises(Refused, match="claim_refused_twice"):
            claim_payment(by=shop.by, order=order)

        order.refresh_from_db()
        assert order.state == OrderState.PLACED
        assert PaymentClaim.objects.count() == 2
