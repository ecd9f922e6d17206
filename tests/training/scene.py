"""A course and a session at the workshop tests' unit, and what is done with them."""

from collections.abc import Sequence
from datetime import date, timedelta

from berdaya.core.scope import acting
from berdaya.institutions.models import Party
from berdaya.people.models import Participant
from berdaya.training.actions.assessments import Attempt, record_assessments
from berdaya.training.actions.attendance import record_attendance
from berdaya.training.actions.courses import add_course, open_session
from berdaya.training.actions.enrolments import enrol_people
from berdaya.training.models import Assessment, Course, Enrolment, Level, Session, Skill
from berdaya.training.queries import criteria_of
from tests.workshop.scene import MONDAY, Scene

DAYS = [MONDAY + timedelta(days=n) for n in range(5)]
FRIDAY = DAYS[-1]


def course_of(scene: Scene, valid_months: int | None = 12, skill: str = "tenun-dasar") -> Course:
    """A course whose skill holds for a year; call it within a scope."""
    wanted = Skill.objects.get(code=skill)
    provider, _made = Party.objects.get_or_create(
        code="BLK", defaults={"kind": "agency", "name": "BLK Contoh"}
    )
    return add_course(
        by=scene.officer, facility=scene.facility, units=list(wanted.units.all()),
        title="Tenun dasar", provider=provider, skill=wanted, hours=40, valid_months=valid_months,
    )  # fmt: skip


def session_of(
    scene: Scene, course: Course | None = None, places: int = 2, days: Sequence[date] = DAYS
) -> Session:
    """A week with few places; call it within a scope."""
    return open_session(
        by=scene.officer, course=course or course_of(scene), days=days, minutes=420,
        places=places, instructor="Instruktur BLK",
    )  # fmt: skip


def enrol_all(scene: Scene, session: Session, people: Sequence[Participant]) -> list[Enrolment]:
    return enrol_people(by=scene.officer, session=session, participants=people)


def mark_all(scene: Scene, session: Session, mark: str = "present") -> None:
    rows = Enrolment.objects.filter(session=session, has_place=True)
    days = session.days.values_list("day", flat=True)
    marks = {(row.pk, day): mark for row in rows for day in days}
    record_attendance(by=scene.officer, session=session, marks=marks)


def assess(
    scene: Scene, enrolment: Enrolment, on: date = FRIDAY, level: int = Level.ALONE
) -> Assessment:
    """One attempt, every criterion at one level."""
    levels = {one.pk: level for one in criteria_of(enrolment.session.course_id)}
    return record_assessments(
        by=scene.officer, session=enrolment.session, assessed_on=on, assessor="Asesor LSP",
        attempts=[Attempt(enrolment, levels)],
    )[0]  # fmt: skip


def graduate(scene: Scene, person: Participant, course: Course | None = None) -> Assessment:
    """Somebody who went through it all and passed."""
    with acting(scene.officer, "test"):
        session = session_of(scene, course)
        (row,) = enrol_all(scene, session, [person])
        return assess(scene, row)
