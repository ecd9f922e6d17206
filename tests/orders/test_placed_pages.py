"""The page of what was ordered: every state, its QR, claims, cancelling, returns, and outsiders."""

import io
import json
import logging
from datetime import timedelta

import pytest
import qriskit
import time_machine
import zxingcpp
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from PIL import Image

from berdaya.core import clock
from berdaya.core.events import Handler
from berdaya.core.locks import in_any_order
from berdaya.core.middleware import RequestLog
from berdaya.core.models import AuditRow
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Party
from berdaya.orders.actions.packing import pack_order
from berdaya.orders.actions.steps import expire_overdue, move_order
from berdaya.orders.mails import send_state
from berdaya.orders.models import (
    Checkout,
    GoodsReturn,
    Hold,
    Order,
    OrderState,
    OrderStep,
    PaymentClaim,
    Shipment,
)
from berdaya.orders.tasks import expire_everywhere, tell_moved, tell_placed
from berdaya.orders.telling import both_clocks
from berdaya.proceeds.models import Sale
from berdaya.stock.models import StockLevel
from tests.counting import at_most
from tests.orders.buyer import PHONE, TYPED, Buyer, open_second, ordered
from tests.orders.counter import hand, pay
from tests.orders.scene import Shop, open_shop
from tests.world import World

BUTTONS = ("klaim", "batal", "terima", "retur")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def only(shop: Shop) -> Order:
    with shop.scene.world.everywhere():
        return Order.objects.select_related("checkout").get()


def page_of(buyer: Buyer, checkout: Checkout) -> str:
    return buyer.client.get(f"{buyer.root}/pesanan/{checkout.code}/").content.decode()


def move(shop: Shop, order: Order, to: str) -> None:
    """As the desk does, in short."""
    with shop.scene.world.everywhere():
        move_order(shop.by, order, to, since=OrderState.values)


def run(handler: Handler, order: Order, subject_id: int | str) -> None:
    """As the worker does: inside the scope of one facility."""
    with system_scope("task", [order.facility_id]):
        handler(order.facility_id, subject_id)


def test_the_page_is_private_and_says_how_to_pay(shop: Shop) -> None:
    buyer, checkout = ordered(shop, 2)
    with at_most(8):
        answer = buyer.client.get(f"/pesanan/{checkout.code}/")

    page, order = answer.content.decode(), only(shop)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies
    assert str(order.payable_rp) in page
    assert "ID1020000000001" in page
    assert "KARYA WBP NTT" in page
    assert "WITA (" in page
    assert "WIB)" in page
    assert "sisa 29 menit" in page
    assert "wa.me/?text=" in page
    for planted in (TYPED["name"], PHONE, PHONE[3:], TYPED["address"], TYPED["gift_note"]):
        assert planted not in page


