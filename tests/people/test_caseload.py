"""A counsellor sees own clients only; the head of the Bapas shares and hands over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.institutions.models import Staff
from berdaya.institutions.queries import actor_of
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.actions.participants import (
    change_status,
    end_placement,
    place_participant,
    register_participant,
)
from berdaya.people.models import Caseload
from berdaya.people.queries import caseload_of
from tests.counting import at_most
from tests.world import HASH, SINCE, TODAY, World


@pytest.fixture
def second(world: World) -> Staff:
    """Another counsellor of the same Bapas."""
    with world.everywhere() as scope:
        staff = add_staff(
            by=scope.actor, username="second", display_name="Kedua Contoh", password_hash=HASH
        )
        appoint(
            by=scope.actor, staff=staff, role="counsellor", place=world.facilities["BP-KPG"],
            decree_no="SK-2", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip
    world.staff["second"] = staff
    return staff


def assign(world: World, by: str, who: str, *names: str, on: date = TODAY) -> list[Caseload]:
    with world.acting(by) as scope:
        return assign_clients(
            by=scope.actor, participants=[world.people[name] for name in names],
            staff=world.staff[who], facility=world.facilities["BP-KPG"], on=on,
        )  # fmt: skip


def test_counsellor_finds_own_clients_only(world: World) -> None:
    client = world.client("counsellor")

    page = client.get("/desk/wbp/").text

    assert "Pinang" in page
    assert "Asam" not in page
    for end in ("", "status/", "penempatan/", "keluar/", "kerja/"):
        assert client.get(f"/desk/wbp/{world.people['pinang'].code}/{end}").status_code == 200
        assert client.get(f"/desk/wbp/{world.people['asam'].code}/{end}").status_code == 404


def test_head_of_the_bapas_finds_all(world: World) -> None:
    page = world.client("bapas_head").get("/desk/wbp/").text

    assert "Pinang" in page
    assert "Asam" in page


def test_rule_refuses_another_counsellors_client(world: World) -> None:
    bapas = world.facilities["BP-KPG"]

    with pytest.raises(Refused) as refused, world.acting("counsellor") as scope:
        change_status(
            by=scope.actor, participant=world.people["asam"], facility=bapas, status="client",
            valid_from=TODAY,
        )  # fmt: skip

    assert refused.value.verdict.codes[0] == "client_of_other"
    with world.everywhere():
        assert world.people["asam"].statuses.get().status == "community_service"


def test_whom_a_counsellor_registers_is_theirs(world: World) -> None:
    with world.acting("counsellor") as scope:
        person = register_participant(
            by=scope.actor, facility=world.facilities["BP-KPG"], pseudonym="Rotan",
            work_number="P-9", status="client", valid_from=TODAY,
        )  # fmt: skip

        assert person in caseload_of(scope.actor.person_id, TODAY)


def test_head_hands_many_over_at_once(world: World, second: Staff) -> None:
    assign(world, "bapas_head", "counsellor", "asam", on=TODAY - timedelta(days=9))

    made = assign(world, "bapas_head", "second", "pinang", "asam")

    assert len(made) == 2
    with world.everywhere():
        before = TODAY - timedelta(days=1)
        assert caseload_of(second.pk, TODAY).count() == 2
        assert caseload_of(world.staff["counsellor"].pk, TODAY).count() == 0
        assert caseload_of(world.staff["counsellor"].pk, before).count() == 2
    assert world.client("counsellor").get("/desk/wbp/").text.count("Pinang") == 0


@pytest.mark.parametrize(
    ("by", "who", "names", "on", "code"),
    [
        ("counsellor", "counsellor", ["asam"], TODAY, "ability_missing"),
        ("head", "counsellor", ["asam"], TODAY, "facility_out_of_scope"),
        ("bapas_head", "officer", ["asam"], TODAY, "case_not_counsellor"),
        ("regional", "counsellor", ["cendana"], TODAY, "case_not_here"),
        ("bapas_head", "counsellor", [], TODAY, "case_empty"),
        ("bapas_head", "counsellor", ["pinang"], TODAY, "case_same"),
        ("bapas_head", "second", ["pinang"], SINCE, "case_too_early"),
    ],
)
def test_assigning_is_refused(
    world: World, second: Staff, by: str, who: str, names: list[str], on: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        assign(world, by, who, *names, on=on)

    assert code in refused.value.verdict.codes
    with world.everywhere():
        assert Caseload.objects.count() == 1


def test_database_keeps_one_counsellor_a_client(world: World, second: Staff) -> None:
    with world.everywhere(), pytest.raises(IntegrityError) as error, transaction.atomic():
        row = Caseload.objects.get()
        Caseload.objects.create(
            participant=row.participant, staff=second, facility=row.facility, valid_from=TODAY,
            recorded_at=row.recorded_at,
        )  # fmt: skip

    assert "people_caseload_one" in str(error.value)


def test_client_who_leaves_is_nobodys(world: World) -> None:
    bapas = world.facilities["BP-KPG"]
    with world.acting("counsellor") as scope:
        end_placement(by=scope.actor, participant=world.people["pinang"], facility=bapas, on=TODAY)

    with world.everywhere():
        assert caseload_of(world.staff["counsellor"].pk, TODAY).count() == 0


def test_client_who_moves_away_is_nobodys_there(world: World) -> None:
    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["pinang"], facility=world.kpg,
            work_number="X-1", valid_from=TODAY, status="convict",
        )  # fmt: skip

    with world.everywhere():
        assert Caseload.objects.on(TODAY).count() == 0


def test_clients_of_another_bapas_are_not_counted(world: World) -> None:
    with acting(actor_of(world.staff["outsider"], TODAY), "test"):
        assert caseload_of(world.staff["counsellor"].pk, TODAY).count() == 0


def test_pages_share_and_hand_over(world: World, second: Staff) -> None:
    head, leaving = world.client("bapas_head"), world.staff["counsellor"].pk

    with at_most(12):
        listed = head.get("/desk/caseloads/").text
    form = head.get(f"/desk/caseloads/assignment/?from={leaving}").text
    posted = head.post(
        "/desk/caseloads/assignment/",
        {"staff": second.pk, "on": TODAY.isoformat(), "participants": [world.people["pinang"].pk]},
    )

    assert "Counsellor Contoh" in listed
    assert "Serahkan semua" in listed
    assert form.count("checked") == 1
    assert posted["Location"] == "/desk/caseloads/"
    with world.everywhere():
        assert caseload_of(second.pk, TODAY).get() == world.people["pinang"]


def test_today_counts_own_clients_and_those_without_anybody(world: World) -> None:
    own = world.client("counsellor").get("/desk/").text
    head = world.client("bapas_head").get("/desk/").text

    assert "1 klien dalam bimbingan Anda" in own
    assert "1 klien belum berpembimbing" in head
