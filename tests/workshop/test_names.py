"""Names on the day sheet: on a POST only, for whose roll it is, logged, gone with the page."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.people.actions.papers import place_in_work
from berdaya.people.models import Participant, Placement, Reveal
from berdaya.workshop.models import Workshop
from tests.counting import at_most
from tests.people.names import NAMES, plant, told
from tests.world import SINCE, World

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def shop(world: World) -> Workshop:
    """Cendana and Lontar weave; Kelor is here and does not."""
    plant(world)
    with world.acting("head") as scope:
        for who in ("cendana", "lontar"):
            weave(world, world.people[who], scope.actor)
    with world.everywhere():
        return Workshop.objects.create(
            facility=world.atb, code="TEN", name="Tenun", line_of_work="tenun"
        )


def weave(world: World, person: Participant, by: object) -> None:
    place_in_work(
        by=by, participant=person, facility=world.atb, line_of_work="tenun",
        decree_no="TPP-1", valid_from=SINCE,
    )  # fmt: skip


def sheet(shop: Workshop, days_ago: int = 0) -> str:
    return f"/desk/sheets/{shop.pk}/{clock.today() - timedelta(days=days_ago)}/"


def lines(world: World, *who: str, **typed: str) -> dict[str, str]:
    people = {f"orang-{n}": str(world.people[one].pk) for n, one in enumerate(who)}
    return {"baris": str(len(who)), **people, **typed}


def reveals(world: World) -> list[Reveal]:
    with world.everywhere():
        return list(Reveal.objects.order_by("pk"))


def test_names_fill_the_cells_and_nothing_else(world: World, shop: Workshop) -> None:
    client = world.client()
    before = client.get(sheet(shop))

    answer = client.post(f"{sheet(shop)}names/", lines(world, "cendana", "lontar"), **HTMX)

    page = answer.content.decode()
    assert told(before.content) == set()
    assert told(page) == {"cendana", "lontar"}
    assert f"[data-name='{world.people['cendana'].pk}']" in page
    assert "<form" not in page
    assert "no-store" in answer["Cache-Control"]
    assert "no-store" in before["Cache-Control"]
    assert [(one.purpose, one.count, one.label[:5]) for one in reveals(world)] == [
        ("roll", 2, "Tenun")
    ]


def test_without_script_the_sheet_comes_back_as_typed_with_names(
    world: World, shop: Workshop
) -> None:
    typed = lines(world, "cendana", "lontar", **{"jam-0": "6,5", "tanda-1": "S"})

    answer = world.client().post(f"{sheet(shop)}names/", typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert told(page) == {"cendana", "lontar"}
    assert 'value="6,5"' in page
    assert "no-store" in answer["Cache-Control"]


def test_one_foreign_person_in_the_list_opens_nobody(world: World, shop: Workshop) -> None:
    client = world.client()

    for who in ("kelor", "waru"):
        for headers in ({}, HTMX):
            answer = client.post(f"{sheet(shop)}names/", lines(world, "cendana", who), **headers)
            assert answer.status_code == 409
            assert told(answer.content) == set()
            assert "reveal_not_assigned" in answer.content.decode()

    assert reveals(world) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 403), ("seller", 403), ("payments", 403), ("regional", 403), ("outsider", 404),
     ("counsellor", 403), ("nobody", 403)],
)  # fmt: skip
@pytest.mark.parametrize("end", ["names/", "names/print/"])
def test_other_roles_and_units_open_nobody(
    world: World, shop: Workshop, who: str, status: int, end: str
) -> None:
    answer = world.client(who).post(sheet(shop) + end, lines(world, "cendana"))

    assert answer.status_code == status
    assert told(answer.content) == set()
    assert reveals(world) == []


def test_names_are_not_asked_for_by_address(world: World, shop: Workshop) -> None:
    client = world.client()

    for end in ("names/", "names/print/"):
        assert client.get(sheet(shop) + end).status_code == 405

    assert reveals(world) == []


@pytest.mark.parametrize(("days", "code"), [(-1, "roll_day_far"), (32, "roll_day_far")])
def test_old_and_coming_rolls_stay_closed(
    world: World, shop: Workshop, days: int, code: str
) -> None:
    answer = world.client().post(f"{sheet(shop, days)}names/")

    assert answer.status_code == 409
    assert code in answer.content.decode()
    assert reveals(world) == []


def test_roll_on_paper_bears_the_number_of_its_opening(world: World, shop: Workshop) -> None:
    answer = world.client().post(f"{sheet(shop)}names/print/", {"paper": "f4"})

    code = reveals(world)[0].code
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert code in answer["Content-Disposition"]


def test_name_is_found_in_no_other_place(
    world: World, shop: Workshop, capfd: pytest.CaptureFixture[str]
) -> None:
    client: Client = world.client()
    answers = [
        client.post(f"{sheet(shop)}names/", lines(world, "cendana"), **HTMX),
        client.post(f"{sheet(shop)}names/", lines(world, "cendana")),
        client.post(f"{sheet(shop)}names/print/"),
    ]
    reveal = reveals(world)[0]

    head = world.client("head")
    pages = [
        client.get(sheet(shop)), client.get("/desk/sheets/"), client.get("/desk/wbp/"),
        client.get(f"/desk/wbp/{world.people['cendana'].code}/"), client.get("/desk/"),
        head.get("/desk/reveals/"), head.get(f"/desk/reveals/{reveal.code}/"),
        head.get("/desk/reveals/?ekspor=csv"), head.get("/desk/"),
        head.get(f"/desk/wbp/{world.people['cendana'].code}/"),
    ]  # fmt: skip

    assert {page.status_code for page in pages} == {200}
    assert [page.request["PATH_INFO"] for page in pages if told(page.content)] == []
    with world.everywhere():
        audits = " ".join(f"{a.before} {a.after} {a.reason}" for a in AuditRow.objects.all())
        jobs = " ".join(str(one.args) for one in ProcrastinateJob.objects.all())
    sessions = " ".join(str(one.get_decoded()) for one in Session.objects.all())
    cookies = " ".join(f"{one.cookies}" for one in answers)
    notes = " ".join(
        str(m) for one in answers if one.context for m in get_messages(one.wsgi_request)
    )
    logs = "".join(capfd.readouterr())
    for place in (audits, jobs, sessions, cookies, notes, logs):
        assert told(place) == set()


@pytest.mark.parametrize("extra", [0, 100])
def test_names_cost_the_same_for_many(world: World, shop: Workshop, extra: int) -> None:
    with world.everywhere() as scope:
        for number in range(extra):
            person = Participant.objects.create(
                code=f"X{number}", pseudonym="Sirih", facility=world.atb
            )
            Placement.objects.create(
                participant=person, facility=world.atb, valid_from=SINCE, work_number=f"S-{number}"
            )
            weave(world, person, scope.actor)
    client = world.client()

    with at_most(13):
        answer = client.post(f"{sheet(shop)}names/", **HTMX)

    assert told(answer.content) == {"cendana", "lontar"}
    assert reveals(world)[0].count == 2 + extra
    assert NAMES["cendana"] in answer.content.decode()
