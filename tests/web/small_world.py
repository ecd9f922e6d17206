"""Units of one to nine people and one big one, three months, told as the nights would tell them.

Hard cases: a regency with one unit of three, a small family beside a big one, two small families,
two sessions of four, a unit that moves to another regency, a month told late, an LPKA.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.insight.actions.figures import tell
from berdaya.insight.actions.places import record_seat
from berdaya.insight.models import Figure
from berdaya.institutions.models import Facility, Office, ReferenceSet, Region
from berdaya.people.actions.participants import register_participant
from berdaya.people.models import Participant
from berdaya.training.actions.proofs import tell_count
from berdaya.training.models import (
    Attendance,
    CertificateDecision,
    Enrolment,
    Session,
    SessionCount,
    SessionDay,
)
from berdaya.workshop.actions.counts import publish_counts
from berdaya.workshop.models import WorkLog, WorkSheet, Workshop
from tests.training.certificate_scene import decide, make_class, propose
from tests.world import SINCE, World

MONTHS = [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]
LINES = {"textile": "tenun", "food": "kopi", "craft": "mebel"}
# True people at work: unit -> a list a month of people by family.
WORK = {
    "LP-ATB": [{"textile": 18, "food": 3}, {"textile": 17, "food": 4}, {"textile": 18, "food": 1}],
    "LP-KPG": [{"textile": 4, "food": 4}, {"textile": 4, "food": 4}, {"textile": 3, "food": 4}],
    "RT-ALR": [{"textile": 3}, {"textile": 3}, {"textile": 2}],
    "RT-MMR": [{"textile": 1, "food": 2, "craft": 9}, {"craft": 8}, {"textile": 2, "craft": 7}],
    "RT-END": [{"textile": 5, "food": 6}, {"textile": 7, "food": 1}, {"textile": 4, "food": 6}],
    "RT-BJW": [{"food": 2}, {"food": 3}, {"food": 5}],
}
# Sessions: unit, month, people, of these certified.
SESSIONS = (
    ("LP-ATB", 0, 4, 4), ("LP-ATB", 0, 4, 4), ("LP-ATB", 1, 12, 8), ("LP-ATB", 1, 3, 0),
    ("LP-ATB", 2, 9, 4),
)  # fmt: skip
MOVED, LATE = "LP-KPG", "RT-END"
NEW = {
    "RT-ALR": ("53.05", "Alor"), "RT-MMR": ("53.07", "Sikka"), "RT-END": ("53.08", "Ende"),
    "RT-BJW": ("53.09", "Ngada"), MOVED: ("53.71", "Kota Kupang"),
}  # fmt: skip
MONEY = {"made": 1, "sold_pieces": 1, "sold": 1_000, "paid": 500, "deposited": 150}


@dataclass
class SmallWorld:
    """What is true, beside the world in which it was told."""

    world: World
    regions: dict[str, Region] = field(default_factory=dict)
    # (unit, month, indicator) -> the sum, and how many stand behind it.
    money: dict[tuple[str, date, str], tuple[int, int]] = field(default_factory=dict)
    # Session code -> unit, month, people, certified.
    sessions: dict[str, tuple[str, date, int, int]] = field(default_factory=dict)

    def people(self, unit: str, month: date) -> dict[str, int]:
        return WORK[unit][MONTHS.index(month)]

    def region_of(self, unit: str, month: date) -> str:
        """Where it was on the month's first day."""
        if unit == MOVED:
            return "53.71" if month >= MONTHS[1] else "53.04"
        return NEW[unit][0] if unit in NEW else "53.04"

    def withheld(self, code: str) -> dict[tuple[str, date], int]:
        """Sums behind which one to four people stand."""
        return {
            (unit, month): total
            for (unit, month, name), (total, people) in self.money.items()
            if name == code and 0 < people < 5
        }


def build(world: World) -> SmallWorld:
    """Everything as it happened; nothing is told yet."""
    small = SmallWorld(world)
    with system_scope("tests", []):
        _places(small)
    with world.everywhere() as scope:
        for unit in WORK:
            _work(small, world.facilities[unit])
            _money(small, unit)
        record_seat(
            by=world.actor("national"), facility=world.facilities[MOVED],
            region=small.regions[MOVED], office=world.offices["NTT-KWL"], places=None,
            source="Contoh", valid_from=MONTHS[1],
        )  # fmt: skip
        assert scope.actor
    for session in SESSIONS:
        _session(small, *session)
    return small


def tell_all(small: SmallWorld, *, is_late: bool = False) -> None:
    """What the sixth, seventh and eighth of the months after tell; one unit's July comes late."""
    with small.world.everywhere() as scope:
        for unit in WORK:
            facility = small.world.facilities[unit]
            for month in MONTHS:
                if ((unit, month) == (LATE, MONTHS[1])) == is_late:
                    publish_counts(by=scope.actor, facility=facility, month=month)
                    tell(by=scope.actor, facility=facility, months=[month])


