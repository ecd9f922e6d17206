"""Who may take a time, who has to agree, who gives it back; a refusal changes nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from berdaya.core import clock
from berdaya.core.scope import acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.equipment.actions.bookings import (
    approve_booking,
    book,
    cancel_booking,
    decline_booking,
    move_booking,
)
from berdaya.equipment.actions.register import (
    end_share,
    note_condition,
    open_share,
    register_equipment,
)
from berdaya.equipment.calc import Slot
from berdaya.equipment.models import Booking, Condition, Equipment
from berdaya.equipment.queries import busy, reachable
from berdaya.people.actions.participants import register_participant
from tests.equipment.scene import DAY, booked, hours, house, machine, shared
from tests.world import SINCE, World


@pytest.fixture
def loom(world: World) -> Equipment:
    return machine(world)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return refusal.value.verdict.codes


def count(world: World) -> int:
    with world.everywhere():
        return Booking.objects.count()


def test_own_machine_is_booked_at_once(world: World, loom: Equipment) -> None:
    assert booked(world, loom, hours(8, 12)).state == "approved"


def test_taken_time_is_refused_with_the_next_free_one(world: World, loom: Equipment) -> None:
    booked(world, loom, hours(8, 12))
    booked(world, loom, hours(13, 16))

    with pytest.raises(Refused) as refusal:
        booked(world, loom, hours(11, 14))

    assert codes(refusal) == ("equipment_taken",)
    assert "08.00 WITA" in refusal.value.verdict.reasons[0].next_text
    assert count(world) == 2


def test_one_may_begin_where_the_other_ends(world: World, loom: Equipment) -> None:
    booked(world, loom, hours(8, 12))

    assert booked(world, loom, hours(12, 14)).holds_time


def test_foreign_unit_books_only_what_is_open_to_it_and_waits(
    world: World, loom: Equipment
) -> None:
    with world.everywhere() as scope, pytest.raises(Refused) as refusal:
        book(
            by=scope.actor, facility=world.kpg, equipment=loom, slot=hours(8, 9), purpose="x"
        )  # fmt: skip
    shared(world, loom)

    asked = booked(world, loom, hours(8, 12), "outsider", world.kpg)

    assert codes(refusal) == ("equipment_not_shared",)
    assert asked.state == "waiting"
    with pytest.raises(Refused):
        booked(world, loom, hours(9, 10))


def test_share_may_say_at_once_and_reach_a_whole_region(world: World, loom: Equipment) -> None:
    shared(world, loom, world.offices["NTT-KWL"], at_once=True)

    assert booked(world, loom, hours(8, 9), "outsider", world.kpg).state == "approved"


def test_head_of_the_owner_decides_and_nobody_of_the_booker(world: World, loom: Equipment) -> None:
    shared(world, loom)
    asked = booked(world, loom, hours(8, 12), "outsider", world.kpg)

    with world.acting("outside_head") as scope, pytest.raises(Refused) as refusal:
        approve_booking(by=scope.actor, booking=asked)
    with world.acting("head") as scope:
        approve_booking(by=scope.actor, booking=asked)
    with world.acting("head") as scope, pytest.raises(Refused) as again:
        decline_booking(by=scope.actor, booking=asked, reason="x")

    assert codes(refusal) == ("facility_out_of_scope",)
    assert codes(again) == ("booking_decided",)
    with world.acting("outsider"):
        assert Booking.objects.get().state == "approved"


def test_declined_and_cancelled_time_is_free_again(world: World, loom: Equipment) -> None:
    shared(world, loom)
    asked = booked(world, loom, hours(8, 12), "outsider", world.kpg)
    with world.acting("head") as scope:
        decline_booking(by=scope.actor, booking=asked, reason="dipakai sendiri")
    mine = booked(world, loom, hours(8, 12))

    with world.acting() as scope:
        cancel_booking(by=scope.actor, booking=mine, reason="benang belum datang")

    assert booked(world, loom, hours(8, 12)).holds_time


def test_moving_asks_the_owner_again_and_never_onto_a_taken_time(
    world: World, loom: Equipment
) -> None:
    shared(world, loom)
    asked = booked(world, loom, hours(8, 10), "outsider", world.kpg)
    booked(world, loom, hours(10, 12))
    with world.acting("head") as scope:
        approve_booking(by=scope.actor, booking=asked)

    with world.acting("outsider") as scope, pytest.raises(Refused) as refusal:
        move_booking(by=scope.actor, booking=asked, slot=hours(9, 11), reason="x")
    with world.acting("outsider") as scope:
        before = Booking.objects.get(pk=asked.pk)
        assert (before.starts_at, before.state) == (hours(8, 10).start, "approved")
        move_booking(by=scope.actor, booking=asked, slot=hours(13, 15), reason="listrik")
        assert Booking.objects.get(pk=asked.pk).state == "waiting"

    assert codes(refusal) == ("equipment_taken",)


@pytest.mark.parametrize("state", ["heavy", "written_off"])
def test_out_of_service_is_not_booked(world: World, loom: Equipment, state: str) -> None:
    with world.acting() as scope:
        note_condition(
            by=scope.actor, equipment=loom, state=state, since_on=clock.today(), reason="patah"
        )

    with pytest.raises(Refused) as refusal:
        booked(world, loom, hours(8, 9))

    assert codes(refusal) == ("equipment_out_of_service",)
    assert count(world) == 0


def test_written_off_does_not_come_back(world: World, loom: Equipment) -> None:
    facts = {"equipment": loom, "since_on": clock.today(), "reason": "lapuk"}
    with world.acting() as scope:
        note_condition(by=scope.actor, state="written_off", **facts)

    with world.acting() as scope, pytest.raises(Refused) as refusal:
        note_condition(by=scope.actor, state="good", **facts)

    assert codes(refusal) == ("condition_final",)
    with world.acting():
        assert Condition.objects.count() == 2


def test_past_and_backwards_are_refused(world: World, loom: Equipment) -> None:
    wrong = [
        (hours(8, 9, clock.today() - DAY), "booking_over"),
        (hours(9, 8), "booking_backwards"),
        (Slot(hours(8, 9).start, hours(8, 9).end + timedelta(days=100)),
         "booking_too_long"),
    ]  # fmt: skip

    for slot, code in wrong:
        with pytest.raises(Refused) as refusal:
            booked(world, loom, slot)
        assert codes(refusal) == (code,)
    assert count(world) == 0


def test_foreign_unit_knows_when_and_who_and_nothing_else(world: World, loom: Equipment) -> None:
    shared(world, loom)
    booked(world, loom, hours(8, 12))
    with world.acting("outsider"):
        told = busy([loom.pk], hours(0, 1).start, hours(22, 23).end)
        rows = list(Booking.objects.all())

    assert [(one.slot, one.facility_id) for one in told] == [(hours(8, 12), world.atb.pk)]
    assert rows == []
    assert "Rahasia" not in repr(told)


def test_unshared_machine_and_its_calendar_are_unknown_elsewhere(
    world: World, loom: Equipment
) -> None:
    booked(world, loom, hours(8, 12))

    with world.acting("outsider"):
        assert list(Equipment.objects.all()) == []
        assert busy([loom.pk], hours(0, 1).start, hours(22, 23).end) == []
    with world.acting():
        assert list(reachable([world.atb.pk])) == [loom]


def test_foreign_unit_changes_no_row_even_with_every_filter_dropped(
    world: World, loom: Equipment
) -> None:
    shared(world, loom)
    mine = booked(world, loom, hours(8, 12))

    with world.acting("outsider"), connection.cursor() as cursor:
        cursor.execute("UPDATE equipment_booking SET purpose = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("UPDATE equipment_equipment SET name = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("UPDATE equipment_share SET is_at_once = true")
        assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM equipment_booking")
        assert cursor.fetchone() == (0,)
    with world.acting():
        assert Booking.objects.get(pk=mine.pk).purpose == "Rahasia pesanan"


def test_nobody_gives_himself_a_say_in_a_machine_of_others(world: World, loom: Equipment) -> None:
    with world.acting("outsider"), pytest.raises(DatabaseError), transaction.atomic():
        # An owner that is not the machine's: the foreign key over both refuses it.
        Booking.objects.create(
            equipment_id=loom.pk, facility=world.kpg, owner_facility=world.kpg,
            starts_at=hours(8, 9).start, ends_at=hours(8, 9).end, purpose="x",
            booked_at=clock.now(),
        )  # fmt: skip
    assert count(world) == 0


def take_raw(world: World, loom: Equipment) -> None:
    """Past every rule of ours, as the program's login."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO equipment_booking (equipment_id, facility_id, owner_facility_id, kind,"
            " starts_at, ends_at, purpose, booked_at, reason)"
            " VALUES (%s, %s, %s, 'use', %s, %s, 'x', %s, '')",
            [loom.pk, world.kpg.pk, world.atb.pk, hours(8, 9).start, hours(8, 9).end, clock.now()],
        )


