"""Search by number: who is found, what is logged, how often."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.people.actions.reveals import (
    search_identity,
)
from berdaya.people.models import Reveal
from berdaya.people.rules_reveals import SEARCHES_AN_HOUR
from tests.people.names import NIK, plant
from tests.people.opening import MORNING, logged, search
from tests.world import World


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
