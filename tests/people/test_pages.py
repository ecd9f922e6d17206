"""The officer's pages about people: own rows, few queries, 404 for the rest."""

import pytest

from berdaya.people.models import Participant, Placement, StatusPeriod
from tests.counting import at_most
from tests.world import World


def page_of(world: World, name: str) -> str:
    return f"/desk/wbp/{world.people[name].code}/"


def test_list_shows_own_people_by_number_and_pseudonym(world: World) -> None:
    page = world.client().get("/desk/wbp/").content.decode()

    assert "A-001" in page
    assert "Cendana" in page
    assert "Waru" not in page


@pytest.mark.parametrize("extra", [0, 40])
@pytest.mark.parametrize("path", ["/desk/wbp/", "/en/desk/wbp/", "/desk/wbp/?dulu=1"])
def test_list_costs_the_same_for_many(world: World, path: str, extra: int) -> None:
    with world.everywhere():
        for number in range(extra):
            person = Participant.objects.create(
                code=f"X{number}", pseudonym="Sirih", facility=world.atb
            )
            facts = {"participant": person, "facility": world.atb, "valid_from": "2026-01-01"}
            Placement.objects.create(work_number=f"S-{number}", **facts)
            StatusPeriod.objects.create(status="convict", **facts)
    client = world.client()

    with at_most(10):
        response = client.get(path)

    assert response.status_code == 200


def test_list_is_searched_filtered_and_exported(world: World) -> None:
    client = world.client()

    found = client.get("/desk/wbp/?cari=kelor").content.decode()
    detained = client.get("/desk/wbp/?status=detainee").content.decode()
    file = client.get("/desk/wbp/?ekspor=csv")

    assert "Kelor" in found
    assert "Cendana" not in found
    assert "Kelor" in detained
    assert "Cendana" not in detained
    assert b"Cendana" in b"".join(file) if file.streaming else b"Cendana" in file.content


def test_person_page_shows_the_course(world: World) -> None:
    client = world.client()

    with at_most(12):
        page = client.get(page_of(world, "cendana")).content.decode()

    assert "A-001" in page
    assert "6 Januari 2025" in page


@pytest.mark.parametrize("end", ["", "penempatan/", "status/", "keluar/"])
@pytest.mark.parametrize("name", ["officer", "head", "mentor", "administrator"])
def test_pages_of_another_facility_are_unknown(world: World, name: str, end: str) -> None:
    response = world.client(name).get(page_of(world, "waru") + end)
    unknown = world.client(name).get(f"/desk/wbp/LP-KPG-25-W9999/{end}")

    assert response.status_code == unknown.status_code
    assert response.status_code in (403, 404)
    assert "Waru" not in response.content.decode()


def test_register_by_form(world: World) -> None:
    client = world.client()
    data = {
        "pseudonym": "Melati",
        "work_number": "A-010",
        "status": "convict",
        "valid_from": "2026-11-02",
    }

    response = client.post("/desk/wbp/baru/", data)

    assert response.status_code == 302
    assert "Melati" in client.get(response.url).content.decode()


def test_register_by_form_refuses_a_nik_with_422(world: World) -> None:
    data = {"pseudonym": "5304120101900001", "work_number": "A-010", "status": "convict"}

    response = world.client().post("/desk/wbp/baru/", data)

    assert response.status_code == 422
    with world.everywhere():
        assert not Placement.objects.filter(work_number="A-010").exists()


def test_refusal_is_a_page_with_reason_and_code(world: World) -> None:
    data = {
        "pseudonym": "Melati",
        "work_number": "A-001",
        "status": "convict",
        "valid_from": "2026-11-02",
    }

    response = world.client().post("/desk/wbp/baru/", data)

    assert response.status_code == 409
    assert "work_number_taken" in response.content.decode()


def test_head_may_look_but_not_edit(world: World) -> None:
    client = world.client("head")

    assert client.get(page_of(world, "cendana")).status_code == 200
    assert client.get("/desk/wbp/baru/").status_code == 403


@pytest.mark.parametrize(
    ("end", "data"),
    [
        ("penempatan/", {"work_number": "A-055", "valid_from": "2026-11-02"}),
        ("status/", {"status": "detainee", "valid_from": "2026-11-02"}),
        ("keluar/", {"last_day": "2026-11-20", "released": "on"}),
    ],
)
def test_changes_by_form(world: World, end: str, data: dict[str, object]) -> None:
    client = world.client()
    if end == "penempatan/":
        data = {**data, "facility": world.atb.pk}

    assert client.get(page_of(world, "cendana") + end).status_code == 200
    response = client.post(page_of(world, "cendana") + end, data)

    assert (response.status_code, response.url) == (302, page_of(world, "cendana"))


def test_region_sees_all_and_moves(world: World) -> None:
    client = world.client("regional")
    data = {"facility": world.kpg.pk, "work_number": "B-001", "valid_from": "2026-11-02"}

    assert "Waru" in client.get("/desk/wbp/").content.decode()
    response = client.post(page_of(world, "cendana") + "penempatan/", data)

    assert response.status_code == 302
    assert "Cendana" in world.client("outsider").get("/desk/wbp/").content.decode()
