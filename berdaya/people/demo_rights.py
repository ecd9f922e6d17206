"""Some requests about data and one breach, by the unit's own officers, in the last days."""

from datetime import timedelta

from berdaya.core import clock
from berdaya.core.scope import Actor, acting
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import actor_of, head_of, staff_with
from berdaya.people.actions.breaches import list_person, record_breach, record_notice
from berdaya.people.actions.copies import open_copy
from berdaya.people.actions.rights import answer_case, record_case
from berdaya.people.models import Breach, Participant, Placement, RightsCase

# Kind, hours ago, how it came, subject; the last one stays without an answer past its time.
ASKED = (
    ("copy", 200, "desk", "Ingin tahu apa yang tersimpan"),
    ("restriction", 120, "paper", "Nama lama masih tertulis"),
    ("erasure", 100, "counsellor", "Minta dihapus sekarang"),
    ("objection", 30, "desk", "Urutan giliran kerja"),
    ("correction", 80, "family", "Tanggal lahir keliru"),
)


def make_requests(facility: Facility) -> int:
    """Requests at one unit: a copy handed over, one restricted, one refused, two open."""
    today = clock.today(facility.timezone)
    officers, head = staff_with("rights.record", facility.pk, today), head_of(facility.pk, today)
    people = [row.participant for row in _people(facility)]
    officers = [one for one in officers if head is None or one.pk != head.staff_id]
    if not officers or head is None or len(people) < len(ASKED):
        return 0
    officer, chief = actor_of(officers[0], today), actor_of(head.staff, today)
    for person, (kind, hours, how, subject) in zip(people, ASKED, strict=False):
        with clock.travel(clock.now() - timedelta(hours=hours)):
            case = _record(officer, person, facility, kind, how, subject)
        with clock.travel(clock.now() - timedelta(hours=hours - 20)):
            _answer(officer, chief, case)
    _breach(officer, facility, people[0])
    return len(ASKED)


def _people(facility: Facility) -> list[Placement]:
    with acting(Actor("system:demo", None, frozenset({facility.pk})), "demo", read_only=True):
        rows = Placement.objects.on(clock.today()).filter(facility=facility)
        return list(rows.select_related("participant").order_by("-work_number")[: len(ASKED)])


def _record(
    by: Actor, person: Participant, facility: Facility, kind: str, how: str, subject: str
) -> RightsCase:
    with acting(by, "rights.record"):
        return record_case(
            by=by, participant=person, facility=facility, kind=kind, how=how,
            received_at=clock.now(), subject=subject,
        )  # fmt: skip


def _answer(officer: Actor, chief: Actor, case: RightsCase) -> None:
    if case.kind == "copy":
        with acting(officer, "rights.copy"):
            open_copy(by=officer, case=case, lang="id")
            answer_case(by=officer, case=case, outcome="granted", handed_over="private")
    elif case.kind == "restriction":
        with acting(chief, "rights.answer"):
            answer_case(by=chief, case=case, outcome="granted", handed_over="read_aloud")
    elif case.kind == "erasure":
        with acting(chief, "rights.answer"):
            answer_case(
                by=chief, case=case, outcome="refused", ground="state_task",
                handed_over="read_aloud", words="Masih ditempatkan di sini",
            )  # fmt: skip


def _breach(by: Actor, facility: Facility, person: Participant) -> Breach:
    with clock.travel(clock.now() - timedelta(hours=40)), acting(by, "breach.record"):
        row = record_breach(
            by=by, facilities=[facility], noticed_at=clock.now(),
            happened="Selembar daftar hadir tertinggal di ruang kunjungan selama satu jam.",
            data_kinds=["status", "work"], people_count=9,
            measures="Lembar diambil kembali; ruang kunjungan diperiksa setiap sore.",
        )[0]  # fmt: skip
        list_person(by=by, breach=row, participant=person)
    with clock.travel(clock.now() - timedelta(hours=20)), acting(by, "breach.notice"):
        record_notice(
            by=by, breach=row, told="persons", told_at=clock.now(), how="read_aloud",
            document_no="W.22.PAS-CONTOH-1",
        )  # fmt: skip
    return row
