"""The desk pages of orders: who may, what they cost, what they do; no buyer where makers look."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.links import find_node, walk
from berdaya.institutions.today import waiting
from berdaya.orders import prints
from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.claims import claim_payment
from berdaya.orders.actions.handover import request_order_pass
from berdaya.orders.actions.masking import mask_contacts
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.models import (
    GoodsReturn,
    MoneyBack,
    MoneyIn,
    Order,
    OrderContact,
    OrderState,
    PaymentTerm,
    Shipment,
    ShippingRate,
)
from berdaya.papers.actions.documents import print_document
from berdaya.proceeds.prints import nota_words
from berdaya.stock.actions.gates import approve_gate_pass, issue_delivery_note
from berdaya.stock.models import GatePass, StockLevel
from tests.counting import at_most
from tests.orders.counter import delivered, hand, many_at_once, pay, pickup, ready, today
from tests.orders.scene import BUYER, Shop, open_shop
from tests.orders.test_fulfilment import inside, other_level
from tests.proceeds.scene import broken_checks
from tests.world import World

__all__ = ["many_at_once"]

# Nobody could hold any of it for a word of ours.
PLANTED = ("Pembeli Rekaan", "Jalan Rekaan 7", "81200000001", "pembeli@contoh", "ulang tahun")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def fill(shop: Shop, rounds: int) -> dict[str, str]:
    """Orders in every state, `rounds` of each; the last code by state."""
    codes: dict[str, str] = {}
    for _number in range(rounds):
        codes["placed"] = shop.order().code
        claimed = shop.order(method="transfer")
        if rounds == 1:
            claim_payment(by=shop.by, order=claimed)
            codes["claimed"] = claimed.code
        paid = shop.order()
        pay(shop, paid)
        codes["paid"] = paid.code
        codes["packed"] = ready(shop).code
        handed = ready(shop)
        hand(shop, handed)
        codes["handed_over"] = handed.code
        done = delivered(shop, **pickup(shop))
        ask_return(by=shop.by, order=done, pieces={done.lines.get().pk: Decimal(1)}, reason="Sobek")
        codes["completed"] = done.code
        late = shop.order()
        pay(shop, late)
        cancel_at_desk(by=shop.scene.by, order=late, reason="Rusak")
        codes["cancelled"] = late.code
        pay(shop, late, 12_345, matched=False)
    return codes


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("orders:orders", "officer"),
        ("orders:orders", "regional"),
        ("orders:matching", "receipts"),
        ("orders:returns", "head"),
        ("orders:rates", "officer"),
        ("orders:terms", "officer"),
        ("institutions:today", "cooperative"),
    ],
)
@pytest.mark.usefixtures("many_at_once")
def test_lists_cost_the_same_for_any_number(shop: Shop, name: str, who: str, rounds: int) -> None:
    with shop.scene.world.everywhere():
        fill(shop, rounds)
    client = shop.scene.world.client(who)
    client.get(reverse(name))

    with at_most(12):
        answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert not any(word in answer.content.decode() for word in PLANTED)


@pytest.mark.usefixtures("many_at_once")
def test_pages_of_every_state_cost_at_most_twelve(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        codes = fill(shop, 1)
    client = world.client("cooperative")

    for state, code in codes.items():
        with at_most(12):
            answer = client.get(reverse("orders:order", args=[code]))

        assert answer.status_code == 200, state
        assert "Pembeli Rekaan" in answer.content.decode()


@pytest.mark.usefixtures("many_at_once")
def test_packing_costs_at_most_twelve(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        code = fill(shop, 1)["paid"]
        other_level(shop)
    client = world.client("officer")
    url = reverse("orders:packing", args=[code])
    client.get(url)

    with at_most(12):
        answer = client.get(url)

    assert answer.status_code == 200
    assert not any(word in answer.content.decode() for word in PLANTED)


@pytest.mark.parametrize("who", ["head", "regional", "auditor", "national"])
@pytest.mark.usefixtures("many_at_once")
def test_who_only_looks_sees_no_buyer_and_no_button(shop: Shop, who: str) -> None:
    with shop.scene.world.everywhere():
        code = ready(shop).code
    client = shop.scene.world.client(who)

    answer = client.get(reverse("orders:order", args=[code]))

    words = answer.content.decode()
    assert answer.status_code == 200
    assert not any(word in words for word in PLANTED)
    assert reverse("orders:handover", args=[code]) not in words
    assert client.get(reverse("orders:label", args=[code])).status_code == 403


@pytest.mark.usefixtures("many_at_once")
def test_orders_are_found_by_code_and_by_amount(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        first, second = shop.order(), shop.order(2)
    client = shop.scene.world.client("officer")

    by_code = client.get("/desk/orders/", {"cari": first.code[-5:]}).content.decode()
    amount = f"Rp{second.payable_rp:,}".replace(",", ".")
    by_amount = client.get("/desk/orders/", {"cari": amount}).content.decode()

    assert first.code in by_code
    assert second.code not in by_code
    assert second.code in by_amount
    assert first.code not in by_amount


@pytest.mark.usefixtures("many_at_once")
def test_no_export_names_a_buyer(shop: Shop) -> None:
    with shop.scene.world.everywhere():
        code = ready(shop).code
    client = shop.scene.world.client("officer")

    told = client.get("/desk/orders/", {"ekspor": "csv"}).getvalue().decode("utf-8-sig")

    assert code in told
    assert not any(word in told for word in PLANTED)


# From here each request is a scope of its own, so the order of locks is the real one.


def post(client: Client, name: str, code: object, **facts: object) -> str:
    answer = client.post(reverse(f"orders:{name}", args=[code]), facts)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer["Location"])


def key_of(order: Order) -> str:
    return f"{order.book_id}|{order.payee_key}"


def test_an_order_goes_its_whole_way_over_the_pages(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 20)
        order = shop.order(2)
        claim_payment(by=shop.by, order=order)
    treasurer, officer, head = (world.client(who) for who in ("receipts", "officer", "head"))
    code, day = order.code, today().isoformat()

    post(
        treasurer, "money", code, payee=key_of(order), amount_rp=order.payable_rp,
        received_on=day, reference="TRX-1",
    )  # fmt: skip
    post(officer, "packing", code)
    post(officer, "gate_pass", code, day=day, carrier="Petugas Contoh")
    refused = officer.post(
        reverse("orders:handover", args=[code]), {"handed_on": day, "courier": "JNE"}
    )
    with world.everywhere():
        pass_code = GatePass.objects.get(reference=code).code
    head.post(reverse("stock:approval", args=[pass_code]))
    post(officer, "handover", code, handed_on=day, courier="JNE", tracking_no="")
    post(officer, "tracking", code, courier="JNE", tracking_no="JNE-7")
    post(officer, "delivery", code, delivered_on=day)
    with world.everywhere():
        line = order.lines.get()
    where = post(officer, "new_return", code, **{f"qty_{line.pk}": "1", "reason": "Sobek"})
    accepted = head.post(
        where,
        {
            "refunded_on": day, "method": "transfer", "answer": "",
            f"amount_{line.pk}": "385000", f"condition_{line.pk}": "damaged",
            "shipping_reference": "ONGKIR-1",
        },
    )  # fmt: skip

    assert refused.status_code == 409
    assert accepted.status_code == 302
    with world.everywhere():
        order.refresh_from_db()
        assert order.state == OrderState.COMPLETED
        assert Shipment.objects.get().tracking_no == "JNE-7"
        assert GoodsReturn.objects.get().outcome == "accepted"
        assert order.shipping_back_rp == order.shipping_rp
        assert broken_checks() == {}


def test_a_lot_is_swapped_over_the_page(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        order = shop.order(2)
        pay(shop, order)
        level, line = other_level(shop), order.lines.get()
        hold = line.holds.get()
    officer = world.client("officer")
    facts = {"line": line.pk, "hold": hold.pk, "level": level.pk, "qty": "2"}

    without = officer.post(reverse("orders:swaps", args=[order.code]), facts)
    post(officer, "swaps", order.code, reason="Noda", **facts)
    post(officer, "packing", order.code)
    where = post(officer, "unpacking", order.code, reason="Salah")

    assert without.status_code == 409
    assert where == reverse("orders:packing", args=[order.code])
    with world.everywhere():
        assert StockLevel.objects.get(pk=level.pk).reserved == 2
        assert broken_checks() == {}


def test_a_statement_is_looked_at_then_booked(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        first, second = shop.order(method="transfer"), shop.order(2, method="transfer")
    treasurer = world.client("receipts")
    lines = [f"{today():%d-%m-%Y}; {one.payable_rp}; T{one.pk}" for one in (first, second)]
    facts = {"payee": key_of(first), "text": "\n".join(lines)}
    url = reverse("orders:statement")

    looked = treasurer.post(url, facts)
    with world.everywhere():
        before = MoneyIn.objects.count()
    booked = treasurer.post(url, {**facts, "book": "1"})
    again = treasurer.post(url, {**facts, "book": "1"})

    assert before == 0
    assert first.code in looked.content.decode()
    assert second.code in booked.content.decode()
    assert again.status_code == 200
    with world.everywhere():
        assert MoneyIn.objects.count() == 2
        assert set(Order.objects.values_list("state", flat=True)) == {"paid"}
        assert broken_checks() == {}


def test_money_that_does_not_fit_is_decided_over_the_pages(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        order, other = shop.order(), shop.order()
    treasurer, day = world.client("receipts"), today().isoformat()
    money = {"payee": key_of(order), "received_on": day}

    paid = post(
        treasurer, "money", order.code, amount_rp=order.payable_rp + 700, reference="T1", **money
    )
    back = {"method": "transfer", "returned_on": day, "reason": "Lebih"}
    post(treasurer, "money_back", order.code, amount_rp=700, reference="B1", **back)
    post(treasurer, "money", other.code, amount_rp=10_000, reference="T2", **money)
    post(treasurer, "deadline", other.code, hours=24)
    new = treasurer.post(
        reverse("orders:new_money"), {**money, "amount_rp": 55_555, "reference": "T3"}
    )
    page = treasurer.get(new["Location"])
    with world.everywhere():
        loose = MoneyIn.objects.get(reference="T3")
    post(treasurer, "money_return", loose.pk, amount_rp=55_555, reference="B2", **back)

    assert paid == reverse("orders:order", args=[order.code])
    assert page.status_code == 200
    with world.everywhere():
        assert MoneyBack.objects.count() == 2
        order.refresh_from_db()
        other.refresh_from_db()
        assert (order.state, other.state) == (OrderState.PAID, OrderState.PLACED)
        assert broken_checks() == {}


def test_a_claim_not_found_and_a_late_payment_over_the_pages(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        order = shop.order()
        claim_payment(by=shop.by, order=order)
    treasurer, day = world.client("receipts"), today().isoformat()

    post(treasurer, "claim_refusal", order.code, sure="1")
    with world.everywhere():
        Order.objects.update(state=OrderState.PLACED)
        order.refresh_from_db()
        cancel_at_desk(by=shop.scene.by, order=order, reason="Tidak ada")
    post(
        treasurer, "money", order.code, payee=key_of(order), amount_rp=order.payable_rp,
        received_on=day, reference="T1",
    )  # fmt: skip
    post(treasurer, "revival", order.code, sure="1")

    with world.everywhere():
        order.refresh_from_db()
        assert order.state == OrderState.PAID
        assert broken_checks() == {}


def test_a_new_rate_ends_the_one_before(shop: Shop) -> None:
    world = shop.scene.world
    head, day = world.client("head"), today()
    terms = {
        "zone": "Kupang", "zone_en": "Kupang", "first_kg_rp": 20_000, "next_kg_rp": 9_000,
        "days_from": 1, "days_until": 3, "legal_basis": "Tarif kurir", "destination": "53.71",
    }  # fmt: skip
    url = reverse("orders:new_rate")

    first = head.post(url, {**terms, "valid_from": day})
    later = day + timedelta(days=10)
    second = head.post(url, {**terms, "first_kg_rp": 25_000, "valid_from": later})
    third = head.post(url, {**terms, "valid_from": later})

    assert (first.status_code, second.status_code, third.status_code) == (302, 302, 409)
    with world.everywhere():
        rows = ShippingRate.objects.filter(origin="53.04", destination="53.71")
        ends = list(rows.order_by("valid_from").values_list("valid_until", flat=True))
        assert ends == [later, None]


def test_only_an_administrator_sets_payment_terms(shop: Shop) -> None:
    world = shop.scene.world
    url, terms = reverse("orders:new_term"), {
        "method": "qris", "minutes_to_pay": 45, "most_rp": 10_000_000, "answer_hours": 7,
        "rest_days": 5, "most_unpaid": 2, "valid_from": today(), "legal_basis": "Ketentuan toko",
    }  # fmt: skip

    head = world.client("head").post(url, terms)
    administrator = world.client("administrator").post(url, terms)

    assert head.status_code == 403
    assert administrator.status_code == 302
    with world.everywhere():
        assert PaymentTerm.objects.on(today()).get(method="qris").minutes_to_pay == 45


@pytest.mark.usefixtures("many_at_once")
def test_hari_ini_tells_each_what_waits(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        fill(shop, 1)
        pay(shop, shop.order(), 1_000)
    ids = frozenset([world.atb.pk])

    told = {}
    for who in ("officer", "receipts", "head", "regional"):
        with world.acting(who) as scope:
            told[who] = {item.state_text for item in waiting(scope.actor, ids)}

    assert told["officer"] >= {"Pesanan"}
    assert told["receipts"] >= {"Cocokkan", "Uang", "Putuskan"}
    assert "Putuskan" in told["head"]
    assert not told["regional"] & {"Pesanan", "Cocokkan", "Uang", "Putuskan"}


@pytest.mark.usefixtures("many_at_once")
def test_papers_for_inside_know_nothing_of_the_buyer(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        inside(shop, 20)
        order = ready(shop, 2)
        passes = request_order_pass(
            by=shop.scene.by, order=order, day=today(), carrier="Petugas Contoh"
        )
    with world.acting("head") as scope:
        row = approve_gate_pass(by=scope.actor, gate_pass=passes[0])
    officer = world.client("officer")

    answer = officer.get(reverse("orders:picklist", args=[order.code]))
    with world.acting("officer") as scope:
        note = issue_delivery_note(by=scope.actor, gate_pass=row)
        slips = [
            print_document(by=scope.actor, document=one)
            for one in (GatePass.objects.get(pk=row.pk).document, note)
        ]
    with world.everywhere():
        words = str(prints.picklist_words(order))
        hand(shop, order)
        sale = Shipment.objects.get().sale
        words += str(nota_words(sale))
        words += " ".join(step.node.label for step in walk(find_node(order.code)))

    told = answer["Content-Disposition"] + words
    assert answer.status_code == 200
    assert all(pdf.startswith(b"%PDF") for pdf in (answer.content, *slips))
    assert order.code in answer["Content-Disposition"]
    assert not any(word in told for word in PLANTED)
    pages = [
        world.client("officer").get(url).content.decode()
        for url in (
            reverse("stock:gate_pass", args=[row.code]),
            reverse("proceeds:sale", args=[sale.code]),
            reverse("stock:lot", args=[shop.scene.lot.code]),
            reverse("stock:card", args=[shop.scene.variant.pk]),
        )
    ]
    assert not any(word in page for page in pages for word in PLANTED)


@pytest.mark.usefixtures("many_at_once")
def test_the_label_is_printed_until_the_buyer_is_forgotten(shop: Shop) -> None:
    world = shop.scene.world
    with world.everywhere():
        order, unpaid = ready(shop), shop.order()
    officer = world.client("officer")
    url = reverse("orders:label", args=[order.code])

    before = officer.get(url)
    too_early = officer.get(reverse("orders:label", args=[unpaid.code]))
    with world.everywhere():
        said = prints.label_words(order)
        hand(shop, order)
        Shipment.objects.update(delivered_on=today())
        mask_contacts(by=shop.scene.by, today=today() + timedelta(days=30))
    after = officer.get(url)
    page = officer.get(reverse("orders:order", args=[order.code])).content.decode()

    assert before.status_code == 200
    assert said["name"] == BUYER.name
    assert said["gift"] == BUYER.gift_note
    assert (too_early.status_code, after.status_code) == (409, 409)
    assert "disamarkan" in page
    assert not any(word in page for word in PLANTED)
    with world.everywhere():
        assert OrderContact.objects.filter(masked_at__lte=clock.now()).count() == 1
