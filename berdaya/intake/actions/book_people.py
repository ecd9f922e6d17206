"""Registers the people of a workbook under their work numbers, with the papers it states."""

from typing import Any

from berdaya.intake.actions.desk import BOOK, Desk
from berdaya.intake.examine.people import fitness_from
from berdaya.intake.plan import PersonPlan
from berdaya.people.actions.papers import (
    place_in_work,
    record_consent,
    record_fitness,
    record_request,
)
from berdaya.people.actions.participants import end_placement, register_participant
from berdaya.people.models import Placement


def book_people(desk: Desk) -> None:
    """Everybody new; those known by their work number are found."""
    for row in Placement.objects.filter(facility=desk.facility).select_related("participant"):
        desk.people[row.work_number] = row.participant
    for person in desk.plan.fresh(desk.plan.people):
        if person.work_number not in desk.people:
            _register(desk, person)
        participant = desk.people[person.work_number]
        desk.remember(person.source, f"people.participant:{participant.pk}")
        desk.steps.step()


def _register(desk: Desk, person: PersonPlan) -> None:
    participant = register_participant(
        by=desk.by,
        facility=desk.facility,
        pseudonym=f"Pekerja {person.work_number}",
        work_number=person.work_number,
        status=person.status,
        valid_from=person.placed_from,
    )
    desk.people[person.work_number] = participant
    _papers(desk, person)


def _papers(desk: Desk, person: PersonPlan) -> None:
    participant = desk.people[person.work_number]
    whose: dict[str, Any] = {"by": desk.by, "participant": participant, "facility": desk.facility}
    if person.consent_on:
        record_consent(
            **whose,
            given_on=person.consent_on,
            text_version=BOOK,
            language="id",
            witness_role="officer",
        )
    if person.requested_on:
        record_request(**whose, requested_on=person.requested_on)
    fit = fitness_from(person)
    if fit:
        record_fitness(**whose, valid_from=fit[0], valid_until=fit[1], clinician_role="unit_nurse")
    place_in_work(
        **whose,
        line_of_work=desk.line_of(person.line),
        decree_no=f"{BOOK} {person.source.at}",
        valid_from=person.started_on,
        valid_until=person.ends_on,
    )


def end_placements(desk: Desk) -> None:
    """Let those go who left by the book, after their last work is on the sheets."""
    for person in desk.plan.fresh(desk.plan.people):
        if person.ends_on is None or person.ends_on <= person.started_on:
            continue
        placed = Placement.objects.filter(
            participant=desk.people[person.work_number],
            facility=desk.facility,
            valid_until__isnull=True,
        )
        if placed.exists():
            end_placement(
                by=desk.by,
                participant=desk.people[person.work_number],
                facility=desk.facility,
                on=person.ends_on,
                status="released" if person.is_released else None,
            )
