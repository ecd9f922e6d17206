"""Documents accepted, meetings and risks recorded, offices told once."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.programme.actions.records import finish_action, weigh_risk
from berdaya.programme.actions.tellings import see_telling, tell_lateness
from berdaya.programme.evidence import standings
from berdaya.programme.files import in_use
from berdaya.programme.models import Acceptance, Meeting, MeetingAction, Telling
from berdaya.programme.tasks import tell_offices
from tests.programme.scene import Pact, accepted, due, met, risk_of, signed
from tests.programme.test_proposals import refused_by_database
from tests.world import TODAY, World

LATE = date(2026, 10, 20)


@pytest.fixture
def pact(world: World) -> Pact:
    return signed(world)


def scan() -> io.BytesIO:
    """A photo of a paper."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "PNG")
    file.seek(0)
    return file


def state(world: World, day: date = TODAY) -> str:
    with world.acting("regional") as scope:
        return standings(scope.actor, day)[0].state


def tell(world: World, day: date = TODAY) -> int:
    with system_scope("nightly", []) as scope:
        return tell_lateness(by=scope.actor, today=day)


def told_to(level: int) -> set[str]:
    return set(Telling.objects.filter(level=level).values_list("office__code", flat=True))


def test_a_document_is_done_when_both_sides_took_it(world: World, pact: Pact) -> None:
    milestone = due(world, pact.commitment, "Kurikulum", LATE)
    assert state(world) == "late"
    with pytest.raises(Refused, match="milestone_document_missing"):
        accepted(world, milestone, "umkm_officer")

    accepted(world, milestone, "umkm_officer", scan())
    assert state(world) == "late"
    with pytest.raises(Refused, match="milestone_accepted"):
        accepted(world, milestone, "umkm_officer")
    accepted(world, milestone, "regional")

    assert state(world) == "done"
    row = Acceptance.objects.get(side="umkm")
    assert row.document
    assert list(in_use(frozenset([row.document, "agreements/x"]))) == [row.document]
    name = f"/desk/programme/milestones/{milestone.pk}/document/"
    assert world.client("mentor").get(name).status_code == 200


def test_the_database_takes_one_acceptance_a_side_from_its_own_office(
    world: World, pact: Pact
) -> None:
    milestone = due(world, pact.commitment, "Kurikulum", LATE)
    accepted(world, milestone, "regional", scan())

    def take(who: str, side: str, office: str) -> Acceptance:
        return Acceptance.objects.create(
            milestone=milestone, side=side, office=world.offices[office],
            accepted_by=world.staff[who], accepted_on=clock.today(),
        )  # fmt: skip

    found = [
        refused_by_database(world, lambda: take("national", "corrections", "IMIPAS-PAS")),
        refused_by_database(world, lambda: take("national", "umkm", "UMKM")),
    ]
    assert found == ["programme_acceptance_once_a_side", "programme_signed_for_side"]


def test_offices_are_told_once_and_the_next_level_after_thirty_days(
    world: World, pact: Pact
) -> None:
    due(world, pact.commitment, "Kurikulum", LATE)

    first = [tell(world, LATE), tell(world, LATE + timedelta(days=1))]
    assert first == [0, 2]
    assert (told_to(0), told_to(1)) == ({"NTT-KWL", "UMKM"}, set())
    later = [tell(world, LATE + timedelta(days=days)) for days in (2, 31, 32, 33, 34)]
    assert later == [0, 0, 1, 0, 0]
    # The ministry of small businesses has no office above it here.
    assert told_to(1) == {"IMIPAS-PAS"}


def test_what_is_late_no_more_is_over_and_told_again_when_it_comes_back(
    world: World, pact: Pact
) -> None:
    milestone = due(world, pact.commitment, "Kurikulum", LATE)
    tell(world)
    accepted(world, milestone, "regional", scan())
    accepted(world, milestone, "umkm_officer")
    tell(world)
    assert not Telling.objects.filter(over_on__isnull=True).exists()
    due(world, pact.commitment, "Modul", LATE)

    assert tell(world) == 3


