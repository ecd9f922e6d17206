"""The attendance sheet: its totals are a plain recount, and it stands or falls as a whole."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.training.actions.attendance import AttendanceRefused, record_attendance
from berdaya.training.calc import totals_of
from berdaya.training.models import Attendance, Mark, Session
from berdaya.training.queries import members_of
from tests.training.scene import DAYS, enrol_all, mark_all, session_of
from tests.workshop.scene import MONDAY, Scene, build

MARKS = list(Mark.values)


@pytest.fixture
def scene(db: None) -> Scene:
    return build(people=5)


@pytest.fixture
def session(scene: Scene) -> Session:
    with acting(scene.officer, "test"):
        session = session_of(scene, places=4)
        enrol_all(scene, session, scene.people)
        return session


@given(st.dictionaries(st.sampled_from(DAYS), st.sampled_from(MARKS)))
def test_totals_are_days_by_mark_and_minutes_of_days_present(marks: dict) -> None:
    lengths = {day: 60 * (n + 1) for n, day in enumerate(DAYS)}

    totals = totals_of(marks, lengths)

    assert sum(totals.days.values()) == len(marks)
    assert totals.minutes == sum(lengths[day] for day in marks if marks[day] == "present")


def test_totals_of_a_session_equal_a_plain_recount(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        members = [one for one in members_of(session) if one.enrolment.has_place]
        marks = {
            (one.enrolment.pk, day): MARKS[(n * 2 + place) % 4]
            for n, one in enumerate(members)
            for place, day in enumerate(DAYS)
            if (n + place) % 5
        }
        record_attendance(by=scene.officer, session=session, marks=marks)

        found = {one.enrolment.pk: one.totals for one in members_of(session)}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT enrolment_id, a.mark, d.minutes FROM training_attendance a"
                " JOIN training_sessionday d ON d.session_id = a.session_id AND d.day = a.day"
            )
            rows = cursor.fetchall()

    assert len(rows) == len(marks)
    for one in members:
        mine = [(mark, minutes) for pk, mark, minutes in rows if pk == one.enrolment.pk]
        assert found[one.enrolment.pk].days == Counter(mark for mark, _minutes in mine)
        assert found[one.enrolment.pk].minutes == sum(m for mark, m in mine if mark == "present")


def test_a_sheet_filed_anew_says_what_it_says_now(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        mark_all(scene, session)
        first, second, *_rest = [one.enrolment.pk for one in members_of(session)]

        record_attendance(
            by=scene.officer, session=session,
            marks={(first, MONDAY): "sick", (second, MONDAY): "present"},
        )  # fmt: skip

        rows = set(Attendance.objects.values_list("enrolment_id", "day", "mark"))
    assert rows == {(first, MONDAY, "sick"), (second, MONDAY, "present")}


def test_refused_lines_name_the_person_and_save_nothing(scene: Scene) -> None:
    with acting(scene.officer, "test"):
        today = clock.today(scene.facility.timezone)
        days = [today - timedelta(days=1), today + timedelta(days=1)]
        session = session_of(scene, places=1, days=days)
        inside, waiting = enrol_all(scene, session, scene.people[:2])
    marks = {
        (inside.pk, days[0]): "present", (inside.pk, days[1]): "present",
        (waiting.pk, days[0]): "present",
    }  # fmt: skip

    with pytest.raises(AttendanceRefused) as refused, acting(scene.officer, "test"):
        record_attendance(by=scene.officer, session=session, marks=marks)

    told = {pk: verdict.codes for pk, verdict in refused.value.people.items()}
    assert told == {
        inside.pk: ("attendance_in_future",),
        waiting.pk: ("attendance_without_place",),
    }
    with acting(scene.officer, "look"):
        assert not Attendance.objects.exists()


def test_who_has_left_is_not_marked_any_more(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        row = members_of(session)[0].enrolment
        row.participant.placements.update(valid_until=DAYS[2])

    with pytest.raises(AttendanceRefused) as refused, acting(scene.officer, "test"):
        mark_all(scene, session)

    assert set(refused.value.people[row.pk].codes) == {"training_not_placed"}


def test_the_database_takes_no_mark_of_who_waits_or_of_another_day(
    scene: Scene, session: Session
) -> None:
    with acting(scene.officer, "test"):
        members = members_of(session)
        for row, day in (
            (members[-1].enrolment, MONDAY),
            (members[0].enrolment, MONDAY + timedelta(days=6)),
        ):
            with pytest.raises(DatabaseError, match="attendance_differs"), transaction.atomic():
                Attendance.objects.create(
                    enrolment=row, session=session, participant_id=row.participant_id,
                    facility=scene.facility, day=day, mark="present", recorded_at=clock.now(),
                )  # fmt: skip


def test_statements_do_not_grow_with_people(scene: Scene) -> None:
    counts = []
    for size in (1, 5):
        with acting(scene.officer, "test"):
            session = session_of(scene, places=9)
            enrol_all(scene, session, scene.people[:size])
            with CaptureQueriesContext(connection) as asked:
                mark_all(scene, session)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_only_who_may_edit_files_a_sheet(scene: Scene, session: Session) -> None:
    with acting(scene.head, "test"), pytest.raises(Refused) as refused:
        record_attendance(by=scene.head, session=session, marks={})

    assert refused.value.verdict.codes == ("ability_missing",)
