"""A request about one's data, a breach and the periods of keeping, in Chromium, pages only."""

from datetime import timedelta

import pytest
from playwright.sync_api import sync_playwright

from berdaya.core import clock
from berdaya.people.actions.participants import end_placement
from berdaya.people.actions.retention import run_retention
from berdaya.people.models import RetentionRule, RightsCase
from tests.browser.desk import Desk, served, started
from tests.people.rights_scene import ask, seal
from tests.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture
def unit(real_db: str) -> World:
    """Sealed identities, one of them of a person who left long enough ago, and a late request."""
    world = make_world()
    for who in ("cendana", "lontar"):
        seal(world, who)
    ask(world, "objection", "kelor", received_at=clock.now() - timedelta(hours=80))
    with world.everywhere() as scope:
        end_placement(
            by=scope.actor, participant=world.people["lontar"], facility=world.atb,
            on=clock.today() - timedelta(days=90), status="released",
        )  # fmt: skip
        RetentionRule.objects.filter(purpose="identity").update(months=2)
        run_retention(by=scope.actor, facility=world.atb, today=clock.today())
    return world


def test_request_breach_and_retention_in_a_browser(unit: World) -> None:
    person = unit.people["cendana"].code
    for name in ("officer", "head", "national"):
        unit.give_card(name)
    with served() as host, sync_playwright() as playwright:
        browser = started(playwright)
        officer = Desk(browser, host, "officer")
        officer.goto(f"/desk/wbp/{person}/", "orang")
        officer.follow("Hak atas data", "permohonan-baru")
        officer.send("salinan", kind="Salinan data (Pasal 7 dan 32)",
                     how="Lisan di meja petugas", subject="Semua tentang saya")  # fmt: skip
        code = officer.code()
        slip = officer.printed(f"/desk/rights/{code}/receipt/")
        copy = officer.printed(f"/desk/rights/{code}/copy/")
        form = officer.paper("/desk/rights-form.pdf")
        officer.follow("Jawab", "jawab")
        officer.send("dijawab", outcome="Dikabulkan",
                     handed_over="Diserahkan langsung, tanpa orang lain")  # fmt: skip
        officer.goto(f"/desk/wbp/{person}/rights/", "hapus-baru")
        officer.send("hapus", kind="Penghapusan data diri (Pasal 8)",
                     how="Formulir kertas", subject="Hapus nama saya")  # fmt: skip
        officer.goto("/desk/rights/", "daftar")
        officer.goto("/desk/new-breach/", "insiden-baru")
        officer.page.check("[name=data_kinds][value=identity]")
        officer.send("insiden", happened="Lembar roll tertinggal di ruang kunjungan.",
                     people_count="12", measures="Lembar diambil kembali.")  # fmt: skip
        failure = officer.code()
        letter = officer.printed(f"/desk/breaches/{failure}/letter/")
        officer.follow("Catat pemberitahuan", "pemberitahuan")
        officer.send("diberitahu", told="Orang yang datanya terkena",
                     how="Surat yang diserahkan langsung", document_no="W.22-PAS-7")  # fmt: skip
        head = Desk(browser, host, "head")
        head.goto("/desk/breaches/", "insiden-daftar")
        head.goto("/desk/retention/", "masa-simpan")
        head.open(head.page.locator("a[href$='/keeping/']").first, "tahan")
        head.goto("/en/desk/retention/", "masa-simpan-en")
        national = Desk(browser, host, "national")
        national.goto("/desk/new-breach/", "insiden-nasional")
        national.goto("/desk/retention/rules/new/", "masa-baru")
        browser.close()

    assert officer.troubles == head.troubles == national.troubles == []
    assert all(paper.startswith(b"%PDF") for paper in (slip, copy, form, letter))
    with unit.everywhere():
        assert RightsCase.objects.get(code=code).answer.outcome == "granted"
