"""Consent, mention and safety in Chromium: every page at both widths, axe clean, to the shop."""

from datetime import timedelta

import pytest
from playwright.sync_api import sync_playwright

from berdaya.core import clock
from berdaya.workshop.actions.safety import Answer, check_safety
from berdaya.workshop.safety import POINTS
from tests.browser.desk import Desk, served, started
from tests.catalog.mentions import LABEL, LABEL_EN, approve, propose
from tests.orders.scene import Shop, open_shop
from tests.people.consents import give, give_publicity
from tests.workshop.test_safety import happen_at
from tests.world import make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(real_db: str) -> Shop:
    world = make_world()
    with world.everywhere():
        shop = open_shop(world)
    give(world)
    approve(shop, propose(shop, give_publicity(world, shop.listing.slug)))
    give_publicity(world, shop.listing.slug, "card")
    happen_at(world.atb, shop.scene.workshop, world.people["lontar"], world.actor("officer"))
    with world.acting() as scope:
        answers = {one: Answer(one != "fire", "isi ulang dipesan") for one in POINTS}
        check_safety(
            by=scope.actor, workshop=shop.scene.workshop, answers=answers,
            checked_on=clock.today() - timedelta(days=3),
        )  # fmt: skip
    return shop


def test_pages_of_consent_and_safety_are_readable_and_whole(shop: Shop) -> None:
    world, slug = shop.scene.world, shop.listing.slug
    world.give_card("officer")
    person, shop_pk = world.people["cendana"].code, shop.scene.workshop.pk
    work = f"/desk/wbp/{person}/kerja/"
    pages = {
        "kerja": work,
        "catat": f"{work}consents/",
        "publikasi": f"{work}publicity/",
        "henti": f"{work}holds/",
        "kesediaan": "/desk/consents/",
        "belum": "/desk/consents/missing/",
        "naskah": "/desk/consent-texts/",
        "jaminan": "/desk/insurances/new/",
        "sebutan": "/desk/mentions/",
        "barang": f"/desk/listings/{slug}/mentions/",
        "bersih": f"/desk/wbp/{person}/clean-page/",
        "kejadian": "/desk/incidents/",
        "kejadian-baru": "/desk/incidents/new/",
        "aman": f"/desk/workshops/{shop_pk}/safety/",
        "periksa": f"/desk/workshops/{shop_pk}/safety/new/",
        "toko": f"/produk/{slug}/",
        "shop": f"/en/produk/{slug}/",
    }
    with sync_playwright() as playwright, served() as host:
        browser = started(playwright)
        officer = Desk(browser, host, "officer")
        for name, path in pages.items():
            officer.goto(path, name)
        officer.goto(f"/produk/{slug}/", "toko")
        seen = officer.page.locator(".shown-makers").inner_text()
        officer.goto(f"/en/produk/{slug}/", "shop")
        seen_en = officer.page.locator(".shown-makers").inner_text()
        officer.goto(work, "kerja")
        officer.page.locator("a:has-text('Cabut')").first.focus()
        assert officer.page.evaluate("document.activeElement.textContent").strip() == "Cabut"
        browser.close()

    assert officer.troubles == []
    assert LABEL in seen
    assert LABEL_EN in seen_en
