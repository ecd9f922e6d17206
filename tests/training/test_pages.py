"""The desk's pages of training: budget, journeys, refusals, prints, and who sees no person."""

from datetime import timedelta

import pytest
from django.test import Client

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.institutions.models import Party
from berdaya.people.actions.participants import register_participant
from berdaya.people.models import Participant
from berdaya.training.actions.assessments import Attempt, record_assessments
from berdaya.training.actions.courses import add_course, open_session
from berdaya.training.actions.enrolments import enrol_people
from berdaya.training.models import Assessment, Attendance, Course, Enrolment, Session, Skill
from berdaya.training.queries import criteria_of
from tests.counting import at_most
from tests.papers.pages import A4, page_size
from tests.world import SINCE, TODAY, World

DAY = TODAY - timedelta(days=3)


def register(world: World, number: int) -> Participant:
    return register_participant(
        by=world.actor("officer"), facility=world.atb, pseudonym=f"Kenari {number}",
        work_number=f"B-{number:03d}", status="convict", valid_from=SINCE,
    )  # fmt: skip


def make(world: World, number: int = 1, people: int = 1) -> Session:
    """A course of one day with so many people, all assessed; call it in a scope."""
    by = world.actor("officer")
    skill = Skill.objects.get(code="tenun-dasar")
    provider, _new = Party.objects.get_or_create(
        code="BLK", defaults={"kind": "agency", "name": "BLK Contoh"}
    )
    course = add_course(
        by=by, facility=world.atb, units=list(skill.units.all()), title=f"Tenun {number}",
        provider=provider, skill=skill, hours=7, valid_months=12,
    )  # fmt: skip
    session = open_session(
        by=by, course=course, days=[DAY], minutes=420, places=9, instructor="Instruktur BLK"
    )
    group = [register(world, number * 10 + n) for n in range(people)]
    rows = enrol_people(by=by, session=session, participants=group)
    levels = {one.pk: 3 for one in criteria_of(course.pk)}
    record_assessments(
        by=by, session=session, assessed_on=DAY, assessor="Asesor LSP",
        attempts=[Attempt(row, levels) for row in rows],
    )  # fmt: skip
    return session


@pytest.fixture
def session(world: World) -> Session:
    with world.acting():
        return make(world)


