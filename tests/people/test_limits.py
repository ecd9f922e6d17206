"""Lawful working time changes from a coming day on, by the national office."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.people.actions.limits import set_work_limits
from berdaya.people.models import WorkLimits
from tests.counting import at_most
from tests.world import World

FACTS = {
    "day_minutes_of_five": 420, "day_minutes_of_six": 360, "week_minutes": 2100,
    "days_in_a_row": 5, "legal_basis": "Peraturan contoh",
}  # fmt: skip


def test_new_limits_end_those_before(world: World) -> None:
    day = clock.today() + timedelta(days=30)

    with world.acting("national") as scope:
        new = set_work_limits(by=scope.actor, valid_from=day, **FACTS)

    old = WorkLimits.objects.on(clock.today()).get()
    assert (old.valid_until, new.valid_until) == (day, None)
    assert WorkLimits.objects.on(day).get() == new


@pytest.mark.parametrize(
    ("who", "days", "code"),
    [
        ("national", 0, "limits_in_past"),
        ("head", 30, "ability_missing"),
        ("regional", 30, "ability_missing"),
        ("nobody", 30, "not_appointed"),
    ],
)
def test_limits_are_refused(world: World, who: str, days: int, code: str) -> None:
    with pytest.raises(Refused) as refused, world.acting(who) as scope:
        set_work_limits(
            by=scope.actor, valid_from=clock.today() + timedelta(days=days), **FACTS
        )  # fmt: skip

    assert refused.value.verdict.codes == (code,)
    assert WorkLimits.objects.count() == 1


def test_page_and_form(world: World) -> None:
    national, officer = world.client("national"), world.client("officer")
    day = clock.today() + timedelta(days=9)
    form = {
        "valid_from": day.isoformat(), "day_hours_of_five": "7", "day_hours_of_six": "6.5",
        "week_hours": "35", "days_in_a_row": "5", "legal_basis": "Peraturan contoh",
    }  # fmt: skip

    wrong = national.post("/desk/work-limits/new/", {**form, "day_hours_of_six": "8"})
    right = national.post("/desk/work-limits/new/", form)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert WorkLimits.objects.get(valid_from=day).day_minutes_of_six == 390
    for asked in ("", "?cari=contoh", "?keadaan=now", "?keadaan=coming", "?urut=-pekan",
                  "?ekspor=xlsx"):  # fmt: skip
        with at_most(12):
            assert officer.get(f"/desk/work-limits/{asked}").status_code == 200
    assert "/desk/work-limits/new/" not in officer.get("/desk/work-limits/").text
