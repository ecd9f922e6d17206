"""A year of the demo's training: who learns here is who works in the workshops afterwards."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Party
from berdaya.people.calc import months_after
from berdaya.people.demo_work import stayers
from berdaya.people.models import Participant
from berdaya.people.roll import here
from berdaya.training.actions.assessments import Attempt, record_assessments
from berdaya.training.actions.attendance import record_attendance
from berdaya.training.actions.courses import add_course, open_session
from berdaya.training.actions.enrolments import enrol_people
from berdaya.training.actions.proofs import issue_proof, tell_count
from berdaya.training.calc import days_between
from berdaya.training.demo_certificates import load_certificates
from berdaya.training.models import Course, Enrolment, Level, Mark, Session, Skill
from berdaya.training.queries import criteria_of

YEAR = timedelta(days=365)
PROVIDERS = {
    "BLK-KPG": ("agency", "BLK Contoh Kupang", "Kupang"),
    "DINKOP-NTT": ("agency", "Dinas Koperasi dan UKM Contoh NTT", "Kupang"),
    "PKBM-KPG": ("foundation", "PKBM Contoh Tunas Bangsa", "Kupang"),
}
WORKDAYS = range(5)


@dataclass(frozen=True)
class Plan:
    """A course of the demo."""

    unit: str
    skill: str
    title: str
    title_en: str
    provider: str
    hours: int
    valid_months: int | None
    cost_rp: int
    funding: str
    instructor: str


WEAVING = Plan(
    "LPP-KPG", "tenun-dasar", "Tenun ikat gedogan tingkat dasar", "Backstrap ikat weaving, level 1",
    "DEKRA-NTT", 60, None, 7_500_000, "region", "Instruktur Dekranasda Contoh",
)  # fmt: skip
FOOD = Plan(
    "LPP-KPG", "pangan-bersih", "Dapur bersih untuk kue kering", "A clean kitchen for biscuits",
    "DINKOP-NTT", 18, 6, 2_400_000, "region", "Penyuluh keamanan pangan, Dinas Contoh",
)  # fmt: skip
DYES = Plan(
    "LPP-KPG", "warna-alam", "Warna mengkudu dan nila", "Morinda red and indigo",
    "DEKRA-NTT", 30, 24, 3_600_000, "partner", "Perajin pendamping Dekranasda Contoh",
)  # fmt: skip
COFFEE = Plan(
    "RT-BJW", "kopi-sangrai", "Menyangrai arabika Bajawa", "Roasting Bajawa arabica",
    "BLK-KPG", 40, 24, 5_000_000, "unit", "Instruktur BLK Contoh Kupang",
)  # fmt: skip
WELDING = Plan(
    "LP-ATB", "las-dasar", "Las busur untuk teralis", "Arc welding for window grilles",
    "BLK-KPG", 80, 36, 9_000_000, "unit", "Instruktur BLK Contoh Kupang",
)  # fmt: skip
SEWING = Plan(
    "LPKA-KPG", "jahit-dasar", "Menjahit untuk remaja", "Sewing for young people",
    "PKBM-KPG", 40, None, 1_800_000, "provider", "Tutor PKBM Contoh",
)  # fmt: skip


def load(ctx: DemoContext) -> None:
    """Everything in one transaction; a second run adds nothing."""
    with demo_scope() as scope:
        if Course.objects.filter(is_demo=True).exists():
            return
        for code, (kind, name, town) in PROVIDERS.items():
            facts = {"kind": kind, "name": name, "town": town, "is_demo": True}
            Party.objects.get_or_create(code=code, defaults=facts)
        school = _School(scope.actor, ctx.today, ctx.chance("training"))
        school.weave()
        school.cook()
        school.elsewhere()
        ctx.say(f"training sessions: {Session.objects.count()}")
    load_certificates(ctx)


class _School:
    """Makes courses, fills sessions and lets people pass, fail and try again."""

    def __init__(self, by: Actor, today: date, chance: random.Random) -> None:
        self.by, self.today, self.chance = by, today, chance

    def weave(self) -> None:
        """A full year at LPP-KPG: a course with a retake, one just over, one overfull to come."""
        course = self.course(WEAVING)
        people = self.people(course.facility)
        past = self.session(WEAVING, course, self.today - timedelta(days=345), 12, 12)
        group = self.enrol(past, people[:12])
        self.attend(past, group)
        self.assess(past, group, failing=2)
        again = past.ends_on + timedelta(days=30)
        self.assess(past, group[:1], on=again)
        issue_proof(by=self.by, session=past, funder="Dinas Koperasi dan UKM Contoh NTT")
        coming = self.session(WEAVING, course, self.today + timedelta(days=11), 12, 6)
        self.enrol(coming, (people[12:] + people[:9])[:9])
        dyes = self.course(DYES)
        over = self.session(DYES, dyes, self.today - timedelta(days=9), 5, 10)
        group = self.enrol(over, people[3:10])
        # The last day is still to be written, and everybody still to be assessed.
        self.attend(over, group, without_last=True)
        tell_count(by=self.by, session=past)

    def cook(self) -> None:
        """A skill of six months: for some renewed in time, for one lapsed ten days ago."""
        course = self.course(FOOD)
        people = self.people(course.facility)
        lapsed = months_after(self.today - timedelta(days=10), -6)
        first = self.session(FOOD, course, lapsed - timedelta(days=4), 3, 8)
        group = self.enrol(first, people[:6])
        self.attend(first, group)
        self.assess(first, group, on=lapsed)
        again = self.session(FOOD, course, self.today - timedelta(days=48), 3, 8)
        group = self.enrol(again, [one for n, one in enumerate(people[:7]) if n != 4])
        self.attend(again, group)
        self.assess(again, group)
        coming = self.session(FOOD, course, self.today + timedelta(days=6), 3, 8)
        self.enrol(coming, people[8:11])
        for session in (first, again):
            tell_count(by=self.by, session=session)

    def elsewhere(self) -> None:
        """One course each in Bajawa, Atambua and with the children in Kupang."""
        for plan, ago, days in ((COFFEE, 320, 8), (WELDING, 280, 12), (SEWING, 90, 8)):
            course = self.course(plan)
            people = self.people(course.facility)
            past = self.session(plan, course, self.today - timedelta(days=ago), days, 12)
            group = self.enrol(past, people[:10])
            self.attend(past, group)
            self.assess(past, group, failing=1)
            coming = self.session(plan, course, self.today + timedelta(days=20), days, 12)
            self.enrol(coming, people[10:13])
            tell_count(by=self.by, session=past)

    def people(self, facility: Facility) -> list[Participant]:
        """Those who stay and work, first; in the LPKA those who are there."""
        found = stayers(facility, self.today - YEAR, self.today)
        if found:
            return found
        rows = here([facility.pk], self.today).order_by("work_number")
        return [row.participant for row in rows]

    def course(self, plan: Plan) -> Course:
        facility = Facility.objects.get(code=plan.unit)
        skill = Skill.objects.get(code=plan.skill)
        return add_course(
            by=self.by, facility=facility, units=list(skill.units.all()), title=plan.title,
            title_en=plan.title_en, provider=Party.objects.get(code=plan.provider), skill=skill,
            hours=plan.hours, valid_months=plan.valid_months, cost_rp=plan.cost_rp,
            funding=plan.funding, is_demo=True,
        )  # fmt: skip

    def session(self, plan: Plan, course: Course, start: date, days: int, places: int) -> Session:
        """So many workdays from `start` on."""
        every = days_between(start, start + timedelta(days=days * 2 + 3), WORKDAYS)[:days]
        return open_session(
            by=self.by, course=course, days=every, minutes=plan.hours * 60 // days,
            places=places, instructor=plan.instructor, cost_rp=plan.cost_rp,
        )  # fmt: skip

    def enrol(self, session: Session, people: Sequence[Participant]) -> list[Enrolment]:
        rows = enrol_people(by=self.by, session=session, participants=people, is_own_request=True)
        return [row for row in rows if row.has_place]

    def attend(
        self, session: Session, group: Sequence[Enrolment], without_last: bool = False
    ) -> None:
        days = list(session.days.values_list("day", flat=True))
        marks = {
            (one.pk, day): self.mark()
            for day in (days[:-1] if without_last else days)
            for one in group
        }
        record_attendance(by=self.by, session=session, marks=marks)

    def mark(self) -> str:
        luck = self.chance.random()
        return Mark.PRESENT if luck > 0.07 else Mark.SICK if luck > 0.03 else Mark.LEAVE

    def assess(
        self,
        session: Session,
        group: Sequence[Enrolment],
        failing: int = 0,
        on: date | None = None,
    ) -> None:
        """Everybody passes but the first so many."""
        criteria = [one.pk for one in criteria_of(session.course_id)]
        attempts = []
        for number, one in enumerate(group):
            levels = {pk: self.chance.choice((3, 3, 4)) for pk in criteria}
            if number < failing:
                levels[criteria[-1]] = Level.WITH_HELP
            attempts.append(Attempt(one, levels))
        record_assessments(
            by=self.by, session=session, assessed_on=on or session.ends_on,
            assessor="Asesor LSP Contoh", attempts=attempts,
        )  # fmt: skip
