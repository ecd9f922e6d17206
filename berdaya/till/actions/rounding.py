"""Set how a unit's stalls round cash, from a day on; the rule before ends there."""

from datetime import date

from django.db import IntegrityError

from berdaya.core import clock, scope
from berdaya.core.dated import succeed
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.till import rules_sales as rules
from berdaya.till.models import CashRounding, StallSale


def set_cash_rounding(
    *, by: Actor, facility: Facility, step_rp: int, valid_from: date, legal_basis: str
) -> CashRounding:
    """Cash is rounded to `step_rp` (0: not) from that day on, at every stall of the unit.

    Never for a day that has notas already. Refused: rounding_past, rounding_overlaps.
    """
    scope.required()
    require(may(by, "policy.edit", facility.pk))
    if StallSale.objects.filter(facility=facility, day__gte=valid_from).exists():
        raise Refused(rules.rounding_past())
    rows = CashRounding.objects.filter(facility=facility, valid_until__isnull=True)
    new = CashRounding(
        facility=facility,
        step_rp=step_rp,
        valid_from=valid_from,
        legal_basis=legal_basis.strip(),
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    try:
        succeed(rows.filter(valid_from__lt=valid_from).first(), new)
    except IntegrityError:
        raise Refused(rules.rounding_overlaps()) from None
    return new
