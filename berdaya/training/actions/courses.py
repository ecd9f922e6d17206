"""Courses and their sessions: what is taught, when, for how many."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.training import rules
from berdaya.training.calc import MOST_DAYS
from berdaya.training.models import (
    CompetenceUnit,
    Course,
    CourseUnit,
    Seats,
    Session,
    SessionDay,
)


def add_course(
    *, by: Actor, facility: Facility, units: Collection[CompetenceUnit], **facts: Any
) -> Course:
    """Keep a course with its competence units; draws its code last."""
    required()
    require(may(by, "training.edit", facility.pk))
    year = clock.today(facility.timezone).year
    number = draw(f"course:{facility.code}", year)
    course = Course.objects.create(
        facility=facility, code=desk_code(facility.code, year, "L", number), **facts
    )
    _set_units(course, units)
    return course


def change_course(
    *, by: Actor, course: Course, units: Collection[CompetenceUnit], **facts: Any
) -> Course:
    """Change a course; skills that it gave before keep their dates."""
    required()
    require(may(by, "training.edit", course.facility_id))
    for name, value in facts.items():
        setattr(course, name, value)
    course.save(update_fields=[*facts])
    CourseUnit.objects.filter(course=course).exclude(unit__in=units).delete()
    _set_units(course, units)
    return course


def _set_units(course: Course, units: Collection[CompetenceUnit]) -> None:
    rows = [CourseUnit(course=course, facility_id=course.facility_id, unit=one) for one in units]
    CourseUnit.objects.bulk_create(rows, ignore_conflicts=True)


def open_session(
    *,
    by: Actor,
    course: Course,
    days: Sequence[date],
    minutes: int,
    places: int,
    instructor: str,
    cost_rp: int = 0,
    funding: str = "",
) -> Session:
    """A session of a course on these days, `minutes` each; draws its code last.

    Refused: session_days_wrong (none, twice the same, more than MOST_DAYS).
    """
    required()
    facility = course.facility
    require(may(by, "training.edit", facility.pk))
    if not days or len(set(days)) != len(days) or len(days) > MOST_DAYS:
        raise Refused(rules.session_days_wrong())
    number = draw(f"session:{facility.code}", min(days).year)
    session = Session.objects.create(
        course=course,
        facility=facility,
        code=desk_code(facility.code, min(days).year, "PL", number),
        starts_on=min(days),
        ends_on=max(days),
        places=places,
        instructor=instructor,
        cost_rp=cost_rp,
        funding=funding or course.funding,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
    Seats.objects.create(session=session, facility=facility, places=places)
    SessionDay.objects.bulk_create(
        SessionDay(session=session, facility=facility, day=day, minutes=minutes) for day in days
    )
    return session


def change_session(
    *, by: Actor, session: Session, places: int, instructor: str, cost_rp: int, funding: str
) -> Session:
    """Change what may change once people are enrolled. Locks the session.

    More places do not move anybody up by themselves: enrolments.move_up does, called by whoever
    changes them. Refused: session_too_small.
    """
    required()
    require(may(by, "training.edit", session.facility_id))
    session = lock_row(session)
    kept = Seats.objects.filter(session=session, taken__lte=places).update(places=places)
    if not kept:
        taken = Seats.objects.get(session=session).taken
        raise Refused(rules.session_too_small(taken=taken, places=places))
    session.places, session.instructor = places, instructor
    session.cost_rp, session.funding = cost_rp, funding
    session.save(update_fields=["places", "instructor", "cost_rp", "funding"])
    return session
