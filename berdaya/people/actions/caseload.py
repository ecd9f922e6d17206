"""Assign clients to a counsellor, hand them over, let them go; name who stands in on which days."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, connection, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Appointment, Facility, Staff
from berdaya.institutions.rules import may
from berdaya.people import rules_caseload as rules
from berdaya.people.models import CaseCover, Caseload, Participant, Placement
from berdaya.people.rules_caseload import CaseFacts

ABILITY = "caseload.assign"


def assign_clients(
    *, by: Actor, participants: Iterable[Participant], staff: Staff, facility: Facility, on: date
) -> list[Caseload]:
    """These clients are guided by `staff` from `on`; whoever guided them before no longer does.

    All or nothing, also when a counsellor leaves and all their clients go to another. Those whom
    `staff` guides already stay as they are. Nothing is locked: two who assign the same client at
    once meet at an exclusion constraint. Refused: no ability, case_empty, case_not_counsellor,
    case_not_here, case_too_early, case_same.
    """
    required()
    require(may(by, ABILITY, facility.pk))
    people = {person.pk: person for person in participants}
    current = _current(people, on)
    facts = _facts(people, current, facility, on)
    guides = _is_counsellor(staff, facility, on)
    require(rules.may_assign(facts, staff.pk, on, is_counsellor=guides))
    changed = [pk for pk in people if pk not in current or current[pk].staff_id != staff.pk]
    try:
        with transaction.atomic():
            for pk in changed:
                if pk in current:
                    end_on(current[pk], on)
            return Caseload.objects.bulk_create(
                _row(by, person, staff, facility, on)
                for pk, person in people.items()
                if pk in changed
            )
    except IntegrityError as error:
        if "people_caseload_one" not in str(error):
            raise
        raise Refused(rules.case_too_early()) from error


def cover_clients(
    *,
    by: Actor,
    participants: Iterable[Participant],
    staff: Staff,
    facility: Facility,
    days: Iterable[date],
) -> list[CaseCover]:
    """On these days `staff` opens and follows these clients too, and on no other; all or nothing.

    Nothing is locked: two who name a stand-in for the same day meet at a unique key. Refused: no
    ability, case_empty, case_not_counsellor, case_not_here, cover_no_day, cover_past, cover_own,
    cover_taken.
    """
    required()
    require(may(by, ABILITY, facility.pk))
    people = {person.pk: person for person in participants}
    named = sorted(set(days))
    last = named[-1] if named else clock.today(facility.timezone)
    facts = _facts(people, _current(people, last), facility, last)
    guides = all(_is_counsellor(staff, facility, day) for day in named[:1] + named[-1:])
    today = clock.today(facility.timezone)
    require(rules.may_cover(facts, staff.pk, named, today, is_counsellor=guides))
    try:
        with transaction.atomic():
            return CaseCover.objects.bulk_create(
                CaseCover(
                    participant=person, staff=staff, facility=facility, day=day,
                    given_by_id=by.user_id, recorded_at=clock.now(),
                )
                for person in people.values()
                for day in named
            )  # fmt: skip
    except IntegrityError as error:
        if "people_casecover_one" not in str(error):
            raise
        raise Refused(rules.cover_taken()) from error


def cancel_covers(*, by: Actor, facility: Facility, staff_id: int, day: date) -> int:
    """Nobody stands in on that day after all; the number of clients. The audit keeps what was.

    Refused: no ability, cover_past.
    """
    required()
    require(may(by, ABILITY, facility.pk))
    if day < clock.today(facility.timezone):
        raise Refused(rules.cover_past())
    rows = CaseCover.objects.filter(facility=facility, staff_id=staff_id, day=day)
    return rows.delete()[0]


def newcomer_key(*, by: Actor, facility: Facility) -> int | None:
    """The key for whom a counsellor is about to register, so that row security takes their rows
    before the caseload names them; None for everybody who is not bound to a caseload.
    """
    if facility.pk not in rules.guided_places(by):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_newcomer()")
        return int(cursor.fetchone()[0])


def guide_newcomer(*, by: Actor, participant: Participant, facility: Facility, on: date) -> None:
    """Whom a counsellor registers is theirs until the head says otherwise; else nobody's yet."""
    if facility.pk in rules.guided_places(by):
        _row(by, participant, Staff(pk=by.person_id), facility, on).save(force_insert=True)


def end_cases(*, participant: Participant, facility: Facility, on: date) -> None:
    """The client leaves the Bapas on `on`: nobody guides them there any more."""
    for row in Caseload.objects.current_from(on).filter(participant=participant, facility=facility):
        if row.valid_from < on:
            end_on(row, on)


def _row(by: Actor, person: Participant, staff: Staff, facility: Facility, on: date) -> Caseload:
    return Caseload(
        participant=person, staff_id=staff.pk, facility=facility, valid_from=on,
        assigned_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip


def _current(people: Iterable[int], on: date) -> dict[int, Caseload]:
    rows = Caseload.objects.current_from(on).filter(participant__in=list(people))
    return {row.participant_id: row for row in rows.order_by("-valid_from")}


def _facts(
    people: Iterable[int], current: dict[int, Caseload], facility: Facility, on: date
) -> list[CaseFacts]:
    placed = set(
        Placement.objects.on(on)
        .filter(facility=facility, participant__in=list(people))
        .values_list("participant_id", flat=True)
    )
    return [
        CaseFacts(
            is_placed=pk in placed,
            counsellor_id=current[pk].staff_id if pk in current else None,
            since=current[pk].valid_from if pk in current else None,
        )
        for pk in people
    ]


def _is_counsellor(staff: Staff, facility: Facility, on: date) -> bool:
    held = Appointment.objects.on(on).filter(staff=staff, facility=facility, role=rules.COUNSELLOR)
    return held.exists()
