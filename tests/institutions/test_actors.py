"""Who sees what: appointments of the day decide, nothing else."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.staff import appoint, end_appointment
from berdaya.institutions.models import Appointment
from berdaya.institutions.queries import actor_of, head_of, staff_with
from berdaya.institutions.roles import ABILITIES, ROLES
from berdaya.institutions.rules import AT_OFFICE, may, may_anywhere
from tests.world import TODAY, UNIT_ROLES, World


def test_actor_of_officer_sees_own_facility(world: World) -> None:
    actor = world.actor("officer")

    assert actor.facility_ids == {world.atb.pk}
    assert actor.roles == {world.atb.pk: frozenset({"officer"})}


@pytest.mark.parametrize("name", ["regional", "national", "auditor"])
def test_actor_of_office_sees_every_facility_below(world: World, name: str) -> None:
    actor = world.actor(name)

    assert actor.facility_ids == {one.pk for one in world.facilities.values()}


@pytest.mark.parametrize("name", ["mentor", "administrator"])
def test_actor_of_office_without_people_sees_no_facility(world: World, name: str) -> None:
    actor = world.actor(name)

    assert actor.facility_ids == frozenset()
    assert actor.roles.keys() == {AT_OFFICE}


def test_actor_of_takes_two_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        world.actor("regional")

    with django_assert_max_num_queries(1):
        world.actor("officer")


def test_appointment_ends_on_its_day(world: World) -> None:
    row = Appointment.objects.get(staff=world.staff["officer"])
    with world.everywhere() as scope:
        end_appointment(by=scope.actor, appointment=row, on=TODAY)

    assert actor_of(world.staff["officer"], TODAY).facility_ids == frozenset()
    assert actor_of(world.staff["officer"], TODAY - timedelta(days=1)).facility_ids


def test_acting_head_goes_before_the_definitive_one(world: World) -> None:
    with world.everywhere() as scope:
        appoint(
            by=scope.actor,
            staff=world.staff["receipts"],
            role="head",
            place=world.atb,
            kind="plh",
            decree_no="SPRIN-1",
            decree_on=TODAY,
            valid_from=TODAY,
            valid_until=TODAY + timedelta(days=3),
        )

    during, after = head_of(world.atb.pk, TODAY), head_of(world.atb.pk, TODAY + timedelta(days=3))

    assert during is not None
    assert during.kind == "plh"
    assert after is not None
    assert after.staff == world.staff["head"]
    assert may(world.actor("receipts"), "payout.approve", world.atb.pk).ok


@pytest.mark.parametrize("kind", ["plh", "plt"])
def test_acting_head_may_what_the_head_may_in_its_days_only(world: World, kind: str) -> None:
    until = TODAY + timedelta(days=3)
    with world.everywhere() as scope:
        appoint(
            by=scope.actor, staff=world.staff["nobody"], role="head", place=world.atb, kind=kind,
            decree_no="SPRIN-2", decree_on=TODAY, valid_from=TODAY, valid_until=until,
        )  # fmt: skip

    days = [TODAY - timedelta(days=1), TODAY, until - timedelta(days=1), until]
    held = [
        {a for a in ABILITIES if may(actor_of(world.staff["nobody"], day), a, world.atb.pk).ok}
        for day in days
    ]

    whole = set(ROLES["head"].abilities)
    assert held == [set(), whole, whole, set()]


def test_second_definitive_head_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused, world.everywhere() as scope:
        appoint(
            by=scope.actor,
            staff=world.staff["nobody"],
            role="head",
            place=world.atb,
            decree_no="SK-2",
            decree_on=TODAY,
            valid_from=TODAY,
        )

    assert refused.value.verdict.codes == ("appointment_overlaps",)
    assert not Appointment.objects.filter(staff=world.staff["nobody"]).exists()


def test_role_is_not_given_where_nobody_holds_it(world: World) -> None:
    with pytest.raises(ValueError, match="regional"), world.everywhere() as scope:
        appoint(
            by=scope.actor,
            staff=world.staff["nobody"],
            role="regional",
            place=world.atb,
            decree_no="SK-2",
            decree_on=TODAY,
            valid_from=TODAY,
        )


CAST = {
    **dict(UNIT_ROLES),
    **{name: name for name in ("regional", "national", "auditor", "mentor", "umkm_officer")},
    "administrator": "administrator",
}


@pytest.mark.parametrize("name", CAST)
def test_matrix_of_roles_and_abilities(world: World, name: str) -> None:
    actor, role = world.actor(name), ROLES[CAST[name]]

    for ability in ABILITIES:
        expected = ability in role.abilities and world.atb.pk in actor.facility_ids
        assert may(actor, ability, world.atb.pk).ok == expected, ability
        assert may_anywhere(actor, ability) == (ability in role.abilities), ability


def test_outsider_may_nothing_here(world: World) -> None:
    for ability in ABILITIES:
        assert may(world.actor("outsider"), ability, world.atb.pk).codes == (
            "facility_out_of_scope",
        )


def test_refusal_names_who_may(world: World) -> None:
    verdict = may(world.actor("officer"), "payout.approve", world.atb.pk)

    assert verdict.codes == ("ability_missing",)
    assert verdict.first is not None
    assert "Kepala UPT" in verdict.first.next_text


def test_nobody_is_told_so(world: World) -> None:
    assert may(world.actor("nobody"), "sheet.write", world.atb.pk).codes == ("not_appointed",)


def test_unknown_ability_is_a_mistake(world: World) -> None:
    with pytest.raises(KeyError):
        may(world.actor("officer"), "sheet.wirte", world.atb.pk)


def test_staff_with_an_ability_are_found(world: World) -> None:
    found = staff_with("payout.approve", world.atb.pk, TODAY)

    assert found == [world.staff["head"]]
    assert staff_with("payout.approve", world.atb.pk, date(2020, 1, 1)) == []