def test_the_nights_job_tells_nobody_twice(world: World, pact: Pact) -> None:
    due(world, pact.commitment, "Kurikulum", LATE)

    for _night in (1, 2):
        tell_offices(timestamp=0)

    assert Telling.objects.count() == len(told_to(0) | told_to(1)) == 3
    one = Telling.objects.first()
    assert one is not None
    one.pk = None
    with system_scope("nightly", []), pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_hari_ini_shows_a_telling_until_it_is_read(world: World, pact: Pact) -> None:
    due(world, pact.commitment, "Kurikulum", LATE)
    tell(world)
    address = "/desk/programme/mou-contoh/commitments/1a/"
    readers = ("regional", "national", "umkm_officer", "mentor", "head")

    before = {who: address in world.client(who).get("/desk/").content.decode() for who in readers}
    mine = Telling.objects.get(office__code="NTT-KWL")
    assert world.client("regional").post(f"/desk/programme/tellings/{mine.pk}/").status_code == 302
    after = address in world.client("regional").get("/desk/").content.decode()

    assert before == {
        "regional": True, "national": True, "umkm_officer": True, "mentor": False, "head": False,
    }  # fmt: skip
    assert not after
    with world.acting("regional") as scope, pytest.raises(Refused, match="programme_recorded"):
        see_telling(by=scope.actor, telling=Telling.objects.get(pk=mine.pk))


def is_asked(world: World, who: str) -> bool:
    return "Kirim jadwal pelatihan" in world.client(who).get("/desk/").content.decode()


def test_a_meeting_is_recorded_once_and_its_action_waits(world: World, pact: Pact) -> None:
    meeting = met(world, pact)
    with pytest.raises(Refused, match="programme_recorded"):
        met(world, pact)
    action = MeetingAction.objects.get()
    assert is_asked(world, "regional")
    assert not is_asked(world, "umkm_officer")

    with world.acting("regional") as scope:
        finish_action(by=scope.actor, action=action)
        with pytest.raises(Refused, match="programme_recorded"):
            finish_action(by=scope.actor, action=action)
    assert not is_asked(world, "regional")
    assert Meeting.objects.get() == meeting


def test_a_meeting_is_not_recorded_ahead_of_its_day(world: World, pact: Pact) -> None:
    with pytest.raises(Refused, match="action_due_early"):
        met(world, pact, due_on=date(2026, 9, 14))
    facts = {"held_on": "2026-11-24", "place": "Kupang", "summary": "x", "offices": "UMKM"}
    answer = world.client("regional").post("/desk/programme/mou-contoh/meetings/new/", facts)
    assert answer.status_code == 409
    assert not Meeting.objects.exists()


def test_an_action_says_what_who_and_when(world: World, pact: Pact) -> None:
    facts = {
        "held_on": "2026-11-20", "place": "Kupang", "summary": "x", "offices": "UMKM",
        "words_1": "Kirim jadwal",
    }  # fmt: skip
    answer = world.client("regional").post("/desk/programme/mou-contoh/meetings/new/", facts)

    assert answer.status_code == 422
    assert "bersama-sama" in answer.content.decode()


def test_a_risk_is_closed_with_its_day_and_opened_again(world: World, pact: Pact) -> None:
    risk = risk_of(world, pact)
    assert state(world) == "at_risk"

    with world.acting("regional") as scope:
        weigh_risk(
            by=scope.actor, risk=risk, likelihood=3, impact=3, response="Ada", state="closed"
        )
    assert state(world) == "on_track"
    assert risk.closed_on == clock.today()
    with world.acting("umkm_officer") as scope:
        weigh_risk(by=scope.actor, risk=risk, likelihood=3, impact=3, response="Ada", state="open")
    assert risk.closed_on is None
    assert state(world) == "at_risk"
