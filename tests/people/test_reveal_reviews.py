"""Unusual openings wait for somebody else, who says what came of it."""

from datetime import timedelta

import pytest
from django.db import connection

from berdaya.core import clock
from berdaya.core.keystore import keystore
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import Holiday
from berdaya.institutions.today import waiting
from berdaya.people.actions.reveals import (
    review_reveal,
)
from berdaya.people.models import Reveal
from berdaya.people.rules_reveals import OFTEN_SAME
from tests.people.names import plant
from tests.people.opening import MORNING, NIGHT, open_one
from tests.world import SINCE, TODAY, World


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


def test_review_of_a_whole_day_leaves_other_people_and_days(world: World) -> None:
    first = unusual_one(world)
    with clock.travel(NIGHT):
        open_one(world)
        others = [open_one(world, by="head").reveal]
    with clock.travel(NIGHT - timedelta(days=1)):
        others.append(open_one(world).reveal)

    lines = waits_for(world, "head")
    with world.acting("head") as scope:
        review_reveal(by=scope.actor, reveal=first, note="Jaga malam.", whole_day=True)

    assert lines[1] == "Officer Contoh 2 kali membuka data diri secara tidak biasa"
    with world.everywhere():
        left = Reveal.objects.filter(is_unusual=True, review__isnull=True)
        assert set(left) == set(others)


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
