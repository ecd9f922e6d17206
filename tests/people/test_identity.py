"""The sealed identity: written, found, read under a key, moved with the person, gone for good."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.keystore import KeyGone, keystore
from berdaya.core.models import AuditRow
from berdaya.core.sealing import Unreadable
from berdaya.core.verdicts import Refused
from berdaya.people import sealed
from berdaya.people.actions.identity import erase_identity, record_identity
from berdaya.people.actions.participants import place_participant
from berdaya.people.models import Placement, SealedIdentity
from berdaya.people.tasks import settle_identities
from tests.world import SINCE, TODAY, World

PLANTED = {
    "name": "Contoh Kedondong Raya",
    "register_no": "B.I 91827/2025",
    "nik": "5304014101900001",
    "born_on": "1990-01-01",
    "bank_account": sealed.account_text("Bank Contoh", "0091827364", "Contoh Kedondong Raya"),
    "heirs": "Contoh Kelengkeng Raya, saudara",
}


def record(world: World, who: str = "cendana", **values: str) -> SealedIdentity:
    with world.acting() as scope:
        return record_identity(
            by=scope.actor,
            participant=world.people[who],
            facility=world.atb,
            values=values or PLANTED,
        )


def test_identity_opens_as_it_was_recorded(world: World) -> None:
    record(world)

    with world.acting():
        rows = SealedIdentity.objects.all()
        opened = sealed.open_all(rows, sealed.FIELDS)[world.people["cendana"].pk]

    assert {field: getattr(opened, field) for field in PLANTED} == PLANTED
    assert opened.account["number"] == "0091827364"
    assert "Kedondong" not in repr(opened)


def test_database_and_audit_hold_no_planted_word(world: World) -> None:
    record(world)
    record(world, name="Contoh Kedondong Raya")

    with connection.cursor() as cursor, world.everywhere():
        cursor.execute("SELECT row_to_json(i)::text FROM sealed.identity i")
        stored = " ".join(row[0] for row in cursor.fetchall())
        audits = AuditRow.objects.filter(table="identity")
        told = " ".join(f"{row.before} {row.after}" for row in audits)
        assert audits.count() == 2

    for value in PLANTED.values():
        assert value not in stored
        assert value.encode().hex() not in stored
        assert value not in told
        assert value.encode().hex() not in told


def test_value_moved_to_another_column_or_person_does_not_open(world: World) -> None:
    record(world)
    record(world, "lontar", name="Contoh Jambu")

    with world.acting():
        mine = SealedIdentity.objects.get(pk=world.people["cendana"].pk)
        other = SealedIdentity.objects.get(pk=world.people["lontar"].pk)
        mine.heirs = mine.name
        other.name = mine.name

        for row in (mine, other):
            with pytest.raises(Unreadable):
                sealed.open_all([row], ["name", "heirs"])


@pytest.mark.parametrize("typed", ["B.I 91827/2025", "bi91827/2025", " b.i  91827/2025 "])
def test_person_is_found_by_register_number(world: World, typed: str) -> None:
    record(world)

    with world.acting():
        found = sealed.find("register_no", typed)
        partial = sealed.find("register_no", "91827")
    with world.acting("outsider"):
        next_door = sealed.find("register_no", typed)

    assert found == [world.people["cendana"].pk]
    assert partial == []
    assert next_door == []


def test_number_that_was_corrected_no_longer_finds(world: World) -> None:
    record(world)
    record(world, register_no="B.I 7/2026")

    with world.acting():
        old, new = (
            sealed.find("register_no", "B.I 91827/2025"),
            sealed.find("register_no", "bi7/2026"),
        )

    assert old == []
    assert new == [world.people["cendana"].pk]


def test_digest_of_a_step_that_rolled_back_finds_nobody(world: World) -> None:
    record(world)

    with world.acting() as scope:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record_identity(
                by=scope.actor, participant=world.people["cendana"], facility=world.atb,
                values={"register_no": "B.I 8/2026"},
            )  # fmt: skip
            raise ZeroDivisionError
        found = sealed.find("register_no", "B.I 8/2026")

    assert found == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"nik": "1234"}, "nik_invalid"),
        ({"nik": "5304013213900001"}, "nik_invalid"),
        ({"born_on": "2025-01-01"}, "birth_date_unlikely"),
    ],
)
def test_untrue_values_are_refused_and_nothing_stays(
    world: World, values: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        record(world, **values)

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not SealedIdentity.objects.exists()


def test_identity_follows_the_person_and_the_old_facility_sees_nothing(world: World) -> None:
    record(world)

    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            work_number="A-077", valid_from=TODAY,
        )  # fmt: skip

    with world.acting():
        assert not SealedIdentity.objects.exists()
        assert sealed.find("nik", PLANTED["nik"]) == []
    with world.acting("outsider"):
        assert sealed.find("nik", PLANTED["nik"]) == [world.people["cendana"].pk]


def raw_placement(world: World, where: str, since: date, until: date | None) -> None:
    """A placement that no action would record."""
    with world.everywhere(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_placement"
            " (participant_id, facility_id, work_number, valid_from, valid_until)"
            " VALUES (%s, %s, 'R-1', %s, %s)",
            [world.people["cendana"].pk, world.facilities[where].pk, since, until],
        )


def kept_at(world: World) -> int:
    with world.everywhere():
        return SealedIdentity.objects.get().facility_id


def test_back_dated_placement_leaves_the_identity_where_the_person_is(world: World) -> None:
    record(world)

    raw_placement(world, "LP-KPG", SINCE - timedelta(days=90), SINCE)

    assert kept_at(world) == world.atb.pk


def test_placement_recorded_ahead_is_followed_when_it_has_begun(world: World) -> None:
    record(world)
    tomorrow = clock.today() + timedelta(days=2)
    with world.everywhere():
        Placement.objects.update(valid_until=tomorrow)

    raw_placement(world, "LP-KPG", tomorrow, None)

    assert kept_at(world) == world.atb.pk
    with world.everywhere():
        Placement.objects.filter(valid_until=tomorrow).update(valid_until=TODAY)
        Placement.objects.filter(valid_from=tomorrow).update(valid_from=TODAY)
    assert kept_at(world) == world.kpg.pk


def test_night_brings_an_identity_to_where_the_person_is(world: World) -> None:
    record(world)
    raw_placement(world, "LP-KPG", SINCE - timedelta(days=90), SINCE)
    with world.everywhere():
        # As if the move had been recorded ahead: what has begun meanwhile fires no trigger.
        Placement.objects.filter(facility=world.atb).update(valid_from=TODAY)
        SealedIdentity.objects.update(facility=world.kpg)

    moved = [settle_identities(), settle_identities()]

    assert moved == [1, 0]
    assert kept_at(world) == world.atb.pk


def test_identity_of_a_person_placed_elsewhere_is_refused_by_the_database(world: World) -> None:
    with world.acting("outsider") as scope, pytest.raises(DatabaseError, match="placement_missing"):
        record_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            values={"name": "Contoh Jambu"},
        )  # fmt: skip


def test_erasing_takes_values_and_key_and_leaves_the_code(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    owner = record(world).key_owner

    with django_capture_on_commit_callbacks(execute=True), world.acting("head") as scope:  # type: ignore[operator]
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="request"
        )

    assert keystore().keys([owner]) == {}
    with pytest.raises(KeyGone):
        keystore().create(owner)
    with world.acting():
        row = SealedIdentity.objects.get()
        assert row.name is None
        assert row.key_owner != owner
        assert sealed.find("nik", PLANTED["nik"]) == []
        assert not sealed.open_all([row], sealed.FIELDS)[row.pk].is_readable


def test_officer_may_not_erase(world: World) -> None:
    record(world)

    with pytest.raises(Refused) as refused, world.acting() as scope:
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="request"
        )

    assert refused.value.verdict.codes == ("ability_missing",)
    with world.acting():
        assert sealed.find("nik", PLANTED["nik"]) == [world.people["cendana"].pk]


def test_owner_of_a_key_is_random_and_not_the_person(world: World) -> None:
    row = record(world)

    assert isinstance(row.key_owner, uuid.UUID)
    assert row.key_owner.version == 4
