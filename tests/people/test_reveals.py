"""Opening one person, a caseload, a number: allowed or refused, logged with the names."""

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.sealing import Unreadable
from berdaya.core.verdicts import Refused
from berdaya.people.actions.caseload import assign_clients, end_cases
from berdaya.people.actions.identity import erase_identity
from berdaya.people.actions.reveals import (
    Opened,
    open_identities,
)
from berdaya.people.assigning import person_subject
from berdaya.people.models import Reveal, RevealedPerson, SealedIdentity
from tests.people.names import NAMES, NIK, plant
from tests.people.opening import MORNING, logged, open_one, search
from tests.world import SINCE, TODAY, World

FORBIDDEN = (
    "UPDATE people_reveal SET count = 0",
    "DELETE FROM people_reveal",
    "UPDATE people_revealedperson SET fields = '{}'",
    "DELETE FROM people_revealedperson",
    "UPDATE people_revealreview SET note = 'lain'",
)


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


def open_clients(world: World, participants: list[int] | None = None) -> Opened:
    with world.acting("counsellor") as scope:
        return open_identities(
            by=scope.actor, facility=world.facilities["BP-KPG"], purpose="caseload",
            participants=participants,
        )  # fmt: skip


def test_counsellor_opens_own_clients_only(world: World) -> None:
    plant(world, "pinang", "asam")
    opened = open_clients(world)

    assert [one.words for one in opened.people.values()] == [NAMES["pinang"]]


def test_one_foreign_client_in_the_list_refuses_all(world: World) -> None:
    plant(world, "pinang", "asam")
    ids = [world.people[one].pk for one in ("pinang", "asam")]

    with pytest.raises(Refused) as refused:
        open_clients(world, ids)

    assert refused.value.verdict.codes == ("reveal_not_assigned",)
    assert logged(world) == 0


def test_counsellor_without_clients_opens_nobody(world: World) -> None:
    with world.everywhere():
        end_cases(participant=world.people["pinang"], facility=world.facilities["BP-KPG"], on=TODAY)

    with pytest.raises(Refused) as refused:
        open_clients(world)

    assert refused.value.verdict.codes == ("reveal_nobody",)


def test_name_that_cannot_be_read_leaves_no_log_and_no_other_name(world: World) -> None:
    plant(world, "pinang", "asam")
    with world.everywhere() as scope:
        assign_clients(
            by=scope.actor, participants=[world.people["asam"]], staff=world.staff["counsellor"],
            facility=world.facilities["BP-KPG"], on=SINCE,
        )  # fmt: skip
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
