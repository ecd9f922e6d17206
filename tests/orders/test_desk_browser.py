"""Pages of orders that wait, and of money taken off, in Chromium: axe, and nothing sticks out."""

import os
from functools import partial

import pytest
from playwright.sync_api import sync_playwright

from berdaya.orders.actions.cancelling import cancel_at_desk
from berdaya.orders.actions.handover import request_order_pass
from berdaya.orders.actions.unmatching import unmatch_money
from berdaya.orders.models import MoneyIn
from berdaya.stock.actions.gates import approve_gate_pass
from tests.institutions.test_browser import _fulfil, answers_for, troubles_of
from tests.look.test_browser import ARGS
from tests.orders.counter import delivered, pay, ready, today
from tests.orders.counter import many_at_once as many_at_once
from tests.orders.scene import Shop, open_shop
from tests.orders.test_fulfilment import inside
from tests.orders.test_returns import sent_back
from tests.world import World

pytestmark = [
    pytest.mark.browser, pytest.mark.usefixtures("db"), pytest.mark.usefixtures("many_at_once"),
]  # fmt: skip


@pytest.fixture
def pages(world: World) -> list[tuple[str, str]]:
    """(address, who looks) of everything that these orders show."""
    with world.everywhere():
        shop = open_shop(world)
        little, wrong = shop.order(), shop.order()
        pay(shop, little, little.payable_rp - 10_000)
        matched = pay(shop, wrong)
        back = sent_back(shop, delivered(shop, 2), 2)
    code = withdrawn(world, shop)
    with world.everywhere():
        taken = pay(shop, shop.order())
        unmatch_money(by=shop.scene.by, money=taken, reason="Milik pesanan lain")
        free = MoneyIn.objects.get(pk=taken.pk)
    desk = "/desk/matching"
    return [
        ("/desk/", "receipts"),
        (f"/desk/orders/{little.code}/", "receipts"),
        (f"/desk/orders/{little.code}/deadline/", "receipts"),
        (f"{desk}/{matched.pk}/", "receipts"),
        (f"{desk}/{matched.pk}/unmatching/", "receipts"),
        (f"{desk}/{free.pk}/", "receipts"),
        (f"/desk/returns/{back.code}/", "head"),
        (f"/desk/gate-passes/{code}/", "officer"),
        ("/desk/payment-terms/", "officer"),
        ("/desk/payment-terms/new/", "administrator"),
    ]


def withdrawn(world: World, shop: Shop) -> str:
    """The code of an approved pass whose order was cancelled."""
    with world.everywhere():
        inside(shop, 16)
        order = ready(shop, 6)
    with world.acting("officer") as scope:
        (asked,) = request_order_pass(by=scope.actor, order=order, day=today(), carrier="Giatja")
    with world.acting("head") as scope:
        approve_gate_pass(by=scope.actor, gate_pass=asked)
    with world.acting("officer") as scope:
        cancel_at_desk(by=scope.actor, order=order, reason="Pembeli batal")
    return asked.code


def test_pages_of_waiting_orders_are_accessible_and_fit(
    world: World, pages: list[tuple[str, str]]
) -> None:
    fetched = [(path, answers_for(world.client(who), path)) for path, who in pages]
    assert {answers[path]["status"] for path, answers in fetched} == {200}

    troubles = []
    with sync_playwright() as playwright:
        program = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGS)
        for path, answers in fetched:
            page = browser.new_page()
            page.route("**/*", partial(_fulfil, answers=answers))
            troubles += troubles_of(page, path)
            page.close()
        browser.close()

    assert troubles == []
