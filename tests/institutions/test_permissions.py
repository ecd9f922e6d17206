"""The page that explains why one may or may not, and the way to it from every refusal."""

from datetime import date, timedelta

import pytest

from berdaya.core import clock
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.explain import explain
from tests.counting import at_most
from tests.world import SINCE, World

PAGE = "/desk/permissions/"


def test_yes_names_the_decree_and_until_when(world: World) -> None:
    page = world.client("head").get(PAGE, {"ability": "payout.approve"}).text

    assert "Anda dapat menyetujui daftar pembayaran premi" in page
    assert "SK-head" in page
    assert "sampai SK baru" in page


def test_no_says_why_what_next_and_who_else(world: World) -> None:
    page = world.client("officer").get(PAGE, {"ability": "payout.approve"}).text

    assert "Anda tidak dapat menyetujui daftar pembayaran premi" in page
    assert "ability_missing" in page
    assert "Head Contoh" in page
    assert "Regional Contoh" in page
    assert "Perlu lebih dari satu orang" in page


def test_acting_head_may_by_the_acting_decree(world: World) -> None:
    today = clock.today()
    with world.everywhere() as scope:
        appoint(
            by=scope.actor, staff=world.staff["receipts"], role="head", place=world.atb,
            kind="plh", decree_no="SPRIN-9", decree_on=today, valid_from=today,
            valid_until=today + timedelta(days=3),
        )  # fmt: skip

    page = world.client("receipts").get(PAGE, {"ability": "gate.approve"}).text

    assert "Plh. Kepala UPT" in page
    assert "SPRIN-9" in page


def test_who_works_elsewhere_is_not_told(world: World) -> None:
    page = world.client("officer").get(
        PAGE, {"ability": "payout.approve", "unit": str(world.kpg.pk)}
    )

    assert "facility_out_of_scope" in page.text
    assert "Outside Head" not in page.text


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("officer", 404), ("outsider", 404)])
def test_only_who_sees_staff_asks_about_another(world: World, who: str, status: int) -> None:
    asked = {"ability": "sheet.write", "staff": str(world.staff["seller"].pk)}

    answer = world.client(who).get(PAGE, asked)

    assert answer.status_code == status


def test_head_asks_about_nobody_of_another_unit(world: World) -> None:
    asked = {"ability": "sheet.write", "staff": str(world.staff["outsider"].pk)}

    assert world.client("head").get(PAGE, asked).status_code == 404


def test_auditor_is_told_about_the_letter(world: World) -> None:
    with world.everywhere():
        answer = explain(
            staff=world.staff["auditor"], ability="books.view", facility=world.atb,
            on=date(2026, 11, 23), names_others=True,
        )  # fmt: skip
        later = explain(
            staff=world.staff["auditor"], ability="books.view", facility=world.atb,
            on=date(2027, 6, 1), names_others=True,
        )  # fmt: skip

    assert answer.verdict.ok
    assert [one.number for one in answer.letters] == ["ST-1"]
    assert later.verdict.codes == ("letter_missing",)


def test_administrator_may_at_units_that_stay_closed(world: World) -> None:
    page = world.client("administrator").get(
        PAGE, {"ability": "staff.view", "unit": str(world.atb.pk)}
    ).text  # fmt: skip

    assert "Anda dapat melihat petugas" in page
    assert "SK-administrator" in page


def test_every_refusal_leads_to_the_page(world: World) -> None:
    answer = world.client("seller").get("/desk/staff/")

    assert answer.status_code == 403
    assert f'href="{PAGE}?ability=staff.view"' in answer.text


def test_page_costs_the_same_for_one_and_for_many(world: World) -> None:
    client = world.client("head")
    asked = {"ability": "payout.approve", "staff": str(world.staff["seller"].pk)}

    with at_most(12):
        client.get(PAGE, asked)


def test_unknown_ability_asks_again(world: World) -> None:
    answer = world.client("officer").get(PAGE, {"ability": "nothing"})

    assert answer.status_code == 200
    assert "jawaban" not in answer.text


def test_decrees_of_others_are_not_told_to_strangers(world: World) -> None:
    """Somebody without any role learns which roles may, never who holds them."""
    page = world.client("nobody").get(
        PAGE, {"ability": "books.view", "unit": str(world.atb.pk)}
    ).text  # fmt: skip

    assert "not_appointed" in page
    assert "Head Contoh" not in page
    assert str(SINCE.year) not in page.partition("Peran yang dapat")[2]
