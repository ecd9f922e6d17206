"""Assessments: an attempt is recorded once and for good, and a passed one gives the skill."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, combine, require
from berdaya.institutions.rules import may
from berdaya.people.calc import months_after
from berdaya.people.queries import work_records
from berdaya.training import rules
from berdaya.training.models import (
    Assessment,
    AssessmentMark,
    Enrolment,
    HeldSkill,
    Result,
    Session,
)
from berdaya.training.queries import criteria_of


@dataclass(frozen=True)
class Attempt:
    """How one person did: level by criterion (Level)."""

    enrolment: Enrolment
    levels: Mapping[int, int]
    note: str = ""


def record_assessments(
    *,
    by: Actor,
    session: Session,
    assessed_on: date,
    assessor: str,
    attempts: Sequence[Attempt],
) -> list[Assessment]:
    """Record one attempt of each of these people; who passes holds the skill from that day on.

    All or nothing, statements do not grow with people. Locks the session. Refused:
    attendance_without_place, assessment_passed, assessment_future, assessment_early,
    assessment_again_early, assessment_incomplete, course_without_criteria, training_not_placed.
    """
    required()
    require(may(by, "training.assess", session.facility_id))
    session = lock_row(session)
    before = _before(attempts)
    _judge(session, assessed_on, attempts, before)
    made = Assessment.objects.bulk_create(
        Assessment(
            enrolment=one.enrolment,
            participant_id=one.enrolment.participant_id,
            facility_id=session.facility_id,
            attempt=len(before.get(one.enrolment.pk, ())) + 1,
            assessed_on=assessed_on,
            assessor=assessor,
            result=rules.result_of(one.levels),
            note=one.note.strip(),
            recorded_by_id=by.user_id,
            recorded_at=clock.now(),
        )
        for one in attempts
    )
    _keep_marks(made, attempts)
    _give_skills(session, made)
    return made


def _before(attempts: Collection[Attempt]) -> dict[int, list[Assessment]]:
    found: dict[int, list[Assessment]] = {}
    rows = Assessment.objects.filter(enrolment__in=[one.enrolment.pk for one in attempts])
    for row in rows.order_by("attempt"):
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def _judge(
    session: Session,
    assessed_on: date,
    attempts: Sequence[Attempt],
    before: Mapping[int, Sequence[Assessment]],
) -> None:
    criteria = frozenset(one.pk for one in criteria_of(session.course_id))
    people = [one.enrolment.participant_id for one in attempts]
    until = assessed_on + timedelta(days=1)
    records = work_records(session.facility, people, assessed_on, until)
    placed = Enrolment.objects.filter(session=session, has_place=True)
    with_place = set(placed.values_list("pk", flat=True))
    today = clock.today(session.facility.timezone)
    verdicts = []
    for one in attempts:
        earlier = before.get(one.enrolment.pk, ())
        facts = rules.AttemptFacts(
            has_place=one.enrolment.pk in with_place,
            assessed_on=assessed_on,
            today=today,
            ends_on=session.ends_on,
            criteria=criteria,
            given=one.levels,
            last_on=earlier[-1].assessed_on if earlier else None,
            has_passed=any(row.result == Result.COMPETENT for row in earlier),
            is_placed=records.facts(one.enrolment.participant_id, assessed_on).is_placed,
        )
        verdicts.append(rules.may_assess(facts))
    refused = [verdict for verdict in verdicts if not verdict.ok]
    if refused:
        raise Refused(combine(refused))


def _keep_marks(made: Sequence[Assessment], attempts: Sequence[Attempt]) -> None:
    AssessmentMark.objects.bulk_create(
        AssessmentMark(
            assessment=row, facility_id=row.facility_id, criterion_id=criterion, level=level
        )
        for row, one in zip(made, attempts, strict=True)
        for criterion, level in one.levels.items()
    )


def _give_skills(session: Session, made: Sequence[Assessment]) -> None:
    course = session.course
    HeldSkill.objects.bulk_create(
        HeldSkill(
            participant_id=row.participant_id,
            facility_id=row.facility_id,
            skill_id=course.skill_id,
            course=course,
            assessment=row,
            valid_from=row.assessed_on,
            valid_until=months_after(row.assessed_on, course.valid_months)
            if course.valid_months
            else None,
        )
        for row in made
        if row.result == Result.COMPETENT
    )
