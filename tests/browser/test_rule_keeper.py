"""Who keeps the rules proposes one, sees what it would take away, and another person decides."""

import pytest
from playwright.sync_api import sync_playwright

from berdaya.catalog.queries import shown_listing
from berdaya.core import clock
from berdaya.goods.models import Category
from berdaya.institutions.access import public_scope
from berdaya.institutions.actions.staff import appoint
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.actions.rounds import run_round
from berdaya.legality.models import JudgingRound, MarketEntry, Requirement, RuleChange
from tests.browser.desk import Desk, served, started
from tests.orders.scene import Shop, open_shop
from tests.world import SINCE, World, join_cast, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(real_db: str) -> Shop:
    """One shawl that is shown, and two people at the national office."""
    world = make_world()
    with world.everywhere() as scope:
        shop = open_shop(world)
        judge_places(by=scope.actor, facility_ids=[world.atb.pk])
        second = join_cast(world, scope.actor, "national-2")
        appoint(
            by=scope.actor, staff=second, role="national", place=world.offices["IMIPAS-PAS"],
            decree_no="SK-2", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip
    for name in ("national", "national-2"):
        world.give_card(name)
    shop.world = world  # type: ignore[attr-defined]
    return shop


def is_shown(shop: Shop) -> bool:
    with public_scope():
        return shown_listing(shop.listing.slug, clock.now()) is not None


def fill(desk: Desk, **values: str) -> None:
    for key, value in values.items():
        box = desk.page.locator(f"main form [name={key}]")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)


def press(desk: Desk, words: str, name: str) -> None:
    desk.open(desk.page.get_by_role("button", name=words, exact=True), name)


def propose(desk: Desk) -> None:
    """A requirement of woven cloth: first its preview, then for good."""
    desk.goto("/desk/permits/requirements/", "syarat")
    desk.follow("Tambah aturan", "aturan-baru")
    fill(desk, category="Tenun", market="Eceran", permit_kind="Merek",
         legal_basis="Peraturan contoh 1/2026", effective_on=clock.today().isoformat(),
         reason="Contoh: semua kain perlu merek.")  # fmt: skip
    assert desk.page.locator("#contoh").get_by_text("Isi formulirnya").count()
    fill(desk, source="contoh")
    press(desk, "Lihat akibatnya", "akibatnya")
    assert desk.page.locator("#contoh").get_by_text("Selendang tenun ikat").count()
    press(desk, "Usulkan", "diusulkan")
    assert "Anda yang mengusulkan" in desk.page.content()
    assert desk.page.get_by_role("button", name="Setujui").count() == 0


def change_country(desk: Desk) -> None:
    """A row of a country is ended from its own line."""
    desk.goto("/desk/permits/countries/", "negara")
    desk.follow("Jepang", "jepang")
    fill(desk, answer="perlu telaah", source="contoh", reason="Contoh: minta telaah.",
         effective_on=clock.today().isoformat())  # fmt: skip
    press(desk, "Usulkan", "jepang-diusulkan")


def decide(desk: Desk, change: RuleChange, name: str) -> None:
    desk.goto(f"/desk/rules/{change.pk}/", name)
    press(desk, "Setujui", f"{name}-disetujui")


def test_rule_keepers_in_a_browser(shop: Shop) -> None:
    world: World = shop.world  # type: ignore[attr-defined]
    before = is_shown(shop)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        first = Desk(browser, host, "national")
        propose(first)
        change_country(first)
        with world.everywhere():
            changes = list(RuleChange.objects.order_by("pk"))
        second = Desk(browser, host, "national-2")
        second.goto("/desk/rules/", "perubahan")
        decide(second, changes[0], "tenun")
        still = is_shown(shop)
        run_round(JudgingRound.objects.values_list("pk", flat=True).get())
        second.goto(f"/desk/rules/{changes[0].pk}/", "selesai")
        is_done = "Selesai" in second.page.content()
        decide(second, changes[1], "jepang")
        second.goto("/en/desk/rules/", "perubahan-en")
        browser.close()

    assert first.troubles == second.troubles == []
    assert (before, still, is_shown(shop)) == (True, True, False)
    assert is_done
    with world.everywhere():
        tenun = Category.objects.get(code="tenun")
        assert Requirement.objects.get(category=tenun, market="retail").change == changes[0]
        held = MarketEntry.objects.on(clock.today()).get(destination="JP")
        assert (held.answer, held.change) == ("review", changes[1])
