"""Draw an auditor's sample: the system picks, once for a period."""

import secrets
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import AssignmentLetter, Facility
from berdaya.institutions.queries import letter_for
from berdaya.institutions.rules import may
from berdaya.proceeds import rules_opening as rules
from berdaya.proceeds.models import AuditSample, AuditSampleLine, Slip


def draw_sample(
    *, by: Actor, facility: Facility, size: int, first_month: date, last_month: date
) -> AuditSample:
    """Draw `size` slips, at most all there are, of the months from first to last (any day of each).

    Nothing is locked: a second draw of a month under one letter meets an exclusion constraint.
    Raises Refused: no ability, sample_no_letter, sample_size_out, sample_period_out,
    sample_period_wrong, sample_empty, sample_drawn.
    """
    required()
    require(may(by, "identity.sample", facility.pk))
    letter = letter_for(by.person_id, facility, clock.today(facility.timezone))
    if letter is None:
        raise Refused(rules.sample_no_letter())
    start, until = first_month.replace(day=1), rules.next_month(last_month)
    slips = _slips(facility, start, until)
    examined = (letter.examined_from, letter.examined_until)
    require(rules.may_draw(rules.SampleFacts(size, start, until, len(slips), examined)))
    try:
        with transaction.atomic():
            return _keep(by, facility, letter, size, (start, until), slips)
    except IntegrityError as error:
        raise Refused(rules.sample_drawn()) from error


def _slips(facility: Facility, start: date, until: date) -> dict[str, tuple[int, int]]:
    rows = Slip.objects.filter(facility=facility, month__gte=start, month__lt=until)
    return {code: (pk, who) for code, pk, who in rows.values_list("code", "pk", "participant_id")}


def _keep(
    by: Actor,
    facility: Facility,
    letter: AssignmentLetter,
    size: int,
    period: tuple[date, date],
    slips: dict[str, tuple[int, int]],
) -> AuditSample:
    seed = secrets.token_hex(16)
    chosen = rules.drawn(slips, seed, size)
    now = clock.now()
    year = clock.local(now, facility.timezone).year
    sample = AuditSample.objects.create(
        code=desk_code(facility.code, year, "SMP", draw(f"sample:{facility.code}", year)),
        facility=facility, letter=letter, drawn_by_id=by.person_id, seed=seed, drawn_at=now,
        population=len(slips), size=len(chosen), valid_from=period[0], valid_until=period[1],
    )  # fmt: skip
    AuditSampleLine.objects.bulk_create(
        AuditSampleLine(
            sample=sample, slip_id=slips[code][0], participant_id=slips[code][1],
            facility=facility, place=place,
        )
        for place, code in enumerate(chosen, start=1)
    )  # fmt: skip
    return sample
