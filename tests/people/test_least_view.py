"""Humas and the counsellor do their work with the least that they need to see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from berdaya.core import clock
from berdaya.people.actions.rights import record_case
from berdaya.people.models import Consent, RightsCase
from tests.counting import at_most
from tests.orders.scene import open_shop
from tests.people.consents import give_publicity, text_of
from tests.people.names import NAMES, plant
from tests.people.test_consent_pages import words
from tests.world import SINCE, World

LIST = "/desk/publicity/"


def form_of(world: World, who: str, end: str = "") -> str:
    return f"/desk/wbp/{world.people[who].code}/kerja/publicity/{end}"


def test_humas_sees_numbers_and_pseudonyms_of_the_own_unit_alone(world: World) -> None:
    plant(world)
    client = world.client("humas")

    with at_most(12):
        page = client.get(LIST).text

    assert all(word in page for word in ("A-001", "Cendana", "A-003", "Kelor", "Belum ditanya"))
    assert not any(word in page for word in ("Waru", "Pinang", *NAMES.values()))
    assert form_of(world, "cendana") in page
    assert LIST in client.get("/desk/").text


def test_humas_prints_records_and_comes_back_to_the_list(world: World) -> None:
    with world.everywhere():
        slug = open_shop(world).listing.slug
    client = world.client("humas")

    page = client.get(form_of(world, "cendana"))
    paper = client.post(form_of(world, "cendana", "form/"), {"language": "id", "paper": "a4"})
    said = client.post(form_of(world, "cendana"), {
        "text": text_of("publicity").pk, "item": slug, "channel": "shop", "given_on": str(SINCE),
        "last_day": "2027-05-31", "language": "id", "witness_role": "family",
    })  # fmt: skip

    assert form_of(world, "cendana", "form/") in page.text
    assert f'href="{reverse("people:participants")}"' not in page.text
    assert "001/SPP" in words(paper.content)
    assert (said.status_code, said["Location"]) == (302, LIST)
    with world.everywhere():
        assert Consent.objects.get().participant == world.people["cendana"]
    assert "Bersedia" in client.get(LIST).text
    assert "Cendana" in client.get(reverse("catalog:mentions", args=[slug])).text


def test_what_ends_soon_leads_humas_where_they_may_look(world: World) -> None:
    give_publicity(world, "kain-a", valid_until=clock.today() + timedelta(days=9))
    client = world.client("humas")

    today = client.get("/desk/").text
    listed = client.get(f"{LIST}?keadaan=soon").text

    assert f"{LIST}?keadaan=soon" in today
    assert "Cendana" in listed
    assert "Kelor" not in listed


@pytest.mark.parametrize("end", ["", "kerja/", "penempatan/", "data-diri/"])
def test_humas_opens_no_other_page_of_a_person(world: World, end: str) -> None:
    answer = world.client("humas").get(f"/desk/wbp/{world.people['cendana'].code}/{end}")

    assert answer.status_code in (403, 404)


def test_humas_of_one_unit_finds_nobody_of_another(world: World) -> None:
    client = world.client("humas")

    assert client.get(form_of(world, "waru")).status_code == 404
    assert client.post(form_of(world, "waru", "form/"), {"language": "id"}).status_code == 404


def case_of(world: World, who: str) -> RightsCase:
    with world.acting("bapas_head") as scope:
        return record_case(
            by=scope.actor, participant=world.people[who], facility=world.facilities["BP-KPG"],
            kind="copy", how="desk", received_at=clock.now(), subject="Ingin tahu isinya",
        )  # fmt: skip


def test_counsellor_finds_cases_of_own_clients_alone(world: World) -> None:
    own, other = case_of(world, "pinang"), case_of(world, "asam")
    client = world.client("counsellor")

    with at_most(12):
        listed = client.get("/desk/rights/").text
    today = client.get("/desk/").text

    assert own.code in listed
    assert other.code not in listed
    assert own.code in today
    assert other.code not in today
    assert client.get(f"/desk/rights/{own.code}/").status_code == 200
    assert "Duku" not in client.get(f"/desk/rights/{own.code}/").text


@pytest.mark.parametrize(
    ("method", "end"),
    [("get", ""), ("get", "answer/"), ("post", "answer/"), ("post", "receipt/"), ("post", "copy/")],
)
def test_case_of_another_client_is_as_unknown(world: World, method: str, end: str) -> None:
    plant(world)
    other = case_of(world, "asam")
    client = world.client("counsellor")

    answer = getattr(client, method)(f"/desk/rights/{other.code}/{end}")
    never = getattr(client, method)(f"/desk/rights/BP-KPG-99-X0001/{end}")

    assert (answer.status_code, never.status_code) == (404, 404)
    assert getattr(world.client("bapas_head"), method)(
        f"/desk/rights/{other.code}/{end}"
    ).status_code != 404  # fmt: skip


def test_counsellor_records_and_lands_on_the_case(world: World) -> None:
    client, now = world.client("counsellor"), clock.now() - timedelta(minutes=5)
    data = {"kind": "copy", "how": "desk", "subject": "Ingin tahu isinya",
            "day": str(clock.local(now).date()), "at": "00:01"}  # fmt: skip

    made = client.post(f"/desk/wbp/{world.people['pinang'].code}/rights/", data)
    other = client.post(f"/desk/wbp/{world.people['asam'].code}/rights/", data)

    assert (made.status_code, other.status_code) == (302, 404)
    assert client.get(made["Location"]).status_code == 200
