"""Say honestly how a product stands to halal without a certificate, or no longer."""

from datetime import date

from berdaya.core import clock
from berdaya.core.events import publish
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Product
from berdaya.institutions.rules import may
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.legality.models import HalalStanding
from berdaya.legality.queries.facts import halal_of
from berdaya.legality.rules import standings as rules


def record_standing(
    *, by: Actor, product: Product, status: str, basis: str, valid_from: date
) -> HalalStanding:
    """From that day on it stands so; what was said before ends. Locks the product.

    Refused: standing_certified, standing_basis_missing, standing_backwards, standing_in_future.
    """
    required()
    require(may(by, "permit.edit", product.facility_id))
    fresh = lock_row(product)
    today = clock.today(product.facility.timezone)
    present = _present(fresh)
    told = halal_of([fresh.pk], valid_from)[fresh.pk]
    facts = rules.StandingFacts(
        valid_from, today, basis, present.valid_from if present else None, told.number
    )
    require(rules.may_stand(facts))
    _end(present, valid_from)
    made = HalalStanding.objects.create(
        product=fresh,
        facility_id=fresh.facility_id,
        status=status,
        basis=basis.strip(),
        valid_from=valid_from,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    judge_places(by=by, facility_ids=[fresh.facility_id])
    publish(PERMITS_CHANGED, facility_id=fresh.facility_id, subject_id=fresh.pk)
    return made


def end_standing(*, by: Actor, product: Product, day: date) -> None:
    """From that day on nothing is said. Refused: standing_none, standing_backwards,
    standing_in_future."""
    required()
    require(may(by, "permit.edit", product.facility_id))
    fresh = lock_row(product)
    present = _present(fresh)
    if present is None:
        raise Refused(rules.standing_none())
    today = clock.today(product.facility.timezone)
    require(rules.may_be_since(rules.StandingFacts(day, today, "", present.valid_from)))
    _end(present, day)
    judge_places(by=by, facility_ids=[fresh.facility_id])
    publish(PERMITS_CHANGED, facility_id=fresh.facility_id, subject_id=fresh.pk)


def _present(product: Product) -> HalalStanding | None:
    """What is said now and has no end."""
    return HalalStanding.objects.filter(product=product, valid_until__isnull=True).first()


def _end(present: HalalStanding | None, day: date) -> None:
    if present is not None:
        present.valid_until = day
        present.save(update_fields=["valid_until"])
