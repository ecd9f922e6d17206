"""Filing the attendance sheet of a session: the whole group at once, all or nothing."""

from collections.abc import Mapping
from datetime import date, timedelta

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, combine, require
from berdaya.institutions.rules import may
from berdaya.people.queries import work_records
from berdaya.people.rules_placement import Day
from berdaya.training import rules
from berdaya.training.models import Attendance, Enrolment, Session

# (enrolment, day) -> mark
Marks = Mapping[tuple[int, date], str]


class AttendanceRefused(Refused):
    """Lines that cannot stand: `people` is {enrolment_id: Verdict}."""

    def __init__(self, people: Mapping[int, Verdict]) -> None:
        self.people = dict(people)
        super().__init__(combine(self.people.values()))


def record_attendance(*, by: Actor, session: Session, marks: Marks) -> int:
    """File the sheet as it stands now; a box left empty is no mark. Returns how many marks stand.

    Statements do not grow with people or days. Locks the session. Raises AttendanceRefused
    (attendance_without_place, attendance_in_future, training_not_placed); nothing is saved then.
    """
    required()
    require(may(by, "training.edit", session.facility_id))
    session = lock_row(session)
    rows = Enrolment.objects.filter(session=session, has_place=True)
    people = dict(rows.values_list("pk", "participant_id"))
    _judge(session, people, marks)
    standing = {
        (one.enrolment_id, one.day): one for one in Attendance.objects.filter(session=session)
    }
    _write(by, session, people, marks, standing)
    return len(marks)


def _judge(session: Session, people: Mapping[int, int], marks: Marks) -> None:
    today = clock.today(session.facility.timezone)
    days = set(session.days.values_list("day", flat=True))
    until = session.ends_on + timedelta(days=1)
    records = work_records(session.facility, people.values(), session.starts_on, until)
    found: dict[int, Verdict] = {}
    for enrolment, day in marks:
        reasons = []
        if enrolment not in people or day not in days:
            reasons.append(rules.attendance_without_place())
        elif day > today:
            reasons.append(rules.attendance_in_future(day=Day(day)))
        elif not records.facts(people[enrolment], day).is_placed:
            reasons.append(rules.training_not_placed(day=Day(day)))
        if reasons:
            found[enrolment] = found.get(enrolment, Verdict()) + Verdict(tuple(reasons))
    if found:
        raise AttendanceRefused(found)


def _write(
    by: Actor,
    session: Session,
    people: Mapping[int, int],
    marks: Marks,
    standing: Mapping[tuple[int, date], Attendance],
) -> None:
    now = clock.now()
    gone = [one.pk for key, one in standing.items() if key not in marks]
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
    changed = [one for key, one in standing.items() if key in marks and one.mark != marks[key]]
    for one in changed:
        one.mark = marks[one.enrolment_id, one.day]
        one.recorded_by_id, one.recorded_at = by.user_id, now
    if changed:
        Attendance.objects.bulk_update(changed, ["mark", "recorded_by", "recorded_at"])
    Attendance.objects.bulk_create(
        Attendance(
            enrolment_id=enrolment,
            session=session,
            participant_id=people[enrolment],
            facility_id=session.facility_id,
            day=day,
            mark=mark,
            recorded_by_id=by.user_id,
            recorded_at=now,
        )
        for (enrolment, day), mark in marks.items()
        if (enrolment, day) not in standing
    )
