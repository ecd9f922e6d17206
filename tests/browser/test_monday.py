"""A counsellor's Monday on a phone: who is due, names in one act, a visit without a signal."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from berdaya.aftercare.models import FollowUp
from berdaya.core import clock
from tests.aftercare.scene import days_ago, follow, supervised
from tests.browser.desk import Desk, served, started
from tests.people.names import plant
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def bapas(real_db: str) -> World:
    """Pinang was seen two months ago; the report of this month and a follow-up are due."""
    world = make_world()
    row = supervised(world)
    follow(world, row, on=days_ago(61), trade="other", obstacles=("permits",))
    plant(world, "pinang", phone="0812-0000-0001")
    return world


def test_monday_of_a_counsellor_on_a_phone(bapas: World) -> None:
    bapas.give_card("counsellor")
    person = bapas.people["pinang"].code
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        seat = Desk(browser, host, "counsellor", width=360)
        page = seat.page
        seat.goto("/desk/clients/", "klien")
        page.get_by_role("button", name="Buka nama dan telepon").click()
        expect(page.locator("[data-name] a[href^='tel:']")).to_be_visible()
        seat.look("nama")
        seat.goto(f"/desk/clients/{person}/", "satu-klien")
        seat.goto(f"/desk/clients/{person}/follow-ups/", "tindak-lanjut")
        seat.goto("/desk/fieldwork/", "lapangan")
        expect(page.locator("[data-field-ready]")).to_be_visible()
        page.context.set_offline(True)
        page.goto(f"{host}/desk/fieldwork/")
        page.select_option("[name=client]", person)
        known = page.input_value("[name=trade]")
        page.select_option("[name=trade]", "yes")
        page.locator("form[data-field-form] [type=submit]").click()
        expect(page.locator("[data-field-list] li")).to_have_count(1)
        seat.look("antrean")
        kept = page.evaluate("JSON.stringify(localStorage)")
        page.context.set_offline(False)
        page.locator("[data-field-send]").click()
        expect(page.locator("[data-field-list] li")).to_have_count(0)
        seat.look("terkirim")
        seat.goto("/en/desk/clients/?semua=1", "semua-en")
        browser.close()

    assert seat.troubles == []
    assert known == "other"
    assert "Contoh" not in kept
    with bapas.everywhere():
        rows = FollowUp.objects.filter(happened_on__gte=clock.today() - timedelta(days=1))
        assert [one.trade for one in rows] == ["yes"]