def test_database_gives_no_time_without_an_open_share(world: World, loom: Equipment) -> None:
    other = machine(world, name="ATBM 2")
    shared(world, other)
    with world.acting("outsider"), pytest.raises(IntegrityError, match="equipment_not_shared"):
        take_raw(world, loom)
    share = shared(world, loom)
    with world.acting() as scope:
        end_share(by=scope.actor, share=share, day=clock.today())
    for scope in (world.acting("outsider"), world.everywhere()):
        with scope, pytest.raises(IntegrityError, match="equipment_not_shared"):
            take_raw(world, loom)

    assert count(world) == 0
    shared(world, loom, world.offices["NTT-KWL"])
    with world.acting("outsider"):
        take_raw(world, loom)
    assert count(world) == 1


def test_without_a_share_a_booking_takes_no_more_time_and_no_other_machine(
    world: World, loom: Equipment
) -> None:
    other, share = machine(world, name="ATBM 2"), shared(world, loom)
    asked = booked(world, loom, hours(8, 12), "outsider", world.kpg)
    with world.acting() as scope:
        end_share(by=scope.actor, share=share, day=clock.today())
    mine = Booking.objects.filter(pk=asked.pk)

    with world.acting("outsider"):
        for change in ({"ends_at": hours(8, 13).end}, {"starts_at": hours(7, 8).start}):
            with pytest.raises(IntegrityError, match="equipment_not_shared"), transaction.atomic():
                mine.update(**change)
        mine.update(ends_at=hours(8, 11).end)
        mine.update(cancelled_at=clock.now(), reason="x")
        with pytest.raises(IntegrityError, match="equipment_not_shared"), transaction.atomic():
            mine.update(cancelled_at=None)
    with (
        world.everywhere(),
        pytest.raises(IntegrityError, match="booking_parties_stay"),
        transaction.atomic(),
    ):
        mine.update(equipment=other)


def test_production_house_is_kept_by_the_umkm_side_and_shared_with_a_unit(world: World) -> None:
    place = house(world)
    mentor, officer = world.actor("mentor"), world.actor("umkm_officer")
    with acting(officer, "test"):
        kitchen = register_equipment(
            by=officer, facility=place, registered_on=SINCE, reason="baru", name="Dapur",
            kind="kitchen", place="Lantai 1",
        )  # fmt: skip
        open_share(by=officer, equipment=kitchen, to=world.atb, valid_from=SINCE)
    asked = booked(world, kitchen, hours(8, 12))
    with acting(mentor, "test"):
        approve_booking(by=mentor, booking=asked)

    assert mentor.facility_ids == officer.facility_ids == frozenset({place.pk})
    with system_scope("tests", [place.pk]):
        assert Booking.objects.get().state == "approved"


def test_nobody_is_ever_placed_at_a_production_house(world: World) -> None:
    place = house(world)

    with (
        system_scope("tests", [place.pk]) as scope,
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
    ):
        register_participant(
            by=scope.actor, facility=place, pseudonym="Waru", work_number="A-1",
            status="convict", valid_from=SINCE,
        )  # fmt: skip

    assert "facility_without_people" in str(error.value)
