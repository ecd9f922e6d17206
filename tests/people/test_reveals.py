"""Opening one person, a caseload, a number: allowed or refused, logged with the names."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.keystore import keystore
from berdaya.core.models import AuditRow
from berdaya.core.sealing import Unreadable
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import Holiday
from berdaya.institutions.today import waiting
from berdaya.people.actions.caseload import assign_clients
from berdaya.people.actions.identity import erase_identity
from berdaya.people.actions.reveals import (
    Opened,
    open_identities,
    review_reveal,
    search_identity,
)
from berdaya.people.assigning import person_subject
from berdaya.people.models import Participant, Reveal, RevealedPerson, SealedIdentity
from berdaya.people.rules_reveals import OFTEN_SAME, SEARCHES_AN_HOUR
from tests.people.names import NAMES, NIK, plant
from tests.world import SINCE, TODAY, World

# A Monday morning in Atambua.
MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)

FORBIDDEN = (
    "UPDATE people_reveal SET count = 0",
    "DELETE FROM people_reveal",
    "UPDATE people_revealedperson SET fields = '{}'",
    "DELETE FROM people_revealedperson",
    "UPDATE people_revealreview SET note = 'lain'",
)


def open_one(
    world: World, who: str = "cendana", by: str = "officer", reason: str = "serve"
) -> Opened:
    with world.acting(by) as scope:
        return open_identities(
            by=scope.actor, facility=world.atb, purpose="person",
            subject=person_subject(world.people[who].code), reason=reason,
        )  # fmt: skip


def search(world: World, number: str, kind: str = "nik", by: str = "officer") -> list[Participant]:
    with world.acting(by) as scope:
        return search_identity(by=scope.actor, facility=world.atb, kind=kind, number=number)


def logged(world: World) -> int:
    with world.everywhere():
        assert Reveal.objects.count() == 0 or RevealedPerson.objects.exists()
        return Reveal.objects.count()


def test_one_person_is_opened_for_a_reason_and_logged(world: World) -> None:
    plant(world, "cendana", nik=NIK)

    with clock.travel(MORNING):
        opened = open_one(world)

    shown = opened.people[world.people["cendana"].pk]
    assert shown.identity.name == NAMES["cendana"]
    assert shown.identity.nik == shown.identity.bank_account == ""
    assert NAMES["cendana"] not in f"{opened!r} {shown!r}"
    with world.acting("head"):
        row = Reveal.objects.get()
        person = row.people.get()
    assert (row.count, row.role, row.reason, row.is_unusual) == (1, "officer", "serve", False)
    assert row.opened_by_id == world.staff["officer"].pk
    assert person.fields == ["name", "register_no", "born_on"]
    assert row.code == "LP-ATB-26-BDD0001"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("seller", "ability_missing"),
        ("receipts", "ability_missing"),
        ("payments", "ability_missing"),
        ("regional", "ability_missing"),
        ("national", "ability_missing"),
        ("outsider", "facility_out_of_scope"),
        ("mentor", "facility_out_of_scope"),
        ("nobody", "not_appointed"),
    ],
)
def test_other_roles_open_nobody(world: World, by: str, code: str) -> None:
    plant(world, "cendana")

    with pytest.raises(Refused) as refused:
        open_one(world, by=by)

    assert refused.value.verdict.codes == (code,)
    assert logged(world) == 0


@pytest.mark.parametrize("purpose", ["roll", "payout", "slips", "caseload", "sample", "person"])
def test_system_actor_opens_nobody(world: World, purpose: str) -> None:
    plant(world, "cendana")

    with pytest.raises((ValueError, Refused, LookupError)), world.everywhere() as scope:
        open_identities(
            by=scope.actor, facility=world.atb, purpose=purpose,
            subject=person_subject(world.people["cendana"].code), reason="serve",
        )  # fmt: skip

    assert logged(world) == 0


def test_person_of_another_unit_is_not_opened(world: World) -> None:
    plant(world, "waru")

    with pytest.raises(Refused) as refused:
        open_one(world, "waru")

    assert refused.value.verdict.codes == ("reveal_not_here",)
    assert logged(world) == 0


def test_erased_person_shows_the_code_and_no_name(world: World) -> None:
    plant(world, "cendana")
    with world.acting("head") as scope:
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="request"
        )

    opened = open_one(world)

    shown = opened.people[world.people["cendana"].pk]
    assert (shown.state, shown.words) == ("erased", "data diri dihapus")
    with world.everywhere():
        assert RevealedPerson.objects.get().fields == []


def test_person_without_identity_is_told_and_logged(world: World) -> None:
    opened = open_one(world, "lontar")

    assert opened.people[world.people["lontar"].pk].words == "belum dicatat di sini"
    assert logged(world) == 1


def guide(world: World, *who: str) -> None:
    with world.everywhere() as scope:
        assign_clients(
            by=scope.actor, participants=[world.people[one] for one in who],
            staff=world.staff["counsellor"], facility=world.facilities["BP-KPG"], on=SINCE,
        )  # fmt: skip


def open_clients(world: World, participants: list[int] | None = None) -> Opened:
    with world.acting("counsellor") as scope:
        return open_identities(
            by=scope.actor, facility=world.facilities["BP-KPG"], purpose="caseload",
            participants=participants,
        )  # fmt: skip


def test_counsellor_opens_own_clients_only(world: World) -> None:
    plant(world, "pinang", "asam")
    guide(world, "pinang")

    opened = open_clients(world)

    assert [one.words for one in opened.people.values()] == [NAMES["pinang"]]


def test_one_foreign_client_in_the_list_refuses_all(world: World) -> None:
    plant(world, "pinang", "asam")
    guide(world, "pinang")
    ids = [world.people[one].pk for one in ("pinang", "asam")]

    with pytest.raises(Refused) as refused:
        open_clients(world, ids)

    assert refused.value.verdict.codes == ("reveal_not_assigned",)
    assert logged(world) == 0


def test_counsellor_without_clients_opens_nobody(world: World) -> None:
    with pytest.raises(Refused) as refused:
        open_clients(world)

    assert refused.value.verdict.codes == ("reveal_nobody",)


def test_name_that_cannot_be_read_leaves_no_log_and_no_other_name(world: World) -> None:
    plant(world, "pinang", "asam")
    guide(world, "pinang", "asam")
    with world.everywhere():
        one = SealedIdentity.objects.get(pk=world.people["pinang"].pk)
        one.name = one.register_no
        one.save()

    with pytest.raises(Unreadable):
        open_clients(world)

    assert logged(world) == 0


def test_log_that_cannot_be_written_gives_no_name(world: World) -> None:
    plant(world, "cendana")
    opened = None

    with pytest.raises(DatabaseError), world.acting() as scope, transaction.atomic():
        # The transaction is turned read-only under the action's feet: its log is refused.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        opened = open_identities(
            by=scope.actor, facility=world.atb, purpose="person", reason="serve",
            subject=person_subject(world.people["cendana"].code),
        )  # fmt: skip

    assert opened is None


def test_log_is_never_changed_or_deleted(world: World) -> None:
    plant(world, "cendana")
    open_one(world)

    for attempt in FORBIDDEN:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            world.acting("head"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attempt)

    assert logged(world) == 1


def test_reveal_of_another_unit_is_not_seen(world: World) -> None:
    plant(world, "cendana")
    open_one(world)

    with world.acting("outside_head"):
        assert not Reveal.objects.exists()
        assert not RevealedPerson.objects.exists()
    with world.acting("regional"):
        assert Reveal.objects.count() == 1


def test_audit_knows_the_opening_and_no_name(world: World) -> None:
    plant(world, "cendana", nik=NIK)
    open_one(world, reason="rights")
    search(world, NIK)

    with world.everywhere():
        rows = AuditRow.objects.filter(table__startswith="people_reveal")
        words = " ".join(f"{row.before} {row.after} {row.reason}" for row in rows)
    assert rows.count() == 4
    for value in (NAMES["cendana"], NIK, "0091827", "1990"):
        assert value not in words


# Search by number


def test_search_answers_the_person_and_logs_no_number(world: World) -> None:
    plant(world, "cendana", nik=NIK)

    found = search(world, NIK)

    assert [one.pseudonym for one in found] == ["Cendana"]
    with world.everywhere():
        row = Reveal.objects.get()
        stored = " ".join(str(value) for value in Reveal.objects.values().get().values())
        assert row.people.get().fields == []
    assert (row.purpose, row.subject, row.count) == ("search", "search:nik", 1)
    assert NIK not in stored


def test_search_that_finds_nobody_is_logged_too(world: World) -> None:
    found = search(world, NIK)

    assert found == []
    with world.everywhere():
        assert Reveal.objects.get().count == 0


def test_search_finds_nobody_of_another_unit_or_another_counsellor(world: World) -> None:
    plant(world, "cendana", nik=NIK)
    plant(world, "asam")
    bapas = world.facilities["BP-KPG"]

    with world.acting("outsider") as scope:
        outside = search_identity(by=scope.actor, facility=world.kpg, kind="nik", number=NIK)
    with world.acting("counsellor") as scope:
        not_theirs = search_identity(
            by=scope.actor, facility=bapas, kind="register_no", number="B.I 9185/2025"
        )

    assert outside == not_theirs == []


def test_search_is_throttled_and_recovers(world: World) -> None:
    with clock.travel(MORNING):
        for _time in range(SEARCHES_AN_HOUR):
            search(world, NIK)
        with pytest.raises(Refused) as refused:
            search(world, NIK)
    with clock.travel(MORNING + timedelta(hours=1, seconds=1)):
        search(world, NIK)

    assert refused.value.verdict.codes == ("search_too_often",)
    with world.everywhere():
        assert Reveal.objects.count() == SEARCHES_AN_HOUR + 1


@pytest.mark.parametrize(("number", "by", "code"), [("--", "officer", "search_empty"),
                                                  (NIK, "head", "ability_missing")])  # fmt: skip
def test_search_refused_logs_nothing(world: World, number: str, by: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        search(world, number, by=by)

    assert refused.value.verdict.codes == (code,)
    assert logged(world) == 0


# Unusual openings


def unusual_one(world: World, by: str = "officer") -> Reveal:
    plant(world, "cendana")
    with clock.travel(NIGHT):
        return open_one(world, by=by).reveal


def waits_for(world: World, who: str) -> list[str]:
    actor = world.actor(who)
    with world.acting(who):
        return [
            str(item.text) for item in waiting(actor, actor.facility_ids)
            if "membuka data diri" in str(item.text)
        ]  # fmt: skip


def test_opening_at_night_waits_for_the_head(world: World) -> None:
    reveal = unusual_one(world)

    assert (reveal.is_unusual, reveal.why) == (True, ["odd_hour"])
    assert len(waits_for(world, "head")) == 1
    assert waits_for(world, "officer") == waits_for(world, "regional") == []
    assert waits_for(world, "outside_head") == []


def test_opening_by_the_head_waits_for_the_region(world: World) -> None:
    reveal = unusual_one(world, by="head")

    assert reveal.is_by_head
    assert waits_for(world, "head") == []
    assert len(waits_for(world, "regional")) == 1


def test_holiday_is_unusual(world: World) -> None:
    with world.everywhere():
        Holiday.objects.update_or_create(
            day=TODAY, defaults={"kind": "national", "name": "Hari Contoh",
            "name_en": "Sample Day", "legal_basis": "SKB", "is_confirmed": True},
        )  # fmt: skip
    plant(world, "cendana")

    with clock.travel(MORNING):
        reveal = open_one(world).reveal

    assert reveal.why == ["holiday"]


def test_same_person_opened_again_and_again_is_unusual(world: World) -> None:
    plant(world, "cendana")

    with clock.travel(MORNING):
        found = [open_one(world).reveal for _time in range(OFTEN_SAME + 1)]

    assert [one.is_unusual for one in found] == [False] * OFTEN_SAME + [True]
    assert found[-1].why == ["same_person"]
    assert found[-1].day_count == 1


def test_baseline_is_the_median_of_other_units_of_the_kind(world: World) -> None:
    with world.everywhere():
        for n, (facility, people) in enumerate([(world.atb, 10), (world.kpg, 50)]):
            Reveal.objects.create(
                code=f"X{n}", facility=facility, opened_by=world.staff["outsider"],
                role="officer", is_by_head=False, purpose="roll", subject="", label="",
                at=MORNING - timedelta(days=3 + n), on_day=TODAY - timedelta(days=3 + n),
                count=people, day_count=people, is_unusual=False,
            )  # fmt: skip

    with world.acting(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_usual_openings('officer', 'lapas', %s, %s)",
            [TODAY - timedelta(days=28), TODAY],
        )
        found = cursor.fetchone()[0]

    assert found == 30


@pytest.mark.parametrize("who", ["head", "second_head"])
def test_review_takes_it_off_hari_ini(world: World, who: str) -> None:
    reveal = unusual_one(world)
    if who == "second_head":
        with world.everywhere() as scope:
            world.staff[who] = world.staff["outside_head"]
            appoint(
                by=scope.actor, staff=world.staff[who], role="head", place=world.atb,
                decree_no="SK-plh", decree_on=SINCE, valid_from=SINCE, kind="plh",
            )  # fmt: skip

    with world.acting(who) as scope:
        review_reveal(by=scope.actor, reveal=reveal, note="Opname data, sudah ditanya.")

    assert waits_for(world, "head") == []


@pytest.mark.parametrize(
    ("opener", "reviewer", "code"),
    [
        ("officer", "officer", "ability_missing"),
        ("head", "head", "review_own"),
        ("officer", "regional", "review_for_region"),
        ("officer", "outside_head", "facility_out_of_scope"),
    ],
)
def test_review_by_the_wrong_person_changes_nothing(
    world: World, opener: str, reviewer: str, code: str
) -> None:
    reveal = unusual_one(world, by=opener)

    with pytest.raises(Refused) as refused, world.acting(reviewer) as scope:
        review_reveal(by=scope.actor, reveal=reveal, note="Tidak apa-apa.")

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not hasattr(Reveal.objects.get(), "review")


def test_review_is_written_once_and_only_where_needed(world: World) -> None:
    reveal = unusual_one(world)
    with clock.travel(MORNING):
        usual = open_one(world).reveal
    with world.acting("head") as scope:
        review_reveal(by=scope.actor, reveal=reveal, note="Sudah ditanya.")

    for one in (reveal, usual):
        with pytest.raises(Refused) as refused, world.acting("head") as scope:
            review_reveal(by=scope.actor, reveal=one, note="Lagi.")
        assert refused.value.verdict.codes == ("review_not_needed",)


def test_key_store_that_is_gone_tells_so(world: World) -> None:
    owner = plant(world, "cendana")[0].key_owner
    keystore().destroy([owner])

    opened = open_one(world)

    assert opened.people[world.people["cendana"].pk].state == "unreadable"
