"""Assessments: the rubric decides, a retake keeps the old attempt, a pass gives the skill."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core.scope import acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.training.actions.assessments import Attempt, record_assessments
from berdaya.training.models import Assessment, Enrolment, HeldSkill, Level, Session
from berdaya.training.queries import criteria_of, skills_held
from berdaya.training.rules import AttemptFacts, may_assess, result_of
from tests.training.scene import FRIDAY, assess, course_of, enrol_all, session_of
from tests.workshop.scene import Scene, build

LATER = FRIDAY + timedelta(days=30)


@pytest.fixture
def scene(db: None) -> Scene:
    return build(people=3)


@pytest.fixture
def session(scene: Scene) -> Session:
    with acting(scene.officer, "test"):
        return session_of(scene)


@pytest.fixture
def enrolment(scene: Scene, session: Session) -> Enrolment:
    with acting(scene.officer, "test"):
        return enrol_all(scene, session, scene.people[:1])[0]


@pytest.mark.parametrize(
    ("levels", "result"),
    [
        ({1: 3, 2: 3}, "competent"),
        ({1: 4, 2: 3}, "competent"),
        ({1: 4, 2: 2}, "not_yet"),
        ({1: 1, 2: 1}, "not_yet"),
    ],
)
def test_one_criterion_that_needs_help_is_not_yet(levels: dict, result: str) -> None:
    assert result_of(levels) == result


def test_every_reason_is_told() -> None:
    facts = AttemptFacts(
        has_place=False, assessed_on=date(2026, 3, 4), today=date(2026, 3, 3), ends_on=FRIDAY,
        criteria=frozenset({1, 2}), given={1: 3}, last_on=date(2026, 3, 4), has_passed=True,
        is_placed=False,
    )  # fmt: skip

    assert set(may_assess(facts).codes) == {
        "attendance_without_place", "assessment_passed", "assessment_future", "assessment_early",
        "training_not_placed", "assessment_again_early", "assessment_incomplete",
    }  # fmt: skip


def test_a_retake_is_a_new_attempt_and_the_old_one_stays(
    scene: Scene, enrolment: Enrolment
) -> None:
    with acting(scene.officer, "test"):
        first = assess(scene, enrolment, level=Level.WITH_HELP)
        second = assess(scene, enrolment, on=LATER)

        rows = list(Assessment.objects.values_list("pk", "attempt", "result"))
        held = HeldSkill.objects.get()

    assert rows == [(first.pk, 1, "not_yet"), (second.pk, 2, "competent")]
    assert (held.assessment_id, held.valid_from) == (second.pk, LATER)
    assert held.valid_until == date(2027, 4, 5)


def test_who_has_passed_is_not_assessed_again_and_nothing_changes(
    scene: Scene, enrolment: Enrolment
) -> None:
    with acting(scene.officer, "test"):
        assess(scene, enrolment)

    with pytest.raises(Refused) as refused, acting(scene.officer, "test"):
        assess(scene, enrolment, on=LATER)

    assert refused.value.verdict.codes == ("assessment_passed",)
    with acting(scene.officer, "look"):
        assert Assessment.objects.count() == HeldSkill.objects.count() == 1


def test_one_refused_attempt_refuses_all(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        inside = enrol_all(scene, session, scene.people)
        whole = {one.pk: 3 for one in criteria_of(session.course_id)}
    # The third found no place.
    with pytest.raises(Refused), acting(scene.officer, "test"):
        record_assessments(
            by=scene.officer, session=session, assessed_on=FRIDAY, assessor="Asesor",
            attempts=[Attempt(row, whole) for row in inside],
        )  # fmt: skip

    with acting(scene.officer, "look"):
        assert not Assessment.objects.exists()


def test_a_skill_ends_with_its_months_and_one_without_months_does_not(scene: Scene) -> None:
    person = scene.people[0]
    with acting(scene.officer, "test"):
        for months, code in ((6, "tenun-dasar"), (None, "warna-alam")):
            course = course_of(scene, months, code)
            (row,) = enrol_all(scene, session_of(scene, course), [person])
            assess(scene, row)
        ends = dict(HeldSkill.objects.values_list("skill__code", "valid_until"))

        during = skills_held([person.pk], date(2026, 9, 5))
        after = skills_held([person.pk], date(2026, 9, 6))

    assert ends == {"tenun-dasar": date(2026, 9, 6), "warna-alam": None}
    assert (len(during[person.pk]), len(after[person.pk])) == (2, 1)


def test_a_skill_follows_the_person_and_an_assessment_does_not(
    scene: Scene, enrolment: Enrolment
) -> None:
    person = scene.people[0]
    with acting(scene.officer, "test"):
        assess(scene, enrolment)
    with acting(scene.outsider, "look"):
        assert not HeldSkill.objects.exists()
    with system_scope("tests", [scene.facility.pk, scene.outside.pk]):
        person.placements.update(valid_until=LATER)
        person.placements.create(facility=scene.outside, work_number="Z-1", valid_from=LATER)

    with acting(scene.outsider, "look"):
        assert HeldSkill.objects.count() == 1
        assert not Assessment.objects.exists()


def test_an_attempt_cannot_be_changed(scene: Scene, enrolment: Enrolment) -> None:
    with acting(scene.officer, "test"):
        assess(scene, enrolment, level=Level.NOT_YET)

        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Assessment.objects.update(result="competent")
