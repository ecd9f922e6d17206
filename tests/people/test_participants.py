"""Registering, placing, moving, leaving: rows that fit together, refusals without a trace."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from berdaya.core.scope import ScopeMissing
from berdaya.core.verdicts import Refused
from berdaya.people.actions.participants import (
    change_status,
    end_placement,
    place_participant,
    register_participant,
)
from berdaya.people.models import Participant, Placement, StatusPeriod
from berdaya.people.roll import current_of, gone, here, statuses_on
from tests.world import SINCE, TODAY, World


def counts(world: World) -> tuple[int, int, int]:
    with world.everywhere():
        models = (Participant, Placement, StatusPeriod)
        return tuple(model.objects.count() for model in models)  # type: ignore[return-value]


def refused_codes(world: World, act: Callable[[], object]) -> tuple[str, ...]:
    """The codes of the refusal; fails if anything was changed all the same."""
    before = counts(world)
    with pytest.raises(Refused) as refused:
        act()
    assert counts(world) == before
    return refused.value.verdict.codes


def register(world: World, by: str = "officer", **changes: object) -> Participant:
    facts = {
        "facility": world.atb,
        "pseudonym": "Melati",
        "work_number": "A-010",
        "status": "convict",
        "valid_from": TODAY,
    }
    with world.acting(by) as scope:
        return register_participant(by=scope.actor, **{**facts, **changes})


def test_register_makes_person_placement_and_status(world: World) -> None:
    person = register(world)

    with world.acting():
        course = current_of(person, TODAY)
        assert person.code.startswith("LP-ATB-26-W")
        assert course.placement is not None
        assert course.placement.work_number == "A-010"
        assert course.status is not None
        assert course.status.status == "convict"


@pytest.mark.parametrize("pseudonym", ["5304120101900001", "B.I 1234/2025", "5304 1201", "a@b.id"])
def test_register_refuses_identity_as_pseudonym(world: World, pseudonym: str) -> None:
    codes = refused_codes(world, lambda: register(world, pseudonym=pseudonym))

    assert codes == ("identity_in_pseudonym",)


def test_database_refuses_a_long_number_as_pseudonym(world: World) -> None:
    with pytest.raises(IntegrityError, match="no_number"), world.acting():
        Participant.objects.create(code="X", pseudonym="53041201", facility=world.atb)


def test_register_refuses_a_work_number_in_use(world: World) -> None:
    codes = refused_codes(world, lambda: register(world, work_number="A-001"))

    assert codes == ("work_number_taken",)


@pytest.mark.parametrize(
    ("code", "status"),
    [("LPKA-KPG", "convict"), ("BP-KPG", "detainee"), ("LP-ATB", "client")],
)
def test_register_refuses_a_status_of_another_kind_of_facility(
    world: World, code: str, status: str
) -> None:
    facility = world.facilities[code]

    codes = refused_codes(
        world, lambda: register(world, by="regional", facility=facility, status=status)
    )

    assert codes == ("status_not_here",)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("head", "ability_missing"),
        ("seller", "ability_missing"),
        ("outsider", "facility_out_of_scope"),
        ("mentor", "facility_out_of_scope"),
        ("nobody", "not_appointed"),
    ],
)
def test_register_is_for_officers_of_the_facility(world: World, name: str, code: str) -> None:
    assert refused_codes(world, lambda: register(world, by=name)) == (code,)


def test_register_needs_a_scope(world: World) -> None:
    with pytest.raises(ScopeMissing):
        register_participant(
            by=world.actor("officer"),
            facility=world.atb,
            pseudonym="Melati",
            work_number="A-010",
            status="convict",
            valid_from=TODAY,
        )


def move(world: World, by: str, **changes: object) -> Placement:
    facts = {
        "participant": world.people["cendana"],
        "facility": world.kpg,
        "work_number": "B-010",
        "valid_from": TODAY,
    }
    with world.acting(by) as scope:
        return place_participant(by=scope.actor, **{**facts, **changes})


def test_move_by_the_region_ends_the_old_and_carries_the_status(world: World) -> None:
    move(world, "regional")

    with world.everywhere():
        old, new = Placement.objects.filter(participant=world.people["cendana"]).order_by("pk")
        assert (old.valid_until, new.valid_from) == (TODAY, TODAY)
        course = current_of(world.people["cendana"], TODAY)
    assert course.status is not None
    assert (course.status.status, course.status.facility_id) == ("convict", world.kpg.pk)


def test_move_opens_the_person_to_the_new_facility_only_from_then(world: World) -> None:
    with world.acting("outsider"):
        assert not Participant.objects.filter(pk=world.people["cendana"].pk).exists()

    move(world, "regional")

    with world.acting("outsider"):
        assert Participant.objects.filter(pk=world.people["cendana"].pk).exists()
        assert [row.work_number for row in here([world.kpg.pk], TODAY)] == ["A-001", "B-010"]


def test_move_by_an_officer_is_refused(world: World) -> None:
    assert "facility_out_of_scope" in refused_codes(world, lambda: move(world, "officer"))


def test_move_out_of_sight_is_refused(world: World) -> None:
    """The receiving officer does not even see the placement; the constraint still holds."""
    assert refused_codes(world, lambda: move(world, "outsider")) == ("placed_elsewhere",)


def test_new_work_number_at_the_same_place(world: World) -> None:
    move(world, "officer", facility=world.atb, work_number="A-077")

    with world.acting():
        course = current_of(world.people["cendana"], TODAY)
    assert course.placement is not None
    assert course.placement.work_number == "A-077"


def test_placement_before_the_present_one_is_refused(world: World) -> None:
    codes = refused_codes(
        world, lambda: move(world, "officer", facility=world.atb, valid_from=SINCE)
    )

    assert codes == ("placement_too_early",)


def change(world: World, status: str, day: date = TODAY, by: str = "officer") -> StatusPeriod:
    with world.acting(by) as scope:
        return change_status(
            by=scope.actor,
            participant=world.people["kelor"],
            facility=world.atb,
            status=status,
            valid_from=day,
        )


def test_detainee_becomes_convict_on_the_day(world: World) -> None:
    change(world, "convict")

    pk = world.people["kelor"].pk
    with world.acting():
        assert statuses_on([pk], TODAY - timedelta(days=1)) == {pk: "detainee"}
        assert statuses_on([pk], TODAY) == {pk: "convict"}


@pytest.mark.parametrize(
    ("status", "day", "code"),
    [
        ("detainee", TODAY, "status_same"),
        ("client", TODAY, "status_not_here"),
        ("convict", SINCE, "placement_too_early"),
    ],
)
def test_status_change_is_refused(world: World, status: str, day: date, code: str) -> None:
    assert refused_codes(world, lambda: change(world, status, day)) == (code,)


def leave(world: World, by: str = "officer", on: date = TODAY) -> Placement:
    with world.acting(by) as scope:
        return end_placement(
            by=scope.actor,
            participant=world.people["lontar"],
            facility=world.atb,
            on=on,
            status="released",
        )


def test_leaving_frees_the_work_number(world: World) -> None:
    leave(world)

    again = register(world, work_number="A-002")

    with world.acting():
        assert {row.participant for row in here([world.atb.pk], TODAY)} == {
            world.people["cendana"],
            world.people["kelor"],
            again,
        }
        assert [row.status for row in gone([world.atb.pk], TODAY)] == ["released"]


def test_leaving_twice_is_refused(world: World) -> None:
    leave(world)

    assert refused_codes(world, lambda: leave(world)) == ("placement_over",)


def test_outsider_sees_nobody_of_another_facility(world: World) -> None:
    with world.acting("outsider"):
        assert [one.pseudonym for one in Participant.objects.all()] == ["Waru"]
        assert {row.facility_id for row in Placement.objects.all()} == {world.kpg.pk}
        assert {row.facility_id for row in StatusPeriod.objects.all()} == {world.kpg.pk}
        changed = Placement.objects.filter(facility=world.atb).update(work_number="X")
    assert changed == 0


@pytest.mark.parametrize("model", [Participant, Placement, StatusPeriod])
def test_nothing_is_read_without_a_scope(world: World, model: type) -> None:
    with pytest.raises(ScopeMissing), transaction.atomic():
        model.objects.count()


def test_rows_for_another_facility_cannot_be_written(world: World) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), world.acting("outsider"):
        Participant.objects.create(code="X", pseudonym="Sirih", facility=world.atb)


@pytest.mark.usefixtures("db")
def test_no_column_names_a_person() -> None:
    """Names, NIK, register numbers and birth dates have no column, in any table of the program."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name LIKE 'people%%'"
        )
        columns = [name for (name,) in cursor.fetchall()]

    words = ("nik", "birth", "lahir", "register", "full_name", "crime")
    assert columns
    assert not [name for name in columns if any(word in name for word in words)]
    assert not [name for name in columns if name.endswith(".name")]
