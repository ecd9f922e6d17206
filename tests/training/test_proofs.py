"""What goes out: codes and hours for a funder, a rounded count, a sheet; never anybody's name."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core import clock
from berdaya.core.scope import acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.papers.actions.documents import print_document
from berdaya.training.actions.proofs import issue_proof, tell_count
from berdaya.training.models import AttendanceProof, Session, SessionCount
from berdaya.training.queries import members_of
from tests.papers.pages import A4, page_size
from tests.training.scene import enrol_all, mark_all, session_of
from tests.workshop.scene import Scene, build


@pytest.fixture
def scene(db: None) -> Scene:
    return build(people=7)


def finished(scene: Scene, people: int) -> Session:
    with acting(scene.officer, "test"):
        session = session_of(scene, places=9)
        enrol_all(scene, session, scene.people[:people])
        mark_all(scene, session)
        return session


def refusal(scene: Scene, session: Session) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused, acting(scene.head, "test"):
        issue_proof(by=scene.head, session=session, funder="Dinas Contoh")
    with acting(scene.head, "look"):
        assert not AttendanceProof.objects.exists()
    return refused.value.verdict.codes


def test_a_proof_carries_codes_days_and_hours_as_recounted(scene: Scene) -> None:
    session = finished(scene, 6)

    with acting(scene.head, "test"):
        first, second = (
            issue_proof(by=scene.head, session=session, funder=name) for name in ("A", "B")
        )
        lines = {one.enrolment_id: one for one in first.lines.all()}
        members = members_of(session)
        pdf = print_document(by=scene.head, document=first.document)

    assert {pk: (one.days, one.minutes) for pk, one in lines.items()} == {
        one.enrolment.pk: (one.totals.present, one.totals.minutes) for one in members
    }
    assert page_size(pdf) == A4
    # Drawn anew for every proof, so that two cannot be joined.
    with acting(scene.head, "look"):
        assert not {one.code for one in lines.values()} & {one.code for one in second.lines.all()}
    assert first.document.number_text != second.document.number_text


def test_four_people_are_too_few_for_a_list(scene: Scene) -> None:
    assert refusal(scene, finished(scene, 4)) == ("proof_too_few",)


def test_a_session_that_goes_on_or_has_empty_days_is_not_proven(scene: Scene) -> None:
    with acting(scene.officer, "test"):
        empty = session_of(scene, places=9)
        running = session_of(scene, days=[clock.today() + timedelta(days=1)])

    assert refusal(scene, empty) == ("proof_incomplete",)
    assert refusal(scene, running) == ("proof_early",)


def test_nothing_of_an_lpka_goes_out(scene: Scene) -> None:
    session = finished(scene, 6)
    with system_scope("tests", [scene.facility.pk]):
        scene.facility.kind = "lpka"
        scene.facility.save()
        session = Session.objects.select_related("facility").get(pk=session.pk)

    assert refusal(scene, session) == ("of_children",)
    with acting(scene.head, "test") as scope:
        assert tell_count(by=scope.actor, session=session) is None
        facts = {"session": session, "facility": scene.facility, "told_at": clock.now()}
        with pytest.raises(DatabaseError, match="facility_lpka"), transaction.atomic():
            SessionCount.objects.create(about_people=5, **facts)
    with acting(scene.outsider, "look"):
        assert not Session.objects.exists()


@pytest.mark.parametrize(("people", "told"), [(4, 0), (6, 5), (7, 5)])
def test_a_count_is_told_once_and_rounded(scene: Scene, people: int, told: int) -> None:
    session = finished(scene, people)

    with acting(scene.head, "test") as scope:
        first = tell_count(by=scope.actor, session=session)
        again = tell_count(by=scope.actor, session=session)

    assert first == again
    assert first is not None
    assert first.about_people == told
