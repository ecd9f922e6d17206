"""Holds, hazardous lines and cover for accidents: what stops work, and what is only told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.people.actions import papers
from berdaya.people.actions.safety import (
    end_insurance,
    lift_hold,
    place_hold,
    record_insurance,
)
from berdaya.people.models import HazardousLine, SafetyHold, WorkInsurance
from berdaya.people.queries import work_facts
from berdaya.people.rules import findings, may_work
from tests.people.consents import give
from tests.people.test_work_rules import FIT
from tests.world import SINCE, TODAY, World

HELD = TODAY - timedelta(days=3)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"held_since": HELD, "held_for": "jatuh"}, ("safety_hold",)),
        ({"is_hazardous": True}, ("fitness_not_by_clinician",)),
        ({"is_hazardous": True, "is_fit_by_clinician": True}, ()),
        ({"is_hazardous": True, "is_fit": False}, ("unfit",)),
        ({"is_insured": False}, ()),
    ],
)
def test_safety_speaks_in_may_work(change: dict, codes: tuple[str, ...]) -> None:
    assert may_work(replace(FIT, **change)).codes == codes


def test_no_cover_is_told_and_stops_nobody() -> None:
    assert findings(replace(FIT, is_insured=False)).codes == ("not_insured",)
    assert findings(replace(FIT, is_insured=True)).ok


def hold(world: World, by: str = "officer", day: date = HELD) -> SafetyHold:
    with world.acting(by) as scope:
        return place_hold(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            valid_from=day, reason="jatuh dari tangga",
        )  # fmt: skip


def facts(world: World, day: date, line: str = ""):
    with world.everywhere():
        person = world.people["cendana"].pk
        return work_facts(world.atb.pk, [person], day, line_of_work=line)[person]


def test_held_until_the_head_lifts_it_with_a_note(world: World) -> None:
    give(world)
    row = hold(world)

    with world.acting("officer") as scope, pytest.raises(Refused, match="ability_missing"):
        lift_hold(by=scope.actor, hold=row, works_from=TODAY, note="aman")
    with world.acting("head") as scope:
        for note, day, code in ((" ", TODAY, "lift_note_missing"), ("ok", HELD, "paper_on_wrong")):
            with pytest.raises(Refused, match=code):
                lift_hold(by=scope.actor, hold=row, works_from=day, note=note)
        lift_hold(by=scope.actor, hold=row, works_from=TODAY, note="sudah pulih")

    held = [facts(world, HELD + timedelta(days=n)).held_since for n in (-1, 0, 2, 3)]
    assert held == [None, HELD, HELD, None]
    assert facts(world, HELD).held_for == "jatuh dari tangga"


def test_second_hold_coming_day_and_outsider_are_refused(world: World) -> None:
    hold(world)

    for by, day, code in (
        ("officer", HELD, "paper_overlaps"),
        ("officer", TODAY + timedelta(days=9), "paper_on_wrong_day"),
        ("outsider", HELD, "facility_out_of_scope"),
        ("receipts", HELD, "ability_missing"),
    ):
        with pytest.raises(Refused, match=code):
            hold(world, by, day)

    with world.everywhere():
        assert SafetyHold.objects.count() == 1
    with world.acting("outsider"):
        assert not SafetyHold.objects.exists()


def test_hazardous_line_asks_for_a_clinicians_own_certificate_from_its_day(world: World) -> None:
    day = date(2027, 1, 1)
    with world.everywhere():
        HazardousLine.objects.create(line_of_work="anyaman", valid_from=TODAY, legal_basis="uji")

    hazardous = [
        facts(world, when, line).is_hazardous
        for when, line in (
            (day - timedelta(days=1), "las"), (day, "las"), (day, "mebel"), (day, "tenun"),
            (TODAY, "anyaman"),
        )
    ]  # fmt: skip
    assert hazardous == [False, True, True, False, True]


@pytest.mark.parametrize(("roles", "by_clinician"), [({"officer"}, False), ({"clinician"}, True)])
def test_certificate_knows_whose_account_wrote_it(
    world: World, roles: set[str], by_clinician: bool
) -> None:
    staff, place = world.staff["officer"], world.atb.pk
    actor = Actor("officer", staff.pk, frozenset({place}), {place: frozenset({"officer", *roles})})
    with acting(actor, "test"):
        row = papers.record_fitness(
            by=actor, participant=world.people["cendana"], facility=world.atb, valid_from=SINCE,
            valid_until=TODAY + timedelta(days=9), clinician_role="unit_doctor",
        )  # fmt: skip

    assert row.is_by_clinician is by_clinician
    assert facts(world, TODAY).is_fit_by_clinician is by_clinician


def insure(world: World, **more: object) -> WorkInsurance:
    facts = {"scheme": "bpjs_jkk", "policy_no": "JKK-00-112", "valid_from": SINCE} | more
    with world.acting() as scope:
        return record_insurance(by=scope.actor, facility=world.atb, **facts)


def test_cover_of_the_unit_or_of_one_person(world: World) -> None:
    assert not facts(world, TODAY).is_insured
    own = insure(world, participant=world.people["lontar"])
    assert not facts(world, TODAY).is_insured

    everybody = insure(world)

    assert facts(world, TODAY).is_insured
    with world.acting() as scope:
        end_insurance(by=scope.actor, insurance=everybody, ends_on=TODAY)
    assert not facts(world, TODAY).is_insured
    assert own.policy_no


def test_a_nik_is_no_policy_number(world: World) -> None:
    for number in ("5304014101900001", "5304 0141 0190 0001"):
        with pytest.raises(Refused, match="policy_no_is_nik"):
            insure(world, policy_no=number)
    with pytest.raises(DatabaseError, match="no_nik"), world.everywhere(), transaction.atomic():
        WorkInsurance.objects.create(
            facility=world.atb, scheme="other", policy_no="53.04.01.410190.0001",
            valid_from=SINCE, recorded_at="2026-01-01T00:00Z",
        )  # fmt: skip

    with world.everywhere():
        assert not WorkInsurance.objects.exists()
