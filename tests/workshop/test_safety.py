"""Safety in the workshop: incidents, stops and the checklist, and what they do to sheets."""

from datetime import timedelta
from decimal import Decimal

import pytest

from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.actions.safety import lift_hold
from berdaya.people.models import Participant, SafetyHold
from berdaya.workshop.actions.safety import (
    Answer,
    Hurt,
    check_safety,
    record_incident,
    stop_workshop,
)
from berdaya.workshop.actions.sheets import SheetRefused, SheetRow, record_sheet
from berdaya.workshop.models import (
    Incident,
    IncidentPerson,
    SafetyAnswer,
    SafetyCheck,
    WorkLog,
    Workshop,
    WorkshopHold,
)
from berdaya.workshop.safety import POINTS, open_points
from berdaya.workshop.sheet_page import load
from tests.counting import at_most
from tests.workshop import scene as scenes
from tests.workshop.scene import MONDAY, Scene

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def scene(db: None) -> Scene:
    return scenes.build(people=2)


def file(scene: Scene, day: object = MONDAY, who: int = 0, **more: object) -> None:
    row = SheetRow(scene.people[who].pk, minutes=300, pieces=Decimal(0), **more)
    with acting(scene.officer, "sheet"):
        record_sheet(by=scene.officer, workshop=scene.workshop, day=day, rows=[row])


def happen(scene: Scene, **more: object) -> Incident:
    facts = {
        "happened_on": MONDAY, "kind": "accident", "severity": "light",
        "what_happened": "Tangan terjepit alat tenun.", "what_was_done": "Dibersihkan dan dibalut.",
        "workshop": scene.workshop,
        "people": [Hurt(scene.people[0], "clinic", "tangan terjepit")],
    } | more  # fmt: skip
    with acting(scene.officer, "incident") as scope:
        return record_incident(by=scope.actor, facility=scene.facility, **facts)


def happen_at(facility: Facility, workshop: Workshop, person: Participant, by: Actor) -> Incident:
    """The same at another scene's workshop, with the workshop stopped."""
    with acting(by, "incident"):
        return record_incident(
            by=by, facility=facility, happened_on=MONDAY, kind="accident", severity="light",
            what_happened="Tangan terjepit alat tenun.", what_was_done="Dibersihkan dan dibalut.",
            workshop=workshop, stop_reason="pengunci alat longgar",
            people=[Hurt(person, "clinic", "tangan terjepit")],
        )  # fmt: skip


def test_incident_holds_back_whom_it_touched_and_nobody_else(scene: Scene) -> None:
    incident = happen(scene)

    with pytest.raises(SheetRefused) as refused:
        file(scene)
    file(scene, who=1)

    assert refused.value.verdict.codes == ("safety_hold",)
    assert "tangan terjepit" in str(refused.value.verdict.first.text)
    assert incident.code.startswith("LP-ATB-26-K")
    with acting(scene.officer, "look"):
        assert WorkLog.objects.count() == 1


def test_sick_may_be_written_for_whoever_is_held(scene: Scene) -> None:
    happen(scene)
    with acting(scene.officer, "sheet"):
        row = SheetRow(scene.people[0].pk, mark="sick")
        record_sheet(by=scene.officer, workshop=scene.workshop, day=MONDAY, rows=[row])

    with acting(scene.officer, "look"):
        assert WorkLog.objects.get().mark == "sick"


def test_stopped_workshop_takes_no_line_until_the_head_opens_it(scene: Scene) -> None:
    happen(scene, people=(), stop_reason="pelindung rusak")
    with acting(scene.officer, "look"):
        hold = WorkshopHold.objects.select_related("facility").get()
        page = load(scene.workshop, MONDAY)
        assert all("workshop_held" in line.verdict.codes for line in page.lines)

    with pytest.raises(SheetRefused, match="workshop_held"):
        file(scene)
    with acting(scene.officer, "lift"), pytest.raises(Refused, match="ability_missing"):
        lift_hold(by=scene.officer, hold=hold, works_from=TUESDAY, note="terpasang")
    with acting(scene.head, "lift"):
        lift_hold(by=scene.head, hold=hold, works_from=TUESDAY, note="terpasang")
    file(scene, TUESDAY)

    with acting(scene.officer, "look"):
        assert WorkLog.objects.count() == 1


def test_incident_is_refused_unfinished_elsewhere_and_in_the_future(scene: Scene) -> None:
    with acting(scene.outsider, "look"):
        other = Workshop.objects.create(
            facility=scene.outside, code="X", name="X", line_of_work="tenun"
        )
    for more, code in (
        ({"what_was_done": " "}, "incident_unfinished"),
        ({"workshop": other}, "workshop_elsewhere"),
        ({"happened_on": MONDAY + timedelta(days=4000)}, "paper_on_wrong_day"),
    ):
        with pytest.raises(Refused, match=code):
            happen(scene, **more)

    with acting(scene.officer, "look"):
        assert not Incident.objects.exists()
        assert not SafetyHold.objects.exists()


def test_outsider_sees_no_incident_and_records_none(scene: Scene) -> None:
    happen(scene)

    with acting(scene.outsider, "look"):
        for model in (Incident, IncidentPerson, SafetyHold):
            assert not model.objects.exists()
        with pytest.raises(Refused, match="facility_out_of_scope"):
            stop_workshop(
                by=scene.outsider, workshop=scene.workshop, valid_from=MONDAY, reason="iseng"
            )


def check(scene: Scene, day: object = MONDAY, bad: tuple[str, ...] = ()) -> SafetyCheck:
    answers = {one: Answer(one not in bad, "rusak" if one in bad else "") for one in POINTS}
    with acting(scene.officer, "check"):
        return check_safety(
            by=scene.officer, workshop=scene.workshop, checked_on=day, answers=answers
        )


def test_open_points_are_those_of_the_latest_check(scene: Scene) -> None:
    check(scene, bad=("fire", "wiring"))
    check(scene, TUESDAY, bad=("wiring",))

    with acting(scene.officer, "look"):
        assert [one.point for one in open_points([scene.facility.pk])] == ["wiring"]
    with pytest.raises(Refused, match="checklist_twice"):
        check(scene, TUESDAY)
    with acting(scene.officer, "look"), pytest.raises(Refused, match="checklist_incomplete"):
        check_safety(
            by=scene.officer, workshop=scene.workshop, checked_on=MONDAY + timedelta(days=2),
            answers={"fire": Answer(True)},
        )  # fmt: skip
    with acting(scene.officer, "look"):
        assert SafetyAnswer.objects.count() == 2 * len(POINTS)


def test_sheet_page_costs_the_same_with_holds(scene: Scene) -> None:
    happen(scene)
    with acting(scene.officer, "look"), at_most(7):
        load(scene.workshop, MONDAY)