def test_the_page_costs_the_same_for_two_orders(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        second = open_second(shop)
    buyer = Buyer()
    buyer.put(shop.listing)
    buyer.put(second)
    answer = buyer.order()

    with at_most(8):
        page = buyer.placed(answer).content.decode()
    assert page.count('<figure class="pay-code">') == 2
    assert "ID1020000000002" in page


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_code_on_the_page_holds_the_exact_amount(shop: Shop, kind: str) -> None:
    buyer, checkout = ordered(shop)
    order = only(shop)
    answer = buyer.client.get(f"/pesanan/{checkout.code}/{order.code}/qris.{kind}")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    if kind == "png":
        assert "attachment" in answer["Content-Disposition"]
        read = zxingcpp.read_barcode(Image.open(io.BytesIO(answer.content)))
        payload = qriskit.parse(read.text)
        assert int(payload.amount) == order.payable_rp
        assert payload.additional_data.bill_number == order.code
    else:
        assert b"<svg" in answer.content


def test_an_unknown_code_is_not_found_anywhere(shop: Shop) -> None:
    buyer, checkout = ordered(shop)
    order, stranger = only(shop), Client()
    with shop.scene.world.everywhere():
        other = shop.place().orders.get()
    wrong = "2" * 15

    assert stranger.get(f"/pesanan/{wrong}/").status_code == 404
    assert stranger.get(f"/pesanan/{wrong}/{order.code}/qris.svg").status_code == 404
    assert stranger.get(f"/pesanan/{checkout.code}/{other.code}/qris.svg").status_code == 404
    for button in BUTTONS:
        for code, one in ((wrong, order.code), (checkout.code, other.code)):
            assert stranger.post(f"/pesanan/{code}/{one}/{button}/").status_code == 404
    assert page_of(buyer, checkout).count("Saya sudah bayar") == 1
    with shop.scene.world.everywhere():
        assert not PaymentClaim.objects.exists()


def test_a_claim_holds_the_goods_and_promises_an_answer(shop: Shop) -> None:
    buyer, checkout = ordered(shop, 2)
    order = only(shop)
    first, again = buyer.press(order, "klaim"), buyer.press(order, "klaim")

    assert first.status_code == again.status_code == 303
    with shop.scene.world.everywhere():
        claim = PaymentClaim.objects.get()
    page = page_of(buyer, checkout)
    assert both_clocks(claim.decide_by) in page
    assert "sedang mencocokkannya" in page
    assert "qris.svg" not in page
    with time_machine.travel(order.pay_until + timedelta(hours=2)):
        with shop.scene.world.everywhere():
            assert expire_overdue(by=shop.by) == 0
        assert "sedang mencocokkannya" in page_of(buyer, checkout)


def test_a_third_checkout_of_one_phone_may_not_claim(shop: Shop) -> None:
    for _checkout in range(2):
        buyer, checkout = ordered(shop)
        with shop.scene.world.everywhere():
            one = checkout.orders.select_related("checkout").get()
        assert buyer.press(one, "klaim").status_code == 303
    buyer, checkout = ordered(shop)
    with shop.scene.world.everywhere():
        third = checkout.orders.select_related("checkout").get()
    refused = buyer.press(third, "klaim")

    assert refused.status_code == 409
    assert "claims_too_many" in refused.content.decode()
    with shop.scene.world.everywhere():
        assert PaymentClaim.objects.count() == 2
        assert Order.objects.get(pk=third.pk).state == OrderState.PLACED


def test_one_checkout_of_three_orders_may_claim_all(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        second = open_second(shop)
    buyer = Buyer()
    buyer.put(shop.listing)
    buyer.put(second)
    buyer.order()
    with shop.scene.world.everywhere():
        orders = list(Order.objects.select_related("checkout"))

    assert [buyer.press(one, "klaim").status_code for one in orders] == [303, 303]


def test_a_late_order_says_so_at_once(shop: Shop) -> None:
    buyer, checkout = ordered(shop, 20)
    order = only(shop)
    with time_machine.travel(order.pay_until + timedelta(seconds=1)):
        page = page_of(buyer, checkout)
        code = buyer.client.get(f"/pesanan/{checkout.code}/{order.code}/qris.svg")
        late = buyer.press(order, "klaim")

    assert "Kedaluwarsa" in page
    assert "Uang Anda dicari" in page
    assert "Saya sudah bayar" not in page
    assert code.status_code == 404
    assert "claim_too_late" in late.content.decode()


def test_the_next_placing_takes_what_a_late_order_held(shop: Shop) -> None:
    ordered(shop, 20)
    order = only(shop)
    late = order.pay_until + timedelta(seconds=1)
    with time_machine.travel(late), shop.scene.world.everywhere():
        later = shop.order(20)

    with shop.scene.world.everywhere():
        order.refresh_from_db()
        assert order.state == OrderState.EXPIRED
        assert later.state == OrderState.PLACED
        assert StockLevel.objects.get(place=shop.gallery).reserved == 20
        assert {hold.outcome for hold in Hold.objects.filter(line__order=order)} == {"freed"}


def test_every_minute_what_is_late_ends(shop: Shop) -> None:
    ordered(shop, 3)
    order = only(shop)
    expire_everywhere(timestamp=0)
    early = only(shop).state
    with time_machine.travel(order.pay_until + timedelta(seconds=1)):
        expire_everywhere(timestamp=0)
        expire_everywhere(timestamp=60)

    assert early == OrderState.PLACED
    assert only(shop).state == OrderState.EXPIRED
    with shop.scene.world.everywhere():
        assert StockLevel.objects.get(place=shop.gallery).reserved == 0
        assert OrderStep.objects.filter(order=order, kind="expired").count() == 1


def test_an_unpaid_order_is_cancelled_once(shop: Shop) -> None:
    buyer, checkout = ordered(shop, 3)
    order = only(shop)
    answers = [buyer.press(order, "batal").status_code for _press in range(2)]

    assert answers == [303, 303]
    assert "Dibatalkan" in page_of(buyer, checkout)
    with shop.scene.world.everywhere():
        assert StockLevel.objects.get(place=shop.gallery).reserved == 0
        assert OrderStep.objects.filter(order=order, kind="cancelled").count() == 1


def test_what_is_claimed_or_paid_is_not_cancelled_here(shop: Shop) -> None:
    buyer, _checkout = ordered(shop, 3)
    order = only(shop)
    buyer.press(order, "klaim")
    refused = buyer.press(order, "batal")

    assert refused.status_code == 409
    assert "order_has_money" in refused.content.decode()
    assert only(shop).state == OrderState.CLAIMED


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paid", "sudah diterima"),
        ("packed", "menunggu kurir"),
        ("handed_over", "Sudah saya terima"),
        ("completed", "Pesanan selesai"),
        ("cancelled", "dibatalkan"),
    ],
)
def test_every_state_is_said_in_plain_words(shop: Shop, state: str, words: str) -> None:
    buyer, checkout = ordered(shop)
    move(shop, only(shop), state)
    with at_most(8):
        page = page_of(buyer, checkout)

    assert words in page


