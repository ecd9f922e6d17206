"""The pages of mentoring: what each side finds on them, and what they cost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from berdaya.core import clock
from berdaya.mentoring.actions.meetings import plan_meeting
from berdaya.mentoring.models import Adoption, Finding, Meeting, NextStep, PriceExercise
from tests.counting import at_most
from tests.equipment.scene import house
from tests.mentoring.scene import PLAN, Guided, guided, proposed
from tests.proceeds.scene import Scene, build
from tests.web.desk import log_work
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        made = build(world, costs=(4_000_000, 0, 0), work=lambda batch: log_work(world, batch))
        made.sell(4, 90_000)
        return made


@pytest.fixture
def told(world: World, scene: Scene) -> Guided:
    return guided(world, scene.variant)


def addresses(told: Guided, variant: int) -> list[str]:
    one = f"/desk/mentoring/{told.adoption.code}/"
    asked = f"variant={variant}&price_rp=150.000&wanted_hourly_rp=5.000"
    return [
        "/desk/mentoring/", "/desk/mentoring-report/", one, f"{one}prices/",
        f"{one}prices/?{asked}", f"/desk/mentoring-sessions/{told.meeting.pk}/",
        f"/desk/mentoring-prices/{told.exercise.pk}/",
    ]  # fmt: skip


def more_of(world: World, told: Guided) -> Iterator[object]:
    """Three of everything."""
    with world.everywhere():
        for model in (Meeting, NextStep, PriceExercise, Finding):
            for _n in range(2):
                row = model.objects.order_by("pk").first()
                row.pk = None
                row.save()
                yield row


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["officer", "mentor", "umkm_officer", "head"])
def test_pages_take_at_most_twelve_statements(
    world: World, scene: Scene, told: Guided, who: str, rows: int
) -> None:
    if rows == 3:
        list(more_of(world, told))
    client = world.client(who)

    for url in addresses(told, scene.variant.pk):
        with at_most(12):
            response = client.get(url)
        assert response.status_code == 200, url
        assert "None" not in response.content.decode(), url


def test_a_mentor_who_keeps_a_production_house_sees_what_they_mentor(
    world: World, told: Guided
) -> None:
    house(world)
    client = world.client("mentor")

    answer = client.get("/desk/mentoring/")

    assert told.adoption.code in answer.content.decode()


def test_no_page_of_a_mentor_names_a_person(world: World, scene: Scene, told: Guided) -> None:
    client = world.client("mentor")
    words = [word for person in world.people.values() for word in (person.code, person.pseudonym)]

    for url in [*addresses(told, scene.variant.pk), "/desk/", "/desk/mentoring-report/?ekspor=csv"]:
        page = client.get(url).content.decode()
        for word in words:
            assert word not in page, (url, word)


def test_a_mentor_walks_from_an_offer_to_a_kept_price(world: World, scene: Scene) -> None:
    mentor, head = world.client("mentor"), world.client("head")
    with world.everywhere():
        office = world.offices["UMKM"].pk
    offer = {"facility": world.atb.pk, "office": office, "wish": "Harga selendang"}
    assert mentor.post("/desk/mentoring-proposals/", offer).status_code == 302
    with world.everywhere():
        code = Adoption.objects.get().code
    one = f"/desk/mentoring/{code}/"
    assert one in head.get("/desk/").content.decode()
    facts = {"subject": f"product-{scene.variant.product_id}", "began_on": clock.today()}
    assert head.post(f"{one}acceptance/", facts).status_code == 302
    plan = {**PLAN, "day": clock.today(), "activity": "mentoring", "funding": "ministry"}
    assert mentor.post(f"{one}sessions/", plan).status_code == 302
    with world.everywhere():
        meeting = Meeting.objects.get().pk
    notes = {
        "done": "Biaya dihitung", "people": 7, "text_1": "Timbang benang", "side_1": "unit",
        "due_1": clock.today() + timedelta(days=2),
    }  # fmt: skip
    assert mentor.post(f"/desk/mentoring-sessions/{meeting}/notes/", notes).status_code == 302
    assert "Timbang benang" in world.client().get("/desk/").content.decode()
    tried = {"variant": scene.variant.pk, "price_rp": "150.000", "wanted_hourly_rp": "5.000"}
    kept = mentor.post(f"{one}exercises/", tried, follow=True)
    page = kept.content.decode()

    assert kept.status_code == 200
    assert "Rp150.000" in page
    assert "harganya paling sedikit" in page


def test_the_report_has_the_fields_and_no_small_number(
    world: World, scene: Scene, told: Guided
) -> None:
    with world.everywhere():
        Meeting.objects.update(about_people=0)

    csv = world.client("mentor").get("/desk/mentoring-report/?ekspor=csv")
    lines = b"".join(csv).decode("utf-8-sig").splitlines()

    for word in ("Tahun", "Bulan", "Nama kegiatan", "Topik", "Sumber dana", "Peserta", "KBLI"):
        assert word in lines[0]
    assert ";–;calon wirausaha" in lines[1]
    assert "13122" in lines[1]
    assert "Timbang benang per helai" in lines[1]


def test_what_waits_is_said_to_whom_it_waits_for(world: World, scene: Scene, told: Guided) -> None:
    row = proposed(world)
    with world.acting("mentor") as scope:
        late = plan_meeting(
            by=scope.actor, adoption=told.adoption, day=clock.today() - timedelta(days=2), **PLAN
        )

    pages = {who: world.client(who).get("/desk/").content.decode() for who in ("head", "mentor")}

    assert f"/desk/mentoring/{row.code}/" in pages["head"]
    assert f"/desk/mentoring-sessions/{late.pk}/notes/" in pages["mentor"]
    assert f"/desk/mentoring/{row.code}/" not in pages["mentor"]


def test_another_unit_finds_nothing(world: World, scene: Scene, told: Guided) -> None:
    client: Client = world.client("outsider")

    for url in addresses(told, scene.variant.pk)[2:]:
        assert client.get(url).status_code == 404, url
    assert told.adoption.code not in client.get("/desk/mentoring/").content.decode()
