"""Change the lawful working time from a day on."""

from datetime import date

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may_somewhere
from berdaya.people.models import WorkLimits
from berdaya.people.rules import limits_in_past


def set_work_limits(
    *,
    by: Actor,
    valid_from: date,
    day_minutes_of_five: int,
    day_minutes_of_six: int,
    week_minutes: int,
    days_in_a_row: int,
    legal_basis: str,
) -> WorkLimits:
    """From `valid_from` on these limits hold everywhere; those before end that day.

    Refused `limits_in_past` for a day that has begun, or that other limits begin on or after:
    sheets already recorded were measured against the limits of their day.
    """
    required()
    require(may_somewhere(by, "limits.edit"))
    later = WorkLimits.objects.filter(valid_from__gte=valid_from).exists()
    if later or valid_from <= clock.today():
        raise Refused(limits_in_past())
    running = WorkLimits.objects.on(valid_from).first()
    if running is not None:
        end_on(running, valid_from)
    return WorkLimits.objects.create(
        valid_from=valid_from,
        day_minutes_of_five=day_minutes_of_five,
        day_minutes_of_six=day_minutes_of_six,
        week_minutes=week_minutes,
        days_in_a_row=days_in_a_row,
        legal_basis=legal_basis,
    )