def handed(shop: Shop, order: Order) -> None:
    """Paid, packed and given to the courier."""
    with shop.scene.world.everywhere(), in_any_order():
        pay(shop, order)
        pack_order(by=shop.scene.by, order=order)
        hand(shop, order)


def test_received_does_what_a_delivery_at_the_desk_does(shop: Shop) -> None:
    buyer, _checkout = ordered(shop, 2)
    order = only(shop)
    early = buyer.press(order, "terima").status_code
    handed(shop, order)
    with shop.scene.world.everywhere():
        expected = Sale.objects.get().final_on
    answers = [buyer.press(order, "terima").status_code for _press in range(2)]

    assert early == 409
    assert answers == [303, 303]
    assert only(shop).state == OrderState.COMPLETED
    with shop.scene.world.everywhere():
        shipment, today = Shipment.objects.get(), clock.today(shop.scene.facility.timezone)
        assert shipment.delivered_on == today
        assert shipment.sale.final_on == today + timedelta(days=7) < expected
        assert OrderStep.objects.filter(order=order, kind="completed").count() == 1


def test_a_return_is_asked_once(shop: Shop) -> None:
    buyer, checkout = ordered(shop, 2)
    order = only(shop)
    handed(shop, order)
    with shop.scene.world.everywhere():
        line = order.lines.get()

    def ask(qty: int, reason: str = "rusak") -> int:
        values = {"reason": reason, f"line_{line.pk}": str(qty)}
        return int(buyer.press(order, "retur", **values).status_code)

    refused = [ask(0), ask(3), ask(1, reason="")]
    asked = [ask(1), ask(2)]

    assert refused == [409, 422, 422]
    assert asked == [303, 303]
    with shop.scene.world.everywhere():
        made = GoodsReturn.objects.get()
        assert made.code.startswith("LP-ATB-26-RT")
        assert int(made.lines.get().qty) == 1
        assert OrderStep.objects.filter(order=order, kind="return_asked").count() == 1
    assert made.code in page_of(buyer, checkout)
    assert "Ajukan retur</a>" not in page_of(buyer, checkout)


def test_nothing_is_returned_before_it_was_handed_over(shop: Shop) -> None:
    buyer, _checkout = ordered(shop)
    order = only(shop)
    with shop.scene.world.everywhere():
        line = order.lines.get()
    refused = buyer.press(order, "retur", reason="rusak", **{f"line_{line.pk}": "1"})

    assert "return_not_yet" in refused.content.decode()
    with shop.scene.world.everywhere():
        assert not GoodsReturn.objects.exists()


def test_mails_tell_of_states_in_the_buyers_language_without_the_gift_text(shop: Shop) -> None:
    buyer = Buyer("en")
    buyer.put(shop.listing)
    buyer.order()
    order = only(shop)
    run(tell_placed, order, str(order.pk))
    move(shop, order, OrderState.PAID)
    with shop.scene.world.everywhere():
        step = OrderStep.objects.get(order=order, kind="paid")
    run(tell_moved, order, step.pk)
    with shop.scene.world.everywhere():
        late = send_state(str(order.pk), OrderState.PLACED)

    subjects = [one.subject for one in mail.outbox]
    assert len(subjects) == 2
    assert not late
    assert "waiting for payment" in subjects[0]
    for one in mail.outbox:
        assert one.to == [TYPED["email"]]
        assert f"/en/pesanan/{order.checkout.code}/" in one.body
        assert "Ikat shawl" in one.body
        for planted in (TYPED["name"], TYPED["address"], TYPED["gift_note"], PHONE):
            assert planted not in one.body + one.subject


