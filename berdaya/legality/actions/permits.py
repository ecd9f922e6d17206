"""Keep permits: record one with what it covers, revoke one."""

from collections.abc import Iterable
from datetime import date, timedelta

from berdaya.core import clock
from berdaya.core.events import publish
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Party, PartyKind
from berdaya.institutions.rules import may
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.legality.models import Permit, PermitKind, PermitProduct
from berdaya.legality.queries.permits import reading_of
from berdaya.legality.rules import permits as rules


def record_permit(
    *,
    by: Actor,
    kind: PermitKind,
    number: str,
    holder: Party,
    place: Facility,
    issued_on: date,
    valid_from: date,
    valid_until: date | None,
    products: Iterable[Product] = (),
    responsible_role: str = "",
    note: str = "",
    is_demo: bool = False,
) -> Permit:
    """Keep a permit with the products it names; `valid_until` is the first day without it.

    Refused: what permit_numbers.py says of a number that cannot be, permit_holder_is_unit, and
    without the ability.
    """
    required()
    last_day = valid_until - timedelta(days=1) if valid_until else None
    reading = reading_of(kind, number, last_day)
    require(may(by, "permit.edit", place.pk) + reading.verdict + _may_hold(kind, holder))
    permit = Permit.objects.create(
        kind=kind,
        number=reading.number,
        holder=holder,
        place=place,
        issued_on=issued_on,
        valid_from=valid_from,
        valid_until=valid_until,
        responsible_role=responsible_role,
        note=note,
        is_demo=is_demo,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    PermitProduct.objects.bulk_create(
        PermitProduct(permit=permit, facility=place, product=product) for product in products
    )
    judge_places(by=by, facility_ids=[place.pk])
    publish(PERMITS_CHANGED, facility_id=place.pk, subject_id=permit.pk)
    return permit


def _may_hold(kind: PermitKind, holder: Party) -> Verdict:
    """A P-IRT is issued to a person, cooperative or business, never to the unit (domain 13)."""
    if kind.code == "spp_irt" and holder.kind == PartyKind.SATKER_UPT:
        return Verdict((rules.permit_holder_is_unit(),))
    return Verdict()


def revoke_permit(*, by: Actor, permit: Permit, revoked_on: date, reason: str) -> Permit:
    """Let it end on that day, with the reason. Refused: permit_over_already."""
    required()
    require(may(by, "permit.edit", permit.place_id))
    if permit.revoked_on is not None or revoked_on < permit.valid_from or not reason.strip():
        raise Refused(rules.permit_over_already())
    permit.revoked_on = revoked_on
    permit.revoked_reason = reason.strip()
    permit.save(update_fields=["revoked_on", "revoked_reason"])
    judge_places(by=by, facility_ids=[permit.place_id])
    publish(PERMITS_CHANGED, facility_id=permit.place_id, subject_id=permit.pk)
    return permit
