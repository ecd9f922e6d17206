"""A year of papers that let the demo's people work: consent, fitness, requests, placements."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility
from berdaya.people.actions.papers import (
    place_in_work,
    record_consent,
    record_fitness,
    record_request,
)
from berdaya.people.models import Participant, Placement, Status, StatusPeriod

WORKING_STATUS = (Status.CONVICT, Status.DETAINEE)
FITNESS_DAYS = 365


def make_papers(
    *,
    by: Actor,
    facility: Facility,
    lines: Sequence[str],
    size: int,
    start: date,
    today: date,
    chance: random.Random,
) -> dict[str, list[Participant]]:
    """Up to `size` people a line get every paper before `start`; returns them by line.

    Of those left over one has withdrawn consent and one has no fitness paper, so that a sheet
    shows why. Nobody who is not here the whole time, and no child, is taken.
    """
    people = stayers(facility, start, today)
    chosen: dict[str, list[Participant]] = {line: [] for line in lines}
    for place, person in enumerate(people[: size * len(lines)]):
        line = lines[place % len(lines)]
        chosen[line].append(person)
        _papers(by, person, facility, line, start, today, chance)
    for person in people[size * len(lines) :][:1]:
        _consent(by, person, facility, start - timedelta(days=3), chance)
        _work(by, person, facility, lines[0], start, chance)
    return chosen


def stayers(facility: Facility, start: date, today: date) -> list[Participant]:
    """Who may work and is here all the time from before `start` on, by work number."""
    here = Placement.objects.on(start - timedelta(days=10)).filter(facility=facility)
    here = here.filter(valid_until__isnull=True).order_by("work_number")
    allowed = StatusPeriod.objects.on(start).filter(status__in=WORKING_STATUS)
    barred = StatusPeriod.objects.filter(valid_from__gt=start).exclude(status__in=WORKING_STATUS)
    rows = here.filter(participant__in=allowed.values("participant"))
    rows = rows.exclude(participant__in=barred.values("participant"))
    return [row.participant for row in rows.select_related("participant")]


def _papers(
    by: Actor,
    person: Participant,
    facility: Facility,
    line: str,
    start: date,
    today: date,
    chance: random.Random,
) -> None:
    """Everything one person needs, from a few days before `start` on."""
    _consent(by, person, facility, start - timedelta(days=chance.randint(1, 8)), chance)
    record_request(
        by=by,
        participant=person,
        facility=facility,
        requested_on=start - timedelta(days=chance.randint(1, 8)),
    )
    _fitness(by, person, facility, start, today, chance)
    _work(by, person, facility, line, start, chance)


def _consent(
    by: Actor, person: Participant, facility: Facility, day: date, chance: random.Random
) -> None:
    record_consent(
        by=by,
        participant=person,
        facility=facility,
        given_on=day,
        text_version="2025-1",
        language=chance.choice(("id", "id", "id", "local")),
        witness_role=chance.choice(("officer", "family", "legal_aid", "clergy")),
    )


def _fitness(
    by: Actor,
    person: Participant,
    facility: Facility,
    start: date,
    today: date,
    chance: random.Random,
) -> None:
    """One certificate after the other; the last of some ends within the next weeks."""
    begins = start - timedelta(days=chance.randint(1, 9))
    while begins <= today:
        until = begins + timedelta(
            days=FITNESS_DAYS if begins <= start else chance.randint(20, 400)
        )
        record_fitness(
            by=by,
            participant=person,
            facility=facility,
            valid_from=begins,
            valid_until=until,
            clinician_role=chance.choice(("unit_doctor", "unit_nurse", "health_centre")),
            restrictions=chance.choice(("", "", "", "", "Tidak mengangkat beban berat")),
        )
        begins = until


def _work(
    by: Actor,
    person: Participant,
    facility: Facility,
    line: str,
    start: date,
    chance: random.Random,
) -> None:
    place_in_work(
        by=by,
        participant=person,
        facility=facility,
        line_of_work=line,
        decree_no=f"W22.{facility.code}.TPP-{chance.randint(1, 60):02d}/{start.year}",
        valid_from=start - timedelta(days=1),
    )
