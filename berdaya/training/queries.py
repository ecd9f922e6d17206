"""What is true of training: who holds which skill, who is where in a session, what comes next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant, Placement
from berdaya.training.calc import Totals, totals_of
from berdaya.training.models import (
    Assessment,
    Attendance,
    CourseUnit,
    Criterion,
    Enrolment,
    HeldSkill,
    Mark,
    PiecePhoto,
    Result,
    Session,
)


def skills_held(participant_ids: Iterable[int], day: date) -> dict[int, set[int]]:
    """Participant -> ids of the skills they hold on a day; one query."""
    rows = HeldSkill.objects.on(day).filter(participant_id__in=set(participant_ids))
    found: dict[int, set[int]] = defaultdict(set)
    for person, skill in rows.values_list("participant_id", "skill_id"):
        found[person].add(skill)
    return found


def held_by(participant: Participant) -> "QuerySet[HeldSkill]":
    """Every skill somebody held or holds, the newest first, with its course."""
    rows = HeldSkill.objects.filter(participant=participant)
    return rows.select_related("skill", "course__provider", "facility", "assessment")


def next_sessions(facility_id: int, skill_ids: Iterable[int], day: date) -> dict[int, Session]:
    """For each skill the first session here that begins after `day` and has a free place.

    One query; a skill without such a session is absent.
    """
    rows = Session.objects.filter(
        facility=facility_id,
        course__skill__in=set(skill_ids),
        starts_on__gt=day,
        seats__taken__lt=F("seats__places"),
    )
    found: dict[int, Session] = {}
    for session in rows.select_related("course").order_by("starts_on", "pk"):
        found.setdefault(session.course.skill_id, session)
    return found


def with_places(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """Sessions with their course, and `waiting` people, for whoever may see counts of people."""
    queue = Q(enrolments__withdrawn_at__isnull=True, enrolments__has_place=False)
    rows = rows.select_related("course__skill", "course__provider", "facility", "seats")
    return rows.annotate(waiting=Count("enrolments", filter=queue))


def work_numbers(facility_id: int, participant_ids: Iterable[int], day: date) -> dict[int, str]:
    """Participant -> the work number under which they stood here on or last before a day."""
    rows = Placement.objects.filter(
        facility=facility_id, participant__in=set(participant_ids), valid_from__lte=day
    ).order_by("valid_from")
    return dict(rows.values_list("participant_id", "work_number"))


@dataclass(frozen=True)
class Member:
    """One person of a session, as its pages and papers show them."""

    enrolment: Enrolment
    work_number: str
    marks: Mapping[date, str]
    totals: Totals
    attempts: tuple[Assessment, ...]

    @property
    def last(self) -> Assessment | None:
        """The latest attempt."""
        return self.attempts[-1] if self.attempts else None

    @property
    def has_passed(self) -> bool:
        return any(one.result == Result.COMPETENT for one in self.attempts)


def members_of(session: Session, lengths: Mapping[date, int] | None = None) -> list[Member]:
    """Everybody with a place or waiting, by work number; those who wait in their order at the end.

    Four queries for any number of people, and one for `lengths` where they are not given.
    """
    rows = Enrolment.objects.filter(session=session, withdrawn_at__isnull=True)
    enrolments = list(rows.select_related("participant").order_by("pk"))
    numbers = work_numbers(
        session.facility_id, [one.participant_id for one in enrolments], session.ends_on
    )
    lengths = lengths_of(session) if lengths is None else lengths
    marks = marks_of(session)
    attempts = _attempts(session)
    found = [
        Member(
            one,
            numbers.get(one.participant_id, "–"),
            marks[one.pk],
            totals_of(marks[one.pk], lengths),
            tuple(attempts[one.pk]),
        )
        for one in enrolments
    ]
    return sorted(
        found,
        key=lambda m: (not m.enrolment.has_place, m.work_number if m.enrolment.has_place else ""),
    )


def lengths_of(session: Session) -> dict[date, int]:
    """Minutes by day of a session, in order."""
    return dict(session.days.order_by("day").values_list("day", "minutes"))


def marks_of(session: Session) -> dict[int, dict[date, str]]:
    """Enrolment -> mark by day; one query."""
    found: dict[int, dict[date, str]] = defaultdict(dict)
    rows = Attendance.objects.filter(session=session).order_by("day")
    for enrolment, day, mark in rows.values_list("enrolment_id", "day", "mark"):
        found[enrolment][day] = mark
    return found


def _attempts(session: Session) -> dict[int, list[Assessment]]:
    found: dict[int, list[Assessment]] = defaultdict(list)
    rows = Assessment.objects.filter(enrolment__session=session).select_related("held_skill")
    for one in rows.order_by("attempt"):
        found[one.enrolment_id].append(one)
    return found


def criteria_of(course_id: int) -> list[Criterion]:
    """What is assessed in a course, unit by unit."""
    units = CourseUnit.objects.filter(course=course_id).values("unit")
    rows = Criterion.objects.filter(unit__in=units).select_related("unit")
    return list(rows.order_by("unit__code", "position"))


def empty_days(session: Session, until: date) -> int:
    """Days of a session up to `until` on which nobody has a mark yet."""
    marked = Attendance.objects.filter(session=session, day=OuterRef("day"))
    return session.days.filter(~Exists(marked), day__lte=until).count()


def present_people(session: Session) -> int:
    """How many people were there on at least one day: the true number."""
    rows = Attendance.objects.filter(session=session, mark=Mark.PRESENT)
    return rows.values("participant").distinct().count()


def pieces_in_use(names: frozenset[str]) -> set[str]:
    """Of these files those of photos of pieces that were not refused, at any facility."""
    digests = {name.rpartition("/")[2].partition("-")[0] for name in names}
    with system_scope("nightly", Facility.objects.values_list("pk", flat=True), read_only=True):
        rows = PiecePhoto.objects.filter(digest__in=digests).exclude(review__outcome="refused")
        held = set(rows.values_list("digest", flat=True))
    return {name for name in names if name.rpartition("/")[2].partition("-")[0] in held}
