"""The demo's safety: a check with an open point, one incident, holds lifted again, cover."""

from datetime import date, timedelta

from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility
from berdaya.people.actions.safety import lift_hold, record_insurance
from berdaya.people.models import Participant
from berdaya.workshop.actions.safety import Answer, Hurt, check_safety, record_incident
from berdaya.workshop.models import Workshop
from berdaya.workshop.safety import POINTS

SUNDAY = 6
# Where it happened; on a Sunday, when nobody stands on a sheet.
UNIT = "LP-ATB"
UNINSURED = ("LP-KLB", "RT-MOF")


def make_safe(
    by: Actor, facility: Facility, shops: list[tuple[Workshop, list[Participant]]], today: date
) -> None:
    """Cover for the unit, a check of its first workshop, and at one unit an incident."""
    if facility.code not in UNINSURED:
        record_insurance(
            by=by, facility=facility, scheme="bpjs_jkk", policy_no=f"JKK-CONTOH-{facility.code}",
            valid_from=date(today.year, 1, 1), valid_until=date(today.year + 1, 1, 1),
        )  # fmt: skip
    if not shops:
        return
    workshop, people = shops[0]
    bad = ("fire",) if facility.code == UNIT else ()
    notes = {"fire": "Tekanan alat pemadam turun; isi ulang dipesan."}
    answers = {point: Answer(point not in bad, notes.get(point, "") if point in bad else "")
               for point in POINTS}  # fmt: skip
    check_safety(by=by, workshop=workshop, checked_on=today - timedelta(days=12), answers=answers)
    if facility.code == UNIT and people:
        _incident(by, facility, workshop, people[0], today)


def _incident(
    by: Actor, facility: Facility, workshop: Workshop, person: Participant, today: date
) -> None:
    day = today - timedelta(days=(today.weekday() - SUNDAY) % 7 + 14)
    incident = record_incident(
        by=by, facility=facility, workshop=workshop, happened_on=day, kind="accident",
        severity="light", what_happened="Jari terjepit saat merapikan alat seusai libur.",
        what_was_done="Dibersihkan dan dibalut di klinik; alat diperiksa bersama.",
        people=[Hurt(person, "clinic", "jari terjepit alat")],
        stop_reason="pengunci alat longgar",
    )  # fmt: skip
    monday = day + timedelta(days=1)
    touched = incident.people.select_related("hold__facility").get()
    if touched.hold is not None:
        lift_hold(by=by, hold=touched.hold, works_from=monday, note="Klinik menyatakan boleh.")
    for hold in incident.holds.select_related("facility"):
        lift_hold(by=by, hold=hold, works_from=monday, note="Pengunci diganti dan dicoba.")
