"""Orders: held, paid, handed over, given back, lapsed, forgotten; the own book beside them."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
import zxingcpp
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from PIL import Image

from berdaya.core import clock
from berdaya.core.proofs import declared_checks
from berdaya.core.verdicts import Refused
from berdaya.institutions.qris import parse
from berdaya.market import tasks
from berdaya.market.access import market_scope
from berdaya.market.actions import ordering
from berdaya.market.actions.book import record_row, reverse_row
from berdaya.market.actions.ordering import Buyer
from berdaya.market.calc import Wanted
from berdaya.market.models import BookRow, Order, OrderContact, OrderState, Product, Shop
from tests.market.scene import SAME, Market, again, goods_of, open_shop, place, seller_client

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def shop(market: Market) -> Shop:
    return open_shop(market, "Kain Senja")


def do(action: Callable[..., Any], order: Order) -> Order:
    with market_scope() as by:
        action(by=by, order=again(order))
    return again(order)


def broken() -> list[str]:
    with market_scope():
        return [
            check.code
            for check in declared_checks()
            if check.code.startswith("market_") and check.rows()
        ]


def test_order_holds_and_hand_over_takes(shop: Shop) -> None:
    order = place(shop, 2)
    assert (goods_of(shop)[0].held, goods_of(shop)[0].on_hand) == (2, 3)

    do(ordering.confirm_paid, order)
    do(ordering.mark_packed, order)
    do(ordering.hand_over, order)

    assert (goods_of(shop)[0].held, goods_of(shop)[0].on_hand) == (0, 1)
    with market_scope():
        row = BookRow.objects.get()
        assert (row.order_id, row.amount_rp) == (order.pk, order.total_rp)
    assert broken() == []


def test_form_sent_twice_is_one_order(shop: Shop) -> None:
    first = place(shop)
    second = place(shop, request_key=first.request_key)

    assert first.pk == second.pk
    assert goods_of(shop)[0].held == 1


def test_more_than_there_are_is_refused_and_nothing_stays(shop: Shop) -> None:
    with pytest.raises(Refused, match="market_goods_gone"):
        place(shop, 4)

    with market_scope():
        assert not Order.objects.exists()
    assert goods_of(shop)[0].held == 0


def test_other_price_than_seen_is_refused(shop: Shop) -> None:
    row = goods_of(shop)[0]

    with pytest.raises(Refused, match="market_goods_changed"):
        place(shop, wanted=[Wanted(row.code, 1, row.price_rp - 1)])


def test_fourth_unpaid_order_of_a_telephone_is_refused(shop: Shop) -> None:
    with market_scope():
        Product.objects.filter(shop=shop).update(on_hand=20)
    for _turn in range(3):
        place(shop)

    with pytest.raises(Refused, match="market_unpaid_too_many"):
        place(shop)

    assert place(shop, buyer=Buyer("Orang Lain", "+6281299990002")).state == "placed"


def test_unpaid_order_lapses_and_frees_its_goods(shop: Shop) -> None:
    order = place(shop, 3)

    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        tasks.expire(timestamp=0)
        tasks.expire(timestamp=0)

    assert again(order).state == OrderState.EXPIRED
    assert goods_of(shop)[0].held == 0
    with pytest.raises(Refused, match="market_order_moved_on"):
        do(ordering.confirm_paid, order)
    assert broken() == []


def test_claimed_order_is_held_longer_and_seller_may_say_no(shop: Shop) -> None:
    order = place(shop)
    claimed = do(ordering.claim_payment, order)
    assert claimed.pay_until - claimed.claimed_at == timedelta(hours=72)

    rejected = do(ordering.reject_claim, order)

    assert (rejected.state, goods_of(shop)[0].held) == ("placed", 1)


def test_place_of_a_lapsed_order_is_free_at_once(shop: Shop) -> None:
    place(shop, 3)

    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        assert place(shop, 3, buyer=Buyer("Orang Lain", "+6281299990002")).state == "placed"


def test_step_is_taken_once(shop: Shop) -> None:
    order = place(shop)
    do(ordering.confirm_paid, order)

    with pytest.raises(Refused, match="market_order_moved_on"):
        do(ordering.confirm_paid, order)
    with pytest.raises(Refused, match="market_order_moved_on"):
        do(ordering.cancel_order, order)

    with market_scope():
        assert BookRow.objects.count() == 1


def test_refund_reverses_the_income_and_frees_the_goods(shop: Shop) -> None:
    order = place(shop)
    do(ordering.confirm_paid, order)

    do(ordering.refund_order, order)

    with market_scope():
        assert sum(BookRow.objects.values_list("amount_rp", flat=True)) == 0
    assert goods_of(shop)[0].held == 0
    assert broken() == []


def test_checks_name_what_is_wrong(shop: Shop) -> None:
    """The failing twins: a paid order without income, a hold without an order."""
    order = place(shop)
    with market_scope():
        Order.objects.filter(pk=order.pk).update(state="paid", paid_at=clock.now())
    assert broken() == ["market_income"]
    with market_scope():
        Product.objects.filter(shop=shop).update(held=2)
    assert broken() == ["market_held", "market_income"]


def test_book_takes_no_change_and_no_false_reversal(shop: Shop) -> None:
    with market_scope() as by:
        row = record_row(
            by=by, shop=shop, request_key=place(shop).pk, kind="expense", purpose="material",
            day=clock.today(), amount_rp=50_000, note="Benang",
        )  # fmt: skip
    for change in (
        lambda: BookRow.objects.filter(pk=row.pk).update(amount_rp=-1),
        lambda: BookRow.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), market_scope(), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), market_scope(), transaction.atomic():
        BookRow.objects.create(
            shop=shop, kind="reversal", reverses=row, amount_rp=1, day=clock.today(),
            recorded_at=clock.now(),
        )  # fmt: skip

    with market_scope() as by:
        reverse_row(by=by, row=row)
    with pytest.raises(Refused, match="market_row_reversed"), market_scope() as by:
        reverse_row(by=by, row=row)


def test_buyers_are_forgotten_after_thirty_days(shop: Shop) -> None:
    order = place(shop)
    do(ordering.cancel_order, order)

    with time_machine.travel(clock.now() + timedelta(days=29), tick=False):
        tasks.forget(timestamp=0)
        with market_scope():
            assert OrderContact.objects.get().name == "Pembeli Rekaan"
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        tasks.forget(timestamp=0)

    with market_scope():
        row = OrderContact.objects.get()
        assert (row.name, row.phone, row.email, row.address) == ("", "", "", "")


def test_qris_of_the_order_carries_amount_and_code(shop: Shop) -> None:
    order = place(shop)
    with market_scope():
        text = ordering.payee_of(again(shop), "qris")
    visitor = Client()

    svg = visitor.get(f"/toko/pesanan/{order.code}/qris.svg")
    png = visitor.get(f"/toko/pesanan/{order.code}/qris.png")

    assert (svg.status_code, png.content[:4]) == (200, b"\x89PNG")
    assert parse(text).merchant_name == "KAIN SENJA"
    read = read_back(png.content)
    assert (parse(read).amount_rp, parse(read).bill_number) == (order.total_rp, order.code)


def read_back(png: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return str(found.text)


def test_mails_tell_states_and_no_person(shop: Shop) -> None:
    order = place(shop, is_pickup=False)

    tasks.mail_order(order_id=str(order.pk), state="placed")
    tasks.mail_order(order_id=str(order.pk), state="paid")

    told = {one.to[0]: one.body for one in mail.outbox}
    assert set(told) == {"pembeli@contoh.id", "toko1@contoh.id"}
    assert f"/toko/pesanan/{order.code}" in told["pembeli@contoh.id"]
    assert all("Pembeli Rekaan" not in body and "+62" not in body for body in told.values())


def test_buyer_orders_pays_and_seller_carries_on(shop: Shop) -> None:
    visitor, row = Client(headers=SAME), goods_of(shop)[0]
    form = visitor.get(f"/toko/{shop.code}/pesan?barang={row.code}")
    assert form["Cache-Control"] == "no-store, private"
    key = form.context["form"]["request_key"].value()

    answer = visitor.post(
        f"/toko/{shop.code}/pesan",
        {
            "request_key": key, f"qty-{row.code}": "2", f"price-{row.code}": row.price_rp,
            "name": "Pembeli Rekaan", "phone": "0812 9999 0001", "way": "kirim",
            "address": "Jalan Contoh 1", "method": "qris",
        },
    )  # fmt: skip
    page = answer["Location"]
    visitor.post(f"{page}/sudah-bayar")
    owner = seller_client(shop)
    code = page.rpartition("/")[2]
    for step in ("lunas", "dikemas", "diserahkan"):
        assert owner.post(f"/usaha/pesanan/{code}/{step}").status_code == 302

    assert 'data-state="handed_over"' in visitor.get(page).content.decode()
    assert "Rp415.000" in owner.get("/usaha/buku").content.decode()
    file = owner.get("/usaha/buku/berkas")
    assert "415000" in file.content.decode("utf-8-sig")


def test_seller_neither_sees_nor_moves_another_shops_rows(market: Market, shop: Shop) -> None:
    other = open_shop(market, "Anyaman Pagi", 2)
    order, goods = place(other), goods_of(other)[0]
    owner = seller_client(shop)

    asked = [
        owner.get(f"/usaha/pesanan/{order.code}"),
        owner.post(f"/usaha/pesanan/{order.code}/lunas"),
        owner.get(f"/usaha/barang/{goods.code}"),
        owner.post(f"/usaha/barang/{goods.code}/foto"),
    ]

    assert [one.status_code for one in asked] == [404] * 4
    assert again(order).state == "placed"
    assert order.code not in owner.get("/usaha/pesanan").content.decode()


def test_step_that_is_over_is_told_in_the_neutral_look(shop: Shop) -> None:
    order = place(shop)
    do(ordering.cancel_order, order)

    answer = Client().post(f"/toko/pesanan/{order.code}/sudah-bayar")

    assert answer.status_code == 409
    assert "market_order_moved_on" in answer.content.decode()
    assert "berdaya" not in answer.content.decode().lower()