def _places(small: SmallWorld) -> None:
    office = Office.objects.get(code="NTT-KWL")
    ntt = Region.objects.get(code="53")
    edition = ReferenceSet.objects.get(name="regions")
    for unit, (code, name) in NEW.items():
        region = Region.objects.create(
            code=code, name=name, level="regency", parent=ntt, reference=edition
        )
        small.regions[unit] = region
        if unit != MOVED:
            small.world.facilities[unit] = Facility.objects.create(
                code=unit, kind="rutan", name=f"Rutan Contoh {name}", town=name, region=region,
                office=office, lat="-8.5", lon="123.0",
            )  # fmt: skip


def _pseudonym(number: int) -> str:
    """An invented name without a figure."""
    syllables = ("ka", "li", "mo", "nu", "re", "sa", "to", "wi", "be", "du")
    return "Rekaan " + "".join(syllables[int(one)] for one in f"{number:03d}").title()


def _person(small: SmallWorld, unit: str, name: str) -> Participant:
    if name not in small.world.people:
        with small.world.everywhere() as scope:
            number = len(small.world.people)
            small.world.people[name] = register_participant(
                by=scope.actor, facility=small.world.facilities[unit],
                pseudonym=_pseudonym(number), work_number=f"R-{number:04d}", status="convict",
                valid_from=SINCE,
            )  # fmt: skip
    return small.world.people[name]


def _work(small: SmallWorld, facility: Facility) -> None:
    for month in MONTHS:
        for family, people in small.people(facility.code, month).items():
            shop, _new = Workshop.objects.get_or_create(
                facility=facility, code=family[:3].upper(), name=family,
                line_of_work=LINES[family],
            )  # fmt: skip
            sheet = WorkSheet.objects.create(
                workshop=shop, facility=facility, day=month, recorded_at=clock.now()
            )
            for number in range(people):
                who = _person(small, facility.code, f"{facility.code} {family} {number}")
                WorkLog.objects.create(
                    sheet=sheet, participant=who, facility=facility, day=month, mark="present",
                    minutes=60, labour_status="in_custody",
                )  # fmt: skip


def _money(small: SmallWorld, unit: str) -> None:
    """Sums as a night would have reckoned them, no two alike; behind each all who worked."""
    for place, month in enumerate(MONTHS):
        people = sum(small.people(unit, month).values())
        for code, size in MONEY.items():
            total = size * (7 + 13 * people + 101 * place) + 17 * list(WORK).index(unit)
            small.money[unit, month, code] = (total, people)
            Figure.objects.create(
                facility=small.world.facilities[unit], month=month, indicator=code, version=1,
                numerator=Decimal(total), people=people, reckoned_at=clock.now(),
            )  # fmt: skip


def _session(small: SmallWorld, unit: str, place: int, people: int, certified: int) -> None:
    """A session of a day in the middle of the month, its certificates the week after."""
    world, facility = small.world, small.world.facilities[unit]
    day = MONTHS[place] + timedelta(days=14)
    names = [f"{unit} learner {place} {people} {number}" for number in range(people)]
    if any(name in world.people for name in names):
        names = [f"{name} b" for name in names]
    for name in names:
        _person(small, unit, name)
    with clock.travel(clock.start_of(day + timedelta(days=7), facility.timezone)):
        lesson = make_class(world, *names, place=facility)
        _present(small, lesson.session.pk, facility)
        if certified:
            _certify(small, lesson, names[:certified])
    with world.everywhere() as scope:
        tell_count(by=scope.actor, session=lesson.session)
        assert SessionCount.objects.filter(session=lesson.session).exists()
    small.sessions[lesson.session.code] = (unit, MONTHS[place], people, certified)


def _present(small: SmallWorld, session: int, facility: Facility) -> None:
    with small.world.everywhere():
        held = Session.objects.get(pk=session)
        SessionDay.objects.create(session=held, facility=facility, day=held.ends_on, minutes=420)
        for row in Enrolment.objects.filter(session=session).select_related("session"):
            Attendance.objects.create(
                enrolment=row, session=row.session, participant_id=row.participant_id,
                facility=facility, day=row.session.ends_on, mark="present",
                recorded_at=clock.now(),
            )  # fmt: skip


def _certify(small: SmallWorld, lesson: object, names: list[str]) -> None:
    """The officer proposes for all, the head approves so many and refuses the others."""
    rows = propose(small.world, lesson)  # type: ignore[arg-type]
    wanted = {small.world.people[name].pk for name in names}
    decide(small.world, [one for one in rows if one.participant_id in wanted])
    with small.world.everywhere():
        approved = CertificateDecision.objects.filter(certificate__in=rows, outcome="approved")
        assert approved.count() == len(names)