def addresses(session: Session) -> list[str]:
    row = Enrolment.objects.filter(session=session).select_related("participant").first()
    assert row is not None
    attempt = Assessment.objects.filter(enrolment=row).first()
    assert attempt is not None
    return [
        "/desk/courses/", "/desk/sessions/", "/desk/courses/new/",
        f"/desk/courses/{session.course.code}/", f"/desk/courses/{session.course.code}/edit/",
        f"/desk/courses/{session.course.code}/sessions/", f"/desk/sessions/{session.code}/",
        f"/desk/sessions/{session.code}/edit/", f"/desk/sessions/{session.code}/enrolments/",
        f"/desk/sessions/{session.code}/attendance/", f"/desk/enrolments/{row.pk}/withdrawal/",
        f"/desk/enrolments/{row.pk}/assessment/", f"/desk/assessments/{attempt.pk}/",
        f"/desk/assessments/{attempt.pk}/photos/", f"/desk/wbp/{row.participant.code}/skills/",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_at_most_twelve_statements(world: World, rows: int) -> None:
    with world.acting():
        sessions = [make(world, number, people=rows) for number in range(1, rows + 1)]
        urls = addresses(sessions[0])
    client = world.client()

    for url in urls:
        with at_most(12):
            response = client.get(url)
        assert response.status_code == 200, url
        assert "None" not in response.content.decode(), url


def test_sheet_is_filed_and_what_cannot_be_read_is_said(world: World, session: Session) -> None:
    client, url = world.client(), f"/desk/sessions/{session.code}/attendance/"
    with world.acting():
        row = Enrolment.objects.get(session=session)
    box = f"t-{row.pk}-{DAY:%Y%m%d}"

    refused = client.post(url, {box: "X"})
    with world.acting():
        assert not Attendance.objects.exists()
    filed = client.post(url, {box: "h"})

    assert refused.status_code == 422
    assert b"mark_unreadable" in refused.content
    assert filed.status_code == 302
    with world.acting():
        assert Attendance.objects.get().mark == "present"
    assert b"1 / 1" in client.get(f"/desk/sessions/{session.code}/").content


def test_a_course_from_first_form_to_a_skill(world: World) -> None:
    client = world.client()
    with world.acting():
        skill = Skill.objects.get(code="kopi-sangrai")
        units = [unit.pk for unit in skill.units.all()]
        provider = Party.objects.create(code="BLK", kind="agency", name="BLK Contoh")
    facts = {
        "title": "Menyangrai kopi", "provider": provider.pk, "skill": skill.pk, "units": units,
        "hours": 16, "valid_months": 24, "cost_rp": "1.500.000", "funding": "unit",
        "is_active": "on",
    }  # fmt: skip
    assert client.post("/desk/courses/new/", facts).status_code == 302
    with world.acting():
        course = Course.objects.get()
    planned = {
        "first_day": DAY, "last_day": DAY, "weekdays": [DAY.weekday()], "hours": "7,5",
        "places": 1, "instructor": "Instruktur BLK", "funding": "unit",
    }  # fmt: skip
    assert client.post(f"/desk/courses/{course.code}/sessions/", planned).status_code == 302
    with world.acting():
        session = Session.objects.get()
    people = [world.people[name].pk for name in ("cendana", "lontar")]
    page = f"/desk/sessions/{session.code}/"
    assert client.post(f"{page}enrolments/", {"people": people}).status_code == 302
    with world.acting():
        first = Enrolment.objects.get(has_place=True)
        levels = {f"kriteria_{one.pk}": 3 for one in criteria_of(course.pk)}
    judged = {"assessed_on": DAY, "assessor": "Asesor LSP", **levels}

    done = client.post(f"/desk/enrolments/{first.pk}/assessment/", judged, follow=True)

    assert "Kompeten" in done.content.decode()
    assert "Daftar tunggu" in client.get(page).content.decode()


def test_a_detainee_without_own_request_is_refused_on_the_page(
    world: World, session: Session
) -> None:
    url = f"/desk/sessions/{session.code}/enrolments/"
    kelor = world.people["kelor"].pk

    refused = world.client().post(url, {"people": [kelor]})
    taken = world.client().post(url, {"people": [kelor], "is_own_request": "on"})

    assert b"training_without_request" in refused.content
    assert taken.status_code == 302


@pytest.mark.parametrize("kind", ["blank", "filled"])
def test_sheet_is_printed_on_a4(world: World, session: Session, kind: str) -> None:
    url = f"/desk/sessions/{session.code}/attendance/{kind}/"

    pdf = world.client().post(url, {"paper": "a4"})

    assert pdf["Content-Type"] == "application/pdf"
    assert page_size(pdf.content) == A4


def test_a_mentor_sees_sessions_and_no_person_nor_how_many(world: World, session: Session) -> None:
    client: Client = world.client("mentor")

    listed = client.get("/desk/sessions/").content.decode()
    page = client.get(f"/desk/sessions/{session.code}/").content.decode()

    assert session.code in listed
    for word in ("B-010", "Kenari", "terisi", "Peserta"):
        assert word not in page
        assert word not in listed
    for url in (f"/desk/sessions/{session.code}/attendance/", "/desk/courses/new/"):
        assert client.get(url).status_code in (403, 404, 409)


def test_another_unit_finds_nothing(world: World, session: Session) -> None:
    with world.acting():
        urls = addresses(session)
    client = world.client("outsider")

    for url in urls[3:]:
        assert client.get(url).status_code == 404, url
    assert session.code not in client.get("/desk/sessions/").content.decode()


def test_what_waits_is_said_on_hari_ini(world: World) -> None:
    with acting(world.actor("officer"), "test") as scope:
        past = make(world)
        soon = open_session(
            by=scope.actor, course=past.course, days=[clock.today() + timedelta(days=5)],
            minutes=60, places=3, instructor="Instruktur BLK",
        )  # fmt: skip

    page = world.client().get("/desk/").content.decode()

    assert f"/desk/sessions/{past.code}/attendance/" in page
    assert f"/desk/sessions/{soon.code}/enrolments/" in page
