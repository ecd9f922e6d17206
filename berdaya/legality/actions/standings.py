"""Say honestly how a product stands to halal without a certificate, or no longer."""

from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.events import publish
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
    """From that day on it stands so; what was said before ends. Of two at once one is refused.

    Refused: standing_certified, standing_basis_missing, standing_backwards, standing_in_future.
    """
    required()
    require(may(by, "permit.edit", product.facility_id))
    today = clock.today(product.facility.timezone)
    present = _present(product)
    told = halal_of([product.pk], valid_from)[product.pk]
    facts = rules.StandingFacts(
        valid_from, today, basis, present.valid_from if present else None, told.number
    )
    require(rules.may_stand(facts))
    made = HalalStanding(
        product=product,
        facility_id=product.facility_id,
        status=status,
        basis=basis.strip(),
        valid_from=valid_from,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )
    _follow(present, made)
    judge_places(by=by, facility_ids=[product.facility_id])
    publish(PERMITS_CHANGED, facility_id=product.facility_id, subject_id=product.pk)
    return made


def end_standing(*, by: Actor, product: Product, day: date) -> None:
    """From that day on nothing is said. Refused: standing_none, standing_backwards,
    standing_in_future."""
    required()
    require(may(by, "permit.edit", product.facility_id))
    present = _present(product)
    if present is None:
        raise Refused(rules.standing_none())
    today = clock.today(product.facility.timezone)
    require(rules.may_be_since(rules.StandingFacts(day, today, "", present.valid_from)))
    _end(present, day)
    judge_places(by=by, facility_ids=[product.facility_id])
    publish(PERMITS_CHANGED, facility_id=product.facility_id, subject_id=product.pk)


def _present(product: Product) -> HalalStanding | None:
    """What is said now and has no end."""
    return HalalStanding.objects.filter(product=product, valid_until__isnull=True).first()


def _follow(present: HalalStanding | None, made: HalalStanding) -> None:
    """The exclusion constraint decides between two who say something at the same time."""
    try:
        with transaction.atomic():
            _end(present, made.valid_from)
            made.save(force_insert=True)
    except IntegrityError as error:
        if "legality_halalstanding_one" not in str(error):
            raise
        raise Refused(rules.standing_backwards(day=clock.format_date(made.valid_from))) from error


def _end(present: HalalStanding | None, day: date) -> None:
    if present is not None:
        present.valid_until = day
        present.save(update_fields=["valid_until"])
