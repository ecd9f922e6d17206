"""From the open form to a shop: what is asked, who decides, what the mails say."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Office, Region
from berdaya.market import tasks
from berdaya.market.access import market_scope
from berdaya.market.actions.applying import (
    admit_application,
    answer_question,
    ask_applicant,
    decline_application,
    send_application,
    turn_shop,
)
from berdaya.market.models import Application, Decision, Seller, Shop
from tests.market.scene import SAME, Market, again, apply, facts, open_shop, region, seller_client
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")


def typed(world: World, **other: str) -> dict[str, str]:
    known = {
        "request_key": str(uuid4()),
        "shop_name": "Tenun Fajar",
        "trade": "cloth",
        "about": "Kain tenun dari rumah.",
        "owner": "Ibu Kenari",
        "region": region(world).pk,
        "phone": "0812 0000 0055",
        "email": "fajar@contoh.id",
        "nib": "",
        "agree": "on",
    }
    return known | other


def test_form_sent_twice_is_one_application(world: World) -> None:
    visitor, told = Client(headers=SAME), typed(world)

    first, second = (visitor.post("/usaha/daftar", told) for _turn in range(2))

    assert (first.status_code, first["Location"]) == (302, second["Location"])
    with market_scope():
        assert Application.objects.get().phone == "+6281200000055"
    assert "Tenun Fajar" in visitor.get(first["Location"]).content.decode()


def test_form_says_what_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    answer = Client(headers=SAME).post("/usaha/daftar", typed(world, nib="12", agree=""))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "NIB terdiri dari 13 angka." in html
    assert 'value="Tenun Fajar"' in html
    with market_scope():
        assert not Application.objects.exists()


def test_form_from_elsewhere_is_refused(world: World) -> None:
    answer = Client(headers={"Sec-Fetch-Site": "cross-site"}).post("/usaha/daftar", typed(world))

    assert answer.status_code == 403
    with market_scope():
        assert not Application.objects.exists()


def test_form_is_kept_by_no_cache() -> None:
    answer = Client().get("/usaha/daftar")

    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies


def test_second_open_application_of_a_telephone_is_refused(world: World) -> None:
    apply(world, "Tenun Fajar")

    with pytest.raises(Refused, match="market_application_open"), market_scope() as by:
        send_application(by=by, request_key=uuid4(), facts=facts(world, "Tenun Lain"))

    with market_scope():
        assert Application.objects.count() == 1


def test_question_answer_admission(market: Market) -> None:
    row = apply(market.world, "Tenun Fajar")

    with acting(market.desk, "test") as scope:
        ask_applicant(by=scope.actor, application=row, question="Di mana menenunnya?")
    with market_scope() as by:
        answer_question(by=by, application=again(row), answer="Di rumah.")
    answered = again(row)
    with acting(market.desk, "test") as scope:
        shop = admit_application(by=scope.actor, application=answered)
        told = [one.verb for one in Decision.objects.all()]

    assert told == ["ask", "admit"]
    assert again(row).answer == "Di rumah."
    with market_scope():
        assert Seller.objects.get(shop=shop).login == "toko1@contoh.id"


def test_application_is_decided_once(market: Market) -> None:
    row = apply(market.world, "Tenun Fajar")
    with acting(market.desk, "test") as scope:
        decline_application(by=scope.actor, application=row, reason="Bukan barang sendiri")

    declined = again(row)
    with (
        pytest.raises(Refused, match="market_application_decided"),
        acting(market.desk, "test") as scope,
    ):
        admit_application(by=scope.actor, application=declined)

    with market_scope():
        assert not Shop.objects.exists()


def test_officer_of_another_region_neither_sees_nor_decides(market: Market) -> None:
    row = apply(market.world, "Tenun Fajar")
    with market.world.everywhere():
        other = Region.objects.create(
            code="53.99", name="Kabupaten Lain", level="regency", parent_id="53",
            reference=region(market.world).reference,
        )  # fmt: skip
        Office.objects.filter(appointments__staff=market.officer).update(region=other)

    with pytest.raises(Refused, match="market_out_of_region"), acting(market.desk, "test") as scope:
        admit_application(by=scope.actor, application=row)
    desk = market.world.client("umkm_officer")
    assert desk.get(f"/desk/market-applications/{row.pk}/").status_code == 404
    assert "Tenun Fajar" not in desk.get("/desk/market-applications/").content.decode()


def test_officer_of_the_region_sees_it_waiting_and_admits(market: Market) -> None:
    row = apply(market.world, "Tenun Fajar")
    with market.world.everywhere():
        offices = Office.objects.filter(appointments__staff=market.officer)
        offices.update(region=region(market.world))
    desk = market.world.client("umkm_officer")

    today = desk.get("/desk/").content.decode()
    answer = desk.post(f"/desk/market-applications/{row.pk}/admission/")

    assert "Pendaftaran usaha menunggu diperiksa" in today
    assert answer.status_code == 302
    assert "Tenun Fajar" in desk.get(answer["Location"]).content.decode()


def test_invitation_by_mail_opens_the_shop_and_names_no_other_house(
    market: Market, settings: object
) -> None:
    settings.NEUTRAL_BASE_URL = "https://usaha.contoh.id"  # type: ignore[attr-defined]
    settings.NEUTRAL_MAIL_FROM = "toko@usaha.contoh.id"  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["usaha.contoh.id"]  # type: ignore[attr-defined]
    row = apply(market.world, "Tenun Fajar")
    with acting(market.desk, "test") as scope:
        admit_application(by=scope.actor, application=row)

    tasks.mail_applicant(application_id=str(row.pk))

    (letter,) = mail.outbox
    whole = letter.message().as_string()
    assert letter.from_email == "toko@usaha.contoh.id"
    assert "@usaha.contoh.id>" in letter.message()["Message-ID"]
    assert not re.search(r"berdaya|pemasyarakatan|lapas|localhost", whole, re.I)
    code = re.search(r"^([2-9A-Z]{5}-){2}[2-9A-Z]{5}$", letter.body, re.M)
    assert code
    here = {**SAME, "host": "usaha.contoh.id"}
    browser = Client(headers=here)
    told = {"login": "TOKO1@contoh.id", "code": code[0], "password": "ombak-pasir-jagung"}
    assert browser.post("/usaha/undangan", told)["Location"] == "/usaha"
    assert browser.get("/usaha").status_code == 200
    assert Client(headers=here).post("/usaha/undangan", told).status_code == 409


def test_paused_shop_is_out_of_sight_and_closed_one_signs_out(market: Market) -> None:
    shop = open_shop(market, "Kain Senja")
    owner = seller_client(shop)
    page = f"/toko/{shop.code}"

    with acting(market.desk, "test") as scope:
        turn_shop(by=scope.actor, shop=shop, verb="pause", note="Keluhan pembeli")
    assert Client().get(page).status_code == 404
    assert owner.get("/usaha").status_code == 200
    with acting(market.desk, "test") as scope:
        turn_shop(by=scope.actor, shop=shop, verb="close", note="Usaha berhenti")

    assert owner.get("/usaha").status_code == 302
    with (
        pytest.raises(Refused, match="market_shop_state_differs"),
        acting(market.desk, "test") as scope,
    ):
        turn_shop(by=scope.actor, shop=shop, verb="resume")


def test_declined_applicant_is_forgotten_after_half_a_year(market: Market) -> None:
    row = apply(market.world, "Tenun Fajar")
    with acting(market.desk, "test") as scope:
        decline_application(by=scope.actor, application=row, reason="Bukan barang sendiri")

    with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
        tasks.forget(timestamp=0)
    assert again(row).phone == "+6281200000001"
    with time_machine.travel(clock.now() + timedelta(days=183), tick=False):
        tasks.forget(timestamp=0)

    kept = again(row)
    assert (kept.owner, kept.phone, kept.email, kept.about) == ("", "", "", "")