def test_placing_queues_a_mail_with_ids_only(shop: Shop) -> None:
    ordered(shop)
    order = only(shop)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE task_name LIKE %s", ["%orders.%"]
        )
        jobs = [
            (name, json.loads(args) if isinstance(args, str) else args) for name, args in cursor
        ]

    assert [name for name, _args in jobs] == ["berdaya:orders.tasks.tell_placed__on_orders.placed"]
    assert jobs[0][1] == {"facility_id": order.facility_id, "subject_id": str(order.pk)}


def test_without_an_address_no_mail_is_sent(shop: Shop) -> None:
    ordered(shop, email="")
    order = only(shop)
    run(tell_placed, order, str(order.pk))

    assert not mail.outbox


def test_what_a_buyer_typed_is_in_no_log_line_and_no_audit_row(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with shop.scene.world.everywhere():
        before = AuditRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    buyer = Buyer()
    buyer.put(shop.listing)
    key = buyer.key()
    buyer.order(key, langkah="wilayah")
    buyer.order(key, postcode="x")
    buyer.order(key)
    order = only(shop)
    buyer.press(order, "klaim")
    move(shop, order, OrderState.HANDED_OVER)
    with shop.scene.world.everywhere():
        line = order.lines.get()
        why = f"{TYPED['name']} {TYPED['address']}"
    buyer.press(order, "retur", reason=why, **{f"line_{line.pk}": "1"})
    with shop.scene.world.everywhere():
        rows = AuditRow.objects.filter(pk__gt=before)
        audited = " ".join(str(one) for one in rows.values_list("before", "after", "reason"))

    # The database's own log of statements is never on outside a test that asks for it.
    logged = " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    digits = PHONE[3:]
    for planted in (TYPED["name"], digits, TYPED["phone"], TYPED["address"], TYPED["gift_note"]):
        assert planted not in audited
        assert planted not in logged


@pytest.mark.parametrize("path", ["/pesanan/{}/", "/en/pesanan/{}/X/klaim/?a=1", "/pesanan/{}"])
def test_the_log_never_holds_a_code(path: str) -> None:
    request = RequestFactory().get(path.format("7K2QM4XTRH9CDFW"))

    told = RequestLog.format_request(request)

    assert "7K2QM" not in told
    assert "/pesanan/…" in told


@pytest.mark.parametrize("state", [OrderState.EXPIRED, OrderState.CANCELLED])
def test_an_order_that_ended_leads_back_to_the_shop_and_names_the_seller(
    shop: Shop, state: OrderState
) -> None:
    buyer, checkout = ordered(shop)
    order = only(shop)
    move(shop, order, state)
    with shop.scene.world.everywhere():
        Party.objects.filter(pk=shop.listing.seller_id).update(contact="toko@contoh.example")

    page = page_of(buyer, checkout)

    assert '<a class="button second" href="/produk/">' in page
    assert "Hubungi penjual: toko@contoh.example" in page


def test_a_cancelled_order_whose_money_went_back_says_so(shop: Shop) -> None:
    buyer, checkout = ordered(shop)
    order = only(shop)
    move(shop, order, OrderState.PAID)
    move(shop, order, OrderState.CANCELLED)

    page = page_of(buyer, checkout)

    assert "telah dikembalikan seluruhnya" in page
    assert "Tidak ada yang perlu dibayar" not in page


def test_a_refused_return_keeps_what_was_typed(shop: Shop) -> None:
    buyer, _checkout = ordered(shop, 2)
    order = only(shop)
    handed(shop, order)
    with shop.scene.world.everywhere():
        line = order.lines.get()

    answer = buyer.press(order, "retur", reason="robek di tepi", **{f"line_{line.pk}": "0"})

    assert answer.status_code == 409
    assert "robek di tepi" in answer.content.decode()
    assert "Belum ada barang yang dipilih" in answer.content.decode()
    with shop.scene.world.everywhere():
        assert not GoodsReturn.objects.exists()
