"""A finished session of a provider in Atambua, two who passed, and their certificates."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from berdaya.core import clock
from berdaya.institutions.models import Facility, Party
from berdaya.training.actions.certificates import decide_certificates, propose_certificates
from berdaya.training.actions.withdrawals import decide_withdrawal, propose_withdrawal
from berdaya.training.models import (
    Assessment,
    Certificate,
    CompetenceUnit,
    Course,
    CourseUnit,
    Enrolment,
    Session,
    Skill,
)
from berdaya.training.queries_certificates import without_certificate
from tests.world import World

SIGNER = {"signer_name": "Contoh Penanda Tangan, S.T.", "signer_post": "Kepala Balai Latihan"}


@dataclass
class Class:
    """A session and who passed it."""

    session: Session
    passed: dict[str, Assessment] = field(default_factory=dict)


def make_provider(name: str) -> Party:
    """A provider that is no unit."""
    return Party.objects.create(code=f"BLK-{Party.objects.count()}", kind="agency", name=name)


def make_class(
    world: World,
    *who: str,
    title: str = "Menenun Ikat Dasar",
    provider: Party | str = "Balai Latihan Contoh",
    valid_months: int | None = 36,
    place: Facility | None = None,
    result: str = "competent",
) -> Class:
    """A course, its session last week, and an assessment of each of these people."""
    facility = place or world.atb
    today = clock.today()
    day = today - timedelta(days=7)
    with world.everywhere():
        party = make_provider(provider) if isinstance(provider, str) else provider
        course = _course(facility, party, title, valid_months)
        session = Session.objects.create(
            course=course, facility=facility, code=f"{facility.code}-26-T{course.pk:04d}",
            starts_on=day, ends_on=day, places=10, instructor="Contoh Pengajar",
            recorded_at=clock.now(),
        )  # fmt: skip
        people = who or ("cendana", "lontar")
        return Class(session, {one: _assessed(world, session, one, day, result) for one in people})


def _course(facility: Facility, provider: Party, title: str, months: int | None) -> Course:
    unit = CompetenceUnit.objects.order_by("code").first() or CompetenceUnit.objects.create(
        code="TEN.001", skill=Skill.objects.first(), name="Menenun", name_en="Weaving"
    )
    course = Course.objects.create(
        facility=facility, code=f"{facility.code}-K{Course.objects.count()}", title=title,
        title_en="Basic ikat weaving", provider=provider, skill=unit.skill, hours=40,
        valid_months=months,
    )  # fmt: skip
    CourseUnit.objects.create(course=course, facility=facility, unit=unit)
    return course


def _assessed(world: World, session: Session, who: str, day: date, result: str) -> Assessment:
    person, now = world.people[who], clock.now()
    enrolment = Enrolment.objects.create(
        session=session, participant=person, facility=session.facility, day=day, has_place=True,
        is_own_request=True, enrolled_at=now,
    )  # fmt: skip
    return Assessment.objects.create(
        enrolment=enrolment, participant=person, facility=session.facility, attempt=1,
        assessed_on=day, assessor="Contoh Penilai", result=result, recorded_at=now,
    )  # fmt: skip


def propose(world: World, lesson: Class, by: str = "officer") -> list[Certificate]:
    """The officer asks for everybody's."""
    with world.acting(by) as scope:
        return propose_certificates(
            by=scope.actor, facility=lesson.session.facility,
            assessments=without_certificate(lesson.session), **SIGNER,
        )  # fmt: skip


def decide(
    world: World, rows: list[Certificate], outcome: str = "approved", by: str = "head"
) -> None:
    """The head says yes, or no."""
    with world.acting(by) as scope:
        reason = "" if outcome == "approved" else "Jamnya belum penuh"
        decide_certificates(by=scope.actor, certificates=rows, outcome=outcome, reason=reason)


def issued(world: World, *who: str, **facts: object) -> list[Certificate]:
    """Certificates in force, in the order of the people."""
    lesson = make_class(world, *who, **facts)  # type: ignore[arg-type]
    decide(world, propose(world, lesson))
    return again(world, lesson)


def again(world: World, lesson: Class) -> list[Certificate]:
    """The certificates of a class as they stand now."""
    with world.everywhere():
        rows = Certificate.objects.filter(session=lesson.session).order_by("pk")
        return list(
            rows.select_related(
                "credential__issuer", "credential__key", "facility", "provider", "session__course"
            )
        )


def end(world: World, row: Certificate, kind: str = "revoked") -> Certificate:
    """The officer asks, the head agrees; the certificate as it stands then."""
    with world.acting("officer") as scope:
        asked = propose_withdrawal(
            by=scope.actor, certificate=row, kind=kind, reason="Nilai tertukar"
        )
    with world.acting("head") as scope:
        decide_withdrawal(by=scope.actor, withdrawal=asked, outcome="approved")
    with world.everywhere():
        return Certificate.objects.select_related(
            "credential__issuer", "credential__replaced_by__certificate"
        ).get(pk=row.pk)
