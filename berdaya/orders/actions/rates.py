"""Set shipping rates and payment terms from a day on; the row before ends there."""

from datetime import date
from typing import Any

from django.db import IntegrityError

from berdaya.core import scope
from berdaya.core.dated import DatedRow, succeed
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.roles import ABILITIES
from berdaya.institutions.rules import AbilityList, ability_missing, may, may_anywhere
from berdaya.orders import rules
from berdaya.orders.models import PaymentTerm, ShippingRate


def set_rate(
    *, by: Actor, facility: Facility, destination: str, valid_from: date, terms: dict[str, Any]
) -> ShippingRate:
    """Begin a rate from the facility's own place and end the one before it.

    What was ordered keeps its shipping. `terms` are columns of ShippingRate. Refused:
    rate_overlaps.
    """
    scope.required()
    require(may(by, "policy.edit", facility.pk))
    rows = ShippingRate.objects.filter(origin=facility.region_id, destination=destination)
    new = ShippingRate(
        origin=facility.region_id, destination=destination, valid_from=valid_from, **terms
    )
    _begin(rows.filter(valid_from__lt=valid_from, valid_until__isnull=True).first(), new)
    return new


def set_term(*, by: Actor, method: str, valid_from: date, terms: dict[str, Any]) -> PaymentTerm:
    """Begin a payment term for every seller and end the one before it; only administrators.

    Orders placed keep their deadline. `terms` are columns of PaymentTerm. Refused: rate_overlaps.
    """
    scope.required()
    if by.user_id is not None and not may_anywhere(by, "staff.edit"):
        needed = AbilityList("staff.edit")
        raise Refused(ability_missing(ability=ABILITIES["staff.edit"], roles=needed))
    rows = PaymentTerm.objects.filter(method=method, valid_until__isnull=True)
    new = PaymentTerm(method=method, valid_from=valid_from, **terms)
    _begin(rows.filter(valid_from__lt=valid_from).first(), new)
    return new


def _begin(before: DatedRow | None, new: DatedRow) -> None:
    try:
        succeed(before, new)
    except IntegrityError as error:
        raise Refused(rules.rate_overlaps()) from error
