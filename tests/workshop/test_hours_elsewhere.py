"""Work before a transfer to another facility: hours, days and rest counted, and never seen."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from berdaya.core.scope import ScopeMissing, acting, system_scope
from berdaya.core.walls import every_door
from berdaya.people.models import Participant, Placement, WorkPlacement
from berdaya.people.queries import Before
from berdaya.workshop.actions.sheets import SheetRefused, SheetRow, record_sheet
from berdaya.workshop.models import WorkLog, WorkSheet, Workshop
from berdaya.workshop.queries import work_before
from berdaya.workshop.sheet_page import load
from tests.workshop import scene as scenes
from tests.workshop.scene import ARRIVED, LINE, MONDAY, Scene

CAME = MONDAY + timedelta(days=4)
HOUR = 60
WEEK = (MONDAY, MONDAY + timedelta(days=6))


@pytest.fixture
def scene(db: None) -> Scene:
    """A person who worked four days of eight hours next door and came on Friday."""
    scene = scenes.build()
    with system_scope("tests", [scene.outside.pk]) as scope:
        who = scenes.person(scene.outside, 9, placed_until=CAME)
        weaving = Workshop.objects.create(
            facility=scene.outside, code="TEN", name="Tenun", line_of_work=LINE
        )
        for n in range(4):
            day, row = MONDAY + timedelta(days=n), SheetRow(who.pk, minutes=8 * HOUR)
            record_sheet(by=scope.actor, workshop=weaving, day=day, rows=[row])
    with system_scope("tests", [scene.facility.pk]):
        Placement.objects.create(
            participant=who, facility=scene.facility, work_number="099", valid_from=CAME
        )
        WorkPlacement.objects.create(
            participant=who,
            facility=scene.facility,
            valid_from=CAME,
            line_of_work=LINE,
            decree_no="W.22-TPP-2",
        )
    scene.people.append(who)
    return scene


def arrival(scene: Scene) -> Participant:
    return scene.people[-1]


def file(scene: Scene, day: date, hours: float) -> WorkSheet:
    row = SheetRow(arrival(scene).pk, minutes=int(hours * HOUR))
    with acting(scene.officer, "sheet"):
        return record_sheet(by=scene.officer, workshop=scene.workshop, day=day, rows=[row])


def test_week_begun_elsewhere_is_refused_over_forty_hours(scene: Scene) -> None:
    file(scene, CAME, 6)

    with pytest.raises(SheetRefused) as refusal:
        file(scene, CAME + timedelta(days=1), 3)

    assert refusal.value.verdict.codes == ("hours_over_week",)
    assert "41" in str(refusal.value.verdict.reasons[0])
    with acting(scene.officer, "look"):
        assert WorkLog.objects.filter(participant=arrival(scene)).count() == 1
    assert file(scene, CAME + timedelta(days=1), 2)


def test_next_week_begins_anew(scene: Scene) -> None:
    file(scene, CAME, 6)

    sheet = file(scene, MONDAY + timedelta(days=7), 8)

    with acting(scene.officer, "look"):
        assert sheet.logs.get().minutes == 8 * HOUR


def test_sum_is_told_and_no_row(scene: Scene) -> None:
    with acting(scene.officer, "look"):
        told = work_before([arrival(scene).pk], *WEEK)
        page = load(scene.workshop, CAME)

        assert told == {arrival(scene).pk: [Before(CAME, 32 * HOUR, 4, 4)]}
        assert [line.week_text for line in page.lines if line.place.work_number == "099"] == ["32"]
        assert not WorkLog.objects.filter(participant=arrival(scene)).exists()


def test_days_elsewhere_count_for_the_sixth_day_and_for_rest(scene: Scene) -> None:
    file(scene, CAME, 4)

    with pytest.raises(SheetRefused) as sixth:
        file(scene, CAME + timedelta(days=1), 7.5)
    file(scene, CAME + timedelta(days=1), 4)
    with pytest.raises(SheetRefused) as seventh:
        file(scene, CAME + timedelta(days=2), 0.5)

    # Four days there and Friday: Saturday is the sixth, seven hours long, Sunday has to be free.
    assert "hours_over_day" in sixth.value.verdict.codes
    assert "rest_day_missing" in seventh.value.verdict.codes
    with acting(scene.officer, "look"):
        assert WorkLog.objects.filter(participant=arrival(scene)).count() == 2


def test_outsider_is_told_nothing(scene: Scene) -> None:
    who = arrival(scene).pk
    with acting(scene.outsider, "look"):
        left = work_before([who], *WEEK)
        strangers = work_before([one.pk for one in scene.people[:-1]], *WEEK)

    assert left == strangers == {}


def test_person_not_placed_here_is_not_told(scene: Scene) -> None:
    with system_scope("tests", [scene.outside.pk]):
        other = scenes.person(scene.outside, 10, placed_from=ARRIVED)

    with acting(scene.officer, "look"):
        told = work_before([other.pk], *WEEK)

    assert told == {}


def test_hours_of_one_scope_are_not_counted_twice(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk, scene.outside.pk]):
        told = work_before([arrival(scene).pk], *WEEK)

    assert told == {}


def test_without_a_scope_nobody_is_told(scene: Scene) -> None:
    with pytest.raises(ScopeMissing), transaction.atomic():
        work_before([arrival(scene).pk], *WEEK)


def test_doors_are_open_to_the_program_alone(db: None) -> None:
    with connection.cursor() as cursor:
        for door in every_door():
            cursor.execute(
                "SELECT has_function_privilege(%s, 'EXECUTE'), has_function_privilege('public', %s,"
                " 'EXECUTE')",
                [door.signature, door.signature],
            )
            assert cursor.fetchone() == (True, False), door.signature
