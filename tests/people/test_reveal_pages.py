"""The pages of who looked, one person, the counsellor: budgets and outsiders."""

import pytest

from berdaya.core import clock
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.models import Participant, Placement, Reveal, RevealedPerson
from tests.counting import at_most
from tests.people.names import NAMES, NIK, plant, told
from tests.people.opening import NIGHT, open_one
from tests.world import SINCE, World


def fill(world: World, extra: int) -> Reveal:
    """One opening at night of cendana, `extra` more acts, and `extra` more people in one."""
    plant(world, "cendana", nik=NIK)
    with clock.travel(NIGHT):
        reveal = open_one(world).reveal
    with world.everywhere():
        for number in range(extra):
            person = Participant.objects.create(
                code=f"X{number}", pseudonym="Sirih", facility=world.atb
            )
            Placement.objects.create(
                participant=person, facility=world.atb, valid_from=SINCE, work_number=f"S-{number}"
            )
            RevealedPerson.objects.create(
                reveal=reveal, participant=person, facility=world.atb, fields=["name"]
            )
    for _number in range(min(extra, 12)):
        open_one(world)
    return reveal


@pytest.mark.parametrize("extra", [0, 100])
@pytest.mark.parametrize("who", ["head", "regional", "national", "auditor"])
def test_who_looked_is_told_in_few_queries(world: World, who: str, extra: int) -> None:
    reveal = fill(world, extra)
    client = world.client(who)

    with at_most(12):
        rows = client.get("/desk/reveals/").content.decode()
    with at_most(12):
        one = client.get(f"/desk/reveals/{reveal.code}/").content.decode()
    with at_most(12):
        person = client.get(f"/desk/wbp/{world.people['cendana'].code}/").content.decode()
    of_one = client.get(f"/desk/reveals/?orang={world.people['cendana'].code}").content.decode()

    assert reveal.code in rows
    assert reveal.code in of_one
    assert "A-001" in one
    assert "Cendana" in one
    assert "Siapa membuka data dirinya" in person
    assert [page for page in (rows, one, person, of_one) if told(page)] == []


def test_export_of_who_looked_holds_no_name(world: World) -> None:
    reveal = fill(world, 0)

    file = world.client("head").get("/desk/reveals/?ekspor=csv")

    text = file.content.decode("utf-8-sig")
    assert reveal.code in text
    assert "Officer Contoh" in text
    assert told(text) == set()


@pytest.mark.parametrize("who", ["officer", "outside_head", "seller", "counsellor"])
def test_others_do_not_see_who_looked(world: World, who: str) -> None:
    reveal = fill(world, 0)
    client = world.client(who)

    rows = client.get("/desk/reveals/")
    one = client.get(f"/desk/reveals/{reveal.code}/")
    posted = client.post(f"/desk/reveals/{reveal.code}/review/", {"note": "x"})

    assert reveal.code not in rows.content.decode()
    assert one.status_code in (403, 404)
    assert posted.status_code in (403, 404)
    with world.everywhere():
        assert not hasattr(Reveal.objects.get(), "review")


def test_review_from_the_page_takes_it_off_hari_ini(world: World) -> None:
    reveal = fill(world, 0)
    client = world.client("head")
    before = client.get("/desk/").content.decode()

    answer = client.post(f"/desk/reveals/{reveal.code}/review/", {"note": "Sudah ditanya."})

    assert answer.status_code == 302
    assert reveal.code in before
    assert reveal.code not in client.get("/desk/").content.decode()
    assert "Sudah ditanya." in client.get(f"/desk/reveals/{reveal.code}/").content.decode()


def test_one_person_is_opened_from_their_page_only_by_post(world: World) -> None:
    plant(world, "cendana")
    client, url = world.client(), f"/desk/wbp/{world.people['cendana'].code}/pembukaan/"

    asked = client.get(url)
    without = client.post(url, {})
    with at_most(16):
        opened = client.post(url, {"reason": "serve"})

    assert (asked.status_code, without.status_code, opened.status_code) == (200, 422, 200)
    assert told(asked.content) == told(without.content) == set()
    assert told(opened.content) == {"cendana"}
    assert "no-store" in opened["Cache-Control"]
    with world.everywhere():
        assert Reveal.objects.count() == 1


@pytest.mark.parametrize("extra", [0, 100])
def test_counsellor_reads_own_clients_by_name(world: World, extra: int) -> None:
    plant(world, "pinang", "asam")
    bapas = world.facilities["BP-KPG"]
    with world.everywhere() as scope:
        people = []
        for number in range(extra):
            person = Participant.objects.create(
                code=f"K{number}", pseudonym="Sirih", facility=bapas
            )
            Placement.objects.create(
                participant=person, facility=bapas, valid_from=SINCE, work_number=f"K-{number}"
            )
            people.append(person)
        if people:
            assign_clients(
                by=scope.actor, participants=people, facility=bapas, on=SINCE,
                staff=world.staff["counsellor"],
            )  # fmt: skip
    client = world.client("counsellor")

    with at_most(12):
        answer = client.post("/desk/caseloads/names/")

    assert told(answer.content) == {"pinang"}
    assert "31 Januari 1990" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert told(client.get("/desk/wbp/").content) == set()


def test_search_page_never_repeats_the_number(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    plant(world, "cendana", nik=NIK)
    client = world.client()

    with at_most(13):
        found = client.post("/desk/identity-searches/", {"kind": "nik", "number": NIK})
    nobody = client.post("/desk/identity-searches/", {"kind": "register_no", "number": "B.I 1/2"})
    asked = client.get(f"/desk/identity-searches/?kind=nik&number={NIK}")

    page = found.content.decode()
    assert "Cendana" in page
    assert told(page) == set()
    assert NIK not in page
    assert "B.I 1/2" not in nobody.content.decode()
    assert "Cendana" not in asked.content.decode()
    assert "no-store" in found["Cache-Control"]
    logs = "".join(capfd.readouterr())
    assert NIK not in logs
    assert NAMES["cendana"] not in logs
