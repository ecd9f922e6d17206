"""Who may take part, who waits, and what a withdrawal frees; a refusal changes nothing."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.training.actions.courses import change_session
from berdaya.training.actions.enrolments import EnrolRefused, enrol_people, move_up, withdraw
from berdaya.training.models import Enrolment, Seats, Session
from berdaya.training.rules import EnrolFacts, may_enrol
from tests.training.scene import enrol_all, mark_all, session_of
from tests.workshop.scene import MONDAY, Scene, build, person


@pytest.fixture
def scene(db: None) -> Scene:
    return build(people=5)


@pytest.fixture
def session(scene: Scene) -> Session:
    with acting(scene.officer, "test"):
        return session_of(scene)


def taken(scene: Scene, session: Session) -> tuple[int, int]:
    """Places taken, and enrolments that stand."""
    with acting(scene.officer, "look"):
        rows = Enrolment.objects.filter(session=session, withdrawn_at__isnull=True)
        return Seats.objects.get(session=session).taken, rows.count()


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (EnrolFacts("convict", False), ()),
        (EnrolFacts("anak", False), ()),
        (EnrolFacts("community_service", False), ()),
        (EnrolFacts("client", False), ()),
        (EnrolFacts("detainee", True), ()),
        (EnrolFacts("detainee", False), ("training_without_request",)),
        (EnrolFacts("released", True), ("released",)),
        (EnrolFacts("convict", False, missing_on=MONDAY), ("training_not_placed",)),
        (EnrolFacts("convict", False, is_enrolled=True), ("enrolled_already",)),
    ],
)
def test_who_may_take_part(facts: EnrolFacts, codes: tuple[str, ...]) -> None:
    assert may_enrol(facts).codes == codes


def test_neither_consent_to_work_nor_fitness_is_asked(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        idle = person(scene.facility, 9, papers=False)

        rows = enrol_all(scene, session, [idle])

    assert rows[0].has_place


def test_a_detainee_only_by_own_request_and_the_database_says_so_too(
    scene: Scene, session: Session
) -> None:
    with acting(scene.officer, "test"):
        held = person(scene.facility, 9, status="detainee")
    with pytest.raises(EnrolRefused) as refused, acting(scene.officer, "test"):
        enrol_all(scene, session, [scene.people[0], held])
    assert refused.value.people[held.pk].codes == ("training_without_request",)
    assert taken(scene, session) == (0, 0)

    with acting(scene.officer, "test"):
        facts = {
            "session": session, "participant": held, "facility": scene.facility, "day": MONDAY,
            "has_place": False, "enrolled_at": clock.now(),
        }  # fmt: skip
        with pytest.raises(DatabaseError, match="training_without_request"), transaction.atomic():
            Enrolment.objects.create(**facts)

        rows = enrol_people(
            by=scene.officer, session=session, participants=[held], is_own_request=True
        )

    assert rows[0].has_place


def test_somebody_placed_for_a_part_of_the_days_is_told_which_day(
    scene: Scene, session: Session
) -> None:
    with acting(scene.officer, "test"):
        leaving = person(scene.facility, 9, placed_until=MONDAY + timedelta(days=2))

    with pytest.raises(EnrolRefused) as refused, acting(scene.officer, "test"):
        enrol_all(scene, session, [leaving])

    (reason,) = refused.value.people[leaving.pk].reasons
    assert (reason.code, str(reason.params["day"])) == ("training_not_placed", "4 Maret 2026")
    assert taken(scene, session) == (0, 0)


def test_who_finds_no_place_waits_and_moves_up_in_order(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        rows = enrol_all(scene, session, scene.people[:4])
        at_first = [row.has_place for row in rows]
        withdraw(by=scene.officer, enrolment=rows[0])

    with acting(scene.officer, "look"):
        states = [row.state for row in Enrolment.objects.filter(session=session)]
    assert at_first == [True, True, False, False]
    assert states == ["withdrawn", "enrolled", "enrolled", "waiting"]
    assert taken(scene, session) == (2, 3)


def test_who_withdrew_may_come_again(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        (row,) = enrol_all(scene, session, scene.people[:1])
        withdraw(by=scene.officer, enrolment=row)
        enrol_all(scene, session, scene.people[:1])

    with pytest.raises(Refused) as refused, acting(scene.officer, "test"):
        withdraw(by=scene.officer, enrolment=row)

    assert refused.value.verdict.codes == ("enrolment_over",)
    assert taken(scene, session) == (1, 1)


def test_who_was_there_keeps_the_place(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        (row,) = enrol_all(scene, session, scene.people[:1])
        mark_all(scene, session)

    with pytest.raises(Refused) as refused, acting(scene.officer, "test"):
        withdraw(by=scene.officer, enrolment=row)

    assert refused.value.verdict.codes == ("enrolment_has_marks",)
    assert taken(scene, session) == (1, 1)


def test_fewer_places_than_people_are_refused_and_more_let_the_queue_move(
    scene: Scene, session: Session
) -> None:
    facts = {"instructor": "Instruktur BLK", "cost_rp": 0, "funding": "unit"}
    with acting(scene.officer, "test"):
        enrol_all(scene, session, scene.people[:3])
    with pytest.raises(Refused) as refused, acting(scene.officer, "test"):
        change_session(by=scene.officer, session=session, places=1, **facts)
    assert refused.value.verdict.codes == ("session_too_small",)

    with acting(scene.officer, "test"):
        change_session(by=scene.officer, session=session, places=3, **facts)
        moved = move_up(by=scene.officer, session=session)

    assert moved == 1
    assert taken(scene, session) == (3, 3)


def test_the_database_never_overbooks(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        enrol_all(scene, session, scene.people[:2])

        with pytest.raises(IntegrityError, match="never_overbooked"), transaction.atomic():
            Seats.objects.filter(session=session).update(taken=F("taken") + 1)


def test_another_unit_sees_neither_people_nor_places(scene: Scene, session: Session) -> None:
    with acting(scene.officer, "test"):
        enrol_all(scene, session, scene.people[:2])

    with acting(scene.outsider, "look"):
        counts = [model.objects.count() for model in (Enrolment, Seats)]
        with pytest.raises(Refused) as refused:
            enrol_people(by=scene.outsider, session=session, participants=scene.people[2:3])

    assert counts == [0, 0]
    assert refused.value.verdict.codes == ("facility_out_of_scope",)


def test_days_and_people_cannot_be_empty(scene: Scene, session: Session) -> None:
    course = session.course
    for days in ([], [MONDAY, MONDAY], [date(2026, 1, 1) + timedelta(days=n) for n in range(121)]):
        with pytest.raises(Refused) as refused, acting(scene.officer, "test"):
            session_of(scene, course, days=days)
        assert refused.value.verdict.codes == ("session_days_wrong",)
    with pytest.raises(Refused) as refused, acting(scene.officer, "test"):
        enrol_all(scene, session, [])
    assert refused.value.verdict.codes == ("nobody_chosen",)
