"""Exceptions on a named legal basis: the unit asks, a second person decides."""

from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Product
from berdaya.institutions.rules import may
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.models import Override, OverrideDecision
from berdaya.legality.rules import overrides as rules
from berdaya.legality.rules.changes import rule_reason_missing
from berdaya.stock.models import Lot


def request_override(
    *,
    by: Actor,
    product: Product,
    market: str,
    code: str,
    legal_basis: str,
    reason: str,
    valid_from: date,
    valid_until: date,
    kind: str = "",
    lot: Lot | None = None,
) -> Override:
    """Ask that one reason be lifted for a product, perhaps for one lot; nothing holds yet.

    `valid_until` is the first day without it. Refused: override_not_possible, override_period,
    override_unnamed, override_lot_elsewhere, and without the ability.
    """
    required()
    today = clock.today(product.facility.timezone)
    require(may(by, "override.request", product.facility_id))
    require(rules.may_request(code, market, valid_from, valid_until, today, legal_basis, reason))
    if lot is not None and lot.variant.product_id != product.pk:
        raise Refused(rules.override_lot_elsewhere())
    return Override.objects.create(
        facility_id=product.facility_id,
        product=product,
        lot=lot,
        market=market,
        code=code,
        kind=kind,
        legal_basis=legal_basis.strip(),
        reason=reason.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        requested_by_id=by.user_id,
        requested_at=clock.now(),
    )


def decide_override(
    *, by: Actor, override: Override, outcome: str, reason: str = ""
) -> OverrideDecision:
    """Yes or no of a second person; a yes shows in the listings at once.

    Refused: override_same_person, override_decided, rule_reason_missing, and without the ability.
    """
    required()
    require(may(by, "override.approve", override.facility_id))
    is_decided = OverrideDecision.objects.filter(override=override).exists()
    require(rules.may_decide(by.user_id, override.requested_by_id, is_decided))
    if outcome == "declined" and not reason.strip():
        raise Refused(rule_reason_missing())
    try:
        with transaction.atomic():
            found = OverrideDecision.objects.create(
                override=override,
                facility_id=override.facility_id,
                outcome=outcome,
                reason=reason.strip(),
                requested_by_id=override.requested_by_id,
                decided_by_id=by.user_id,
                decided_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(rules.override_decided()) from error
    judge_places(by=by, facility_ids=[override.facility_id])
    return found
