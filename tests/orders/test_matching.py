"""Money in: once a line, to its order, and whatever does not fit waits with a way on."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.ledger.models import Leg
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.claims import claim_payment
from berdaya.orders.actions.giving_back import give_money_back
from berdaya.orders.actions.matching import (
    match_money,
    record_money_in,
    refuse_claim,
    revive_order,
    wait_for_rest,
)
from berdaya.orders.actions.statements import book_statement, examine_statement
from berdaya.orders.actions.steps import expire_overdue
from berdaya.orders.models import (
    ClaimOutcome,
    MoneyBack,
    MoneyIn,
    Order,
    OrderState,
    PaymentClaim,
    PaymentTerm,
)
from berdaya.orders.queries import last_day_of_rest, odd_orders, orders_for_money, waiting_money
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.counter import pay, payee, reserved, today
from tests.orders.scene import Shop, open_shop
from tests.proceeds.scene import broken_checks
from tests.world import World

pytestmark = pytest.mark.usefixtures("many_at_once")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def books(code: str) -> int:
    """What stands on the credit side of an account."""
    rows = Leg.objects.filter(account__code=code).values_list("credit_rp", "debit_rp")
    return sum(credit - debit for credit, debit in rows)


def expire(shop: Shop, order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(pay_until=clock.now() - timedelta(minutes=1))
    expire_overdue(by=shop.by)
    order.refresh_from_db()


def back(by: Actor, of: Order | MoneyIn, amount: int, reference: str = "BALIK-1") -> MoneyBack:
    return give_money_back(
        by=by, of=of, amount_rp=amount, method="transfer", returned_on=today(),
        reference=reference, reason="kelebihan",
    )  # fmt: skip


def test_exact_money_pays_the_order_and_finds_the_claim(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(3)
        claim_payment(by=shop.by, order=order)

        pay(shop, order)

        assert order.state == OrderState.PAID
        assert PaymentClaim.objects.get().outcome == ClaimOutcome.FOUND
        assert books("2100") == order.payable_rp
        assert books("2200") == MoneyIn.objects.get().fee_rp > 0
        assert reserved(shop) == 3
        assert broken_checks() == {}


def test_the_same_line_again_is_the_same_money(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        first = pay(shop, order, reference="TRX-A")
        second = pay(shop, order, reference="TRX-A")

        assert first.pk == second.pk
        assert order.paid_rp == order.payable_rp
        assert broken_checks() == {}


def test_a_reference_with_another_amount_is_told(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        pay(shop, order, 100_000, reference="TRX-A", matched=False)

        with pytest.raises(Refused, match="reference_used"):
            pay(shop, order, 100_001, reference="TRX-A")

        assert MoneyIn.objects.get().order is None
        assert order.paid_rp == 0


def test_an_account_of_somebody_else_is_refused(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        order.qris.owner_id = shop.scene.world.parties["coop_kpg"].pk

        with pytest.raises(Refused, match="payee_of_other"):
            pay(shop, order)

        assert not MoneyIn.objects.exists()


def test_money_without_an_order_waits_and_is_matched_later(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        money = pay(shop, order, matched=False)
        waits = list(waiting_money([shop.scene.facility.pk]))
        likely = orders_for_money([order.payee_key], [money.amount_rp], clock.now())

        match_money(by=shop.scene.by, money=money, order=order)

        assert waits == [money]
        assert likely[order.payee_key, money.amount_rp] == [order]
        assert order.state == OrderState.PAID
        assert not waiting_money([shop.scene.facility.pk]).exists()


def test_money_for_another_order_is_told_of_the_first(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        first, second = shop.order(), shop.order()
        money = pay(shop, first)

        with pytest.raises(Refused, match="money_matched"):
            match_money(by=shop.scene.by, money=money, order=second)

        second.refresh_from_db()
        assert second.paid_rp == 0


def test_money_from_before_the_order_is_not_its_own(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        money = pay(shop, order, matched=False, day=today() - timedelta(days=1))

        with pytest.raises(Refused, match="money_before_order"):
            match_money(by=shop.scene.by, money=money, order=order)

        assert MoneyIn.objects.get().order is None


def test_late_money_revives_the_order_while_there_is_stock(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(2)
        expire(shop, order)
        pay(shop, order)
        state, odd = order.state, list(odd_orders([shop.scene.facility.pk]))

        revive_order(by=shop.scene.by, order=order)

        assert (state, odd) == (OrderState.EXPIRED, [order])
        assert order.state == OrderState.PAID
        assert reserved(shop) == 2
        assert broken_checks() == {}


def test_late_money_goes_back_where_the_stock_is_gone(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(20)
        expire(shop, order)
        shop.order(20)
        pay(shop, order)
    with pytest.raises(Refused, match="goods_sold_out"), shop.scene.world.everywhere():
        revive_order(by=shop.scene.by, order=order)

    with shop.scene.world.everywhere():
        order.refresh_from_db()
        assert order.state == OrderState.EXPIRED
        assert reserved(shop) == 20
        back(shop.scene.by, order, order.paid_rp)
        assert broken_checks() == {}


def test_too_much_goes_back_and_no_more(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        pay(shop, order, order.payable_rp + 5_000)
        with pytest.raises(Refused, match="money_back_exceeds"):
            back(shop.scene.by, order, 5_001)

        first = back(shop.scene.by, order, 5_000)
        again = back(shop.scene.by, order, 5_000)

        assert first.pk == again.pk
        assert order.paid_rp == order.payable_rp
        assert not odd_orders([shop.scene.facility.pk]).exists()
        assert broken_checks() == {}


def test_the_same_money_twice_is_given_back(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        pay(shop, order)
        twin = pay(shop, order, matched=False)
        likely = orders_for_money([order.payee_key], [twin.amount_rp], clock.now())

        back(shop.scene.by, twin, twin.amount_rp)

        assert likely[order.payee_key, twin.amount_rp] == [order]
        with pytest.raises(Refused, match="money_returned"):
            match_money(by=shop.scene.by, money=twin, order=order)
        assert not waiting_money([shop.scene.facility.pk]).exists()
        assert broken_checks() == {}


def test_money_that_found_no_order_goes_back_whole(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        money = pay(shop, shop.order(), 90_000, matched=False)

        with pytest.raises(Refused, match="money_back_exceeds"):
            back(shop.scene.by, money, 40_000)

        assert not MoneyBack.objects.exists()


def test_too_little_waits_for_the_rest(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        claim_payment(by=shop.by, order=order)
        pay(shop, order, order.payable_rp - 10_000)
        until = clock.now() + timedelta(hours=20)

        wait_for_rest(by=shop.scene.by, order=order, until=until)

        order.refresh_from_db()
        assert (order.state, order.pay_until) == (OrderState.PLACED, until)
        assert reserved(shop) == 1
        rest = orders_for_money([order.payee_key], [10_000], clock.now())
        assert rest[order.payee_key, 10_000] == [order]
        pay(shop, order, 10_000)
        assert order.state == OrderState.PAID
        assert broken_checks() == {}


def test_the_rest_is_waited_for_until_a_last_day(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        pay(shop, order, order.payable_rp - 10_000)
        asked = order.pay_until

        with pytest.raises(Refused, match="rest_too_late"):
            wait_for_rest(by=shop.scene.by, order=order, until=clock.now() + timedelta(days=8))

        order.refresh_from_db()
        assert order.pay_until == asked
        PaymentTerm.objects.filter(method=order.method).update(rest_days=9)
        wait_for_rest(by=shop.scene.by, order=order, until=clock.now() + timedelta(days=8))
        last = clock.format_date(last_day_of_rest(order), "id")
    waiting = shop.scene.world.client("receipts").get("/desk/").content.decode()
    assert f"paling lama {last}" in waiting


def test_a_claim_that_finds_nothing_gets_a_second_deadline_then_expires(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        claim_payment(by=shop.by, order=order)

        refuse_claim(by=shop.scene.by, order=order)

        order.refresh_from_db()
        assert order.state == OrderState.PLACED
        assert order.pay_until > clock.now() + timedelta(hours=3)
        assert PaymentClaim.objects.get().outcome == ClaimOutcome.NOT_FOUND
        expire(shop, order)
        assert order.state == OrderState.EXPIRED
        assert reserved(shop) == 0
        assert broken_checks() == {}


def test_a_cancelled_order_frees_its_stock_and_waits_with_its_money(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(3)
        pay(shop, order)

        cancel_at_desk(by=shop.scene.by, order=order, reason="Rusak semua")

        assert reserved(shop) == 0
        assert list(odd_orders([shop.scene.facility.pk])) == [order]
        back(shop.scene.by, order, order.paid_rp)
        assert order.paid_rp == 0
        assert books("2300") == 0
        assert not odd_orders([shop.scene.facility.pk]).exists()
        assert broken_checks() == {}


def paste(*lines: object) -> str:
    return "\n".join(str(line) for line in lines)


def test_a_statement_is_told_first_and_booked_once(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        first, second = shop.order(1, method="transfer"), shop.order(2, method="transfer")
        day = f"{today():%d-%m-%Y}"
        text = paste(
            f"{day}; {first.payable_rp}; TRX 1",
            f"{day}\tRp{second.payable_rp:,}".replace(",", ".") + "\tTRX 2; Budi",
            f"{day}; 12.345; TRX 3",
            f"{day}; {first.payable_rp}; TRX 4",
        )
        told = examine_statement(payee(first), text)
        before = MoneyIn.objects.count()

        book_statement(by=shop.scene.by, book=first.book, payee=payee(first), text=text)
        again = book_statement(by=shop.scene.by, book=first.book, payee=payee(first), text=text)

        assert before == 0
        assert [found.order for found in told] == [first, second, None, None]
        assert all(found.is_known for found in again)
        assert MoneyIn.objects.count() == 4
        states = Order.objects.values_list("state", flat=True)
        assert set(states) == {OrderState.PAID}
        assert waiting_money([shop.scene.facility.pk]).count() == 2
        assert broken_checks() == {}


def test_a_statement_with_a_wrong_line_books_nothing(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        order = shop.order(method="transfer")
        text = paste(f"{today():%d-%m-%Y}; {order.payable_rp}; TRX 1", "keterangan tanpa angka")

        with pytest.raises(Refused, match="statement_wrong"):
            book_statement(by=shop.scene.by, book=order.book, payee=payee(order), text=text)

        assert not MoneyIn.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "seller", "outsider", "nobody"])
def test_only_a_treasurer_matches(shop: Shop, who: str) -> None:
    with shop.scene.world.everywhere():
        order = shop.order()
        facts = {"book": order.book, "payee": payee(order)}

    with pytest.raises(Refused), shop.scene.world.acting(who) as scope:
        record_money_in(
            by=scope.actor, amount_rp=1_000, received_on=today(), reference="X", **facts
        )

    with shop.scene.world.everywhere():
        assert not MoneyIn.objects.exists()
