"""Give a variant its number in bars: a GTIN from GS1, or a restricted one for our own shops."""

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Variant
from berdaya.institutions.rules import may
from berdaya.labels import calc, rules
from berdaya.labels.models import VariantNumber


def keep_gtin(*, by: Actor, variant: Variant, gtin: str) -> VariantNumber:
    """Keep the GTIN of a variant, or correct it. Refused: gtin_malformed, gtin_restricted,
    gtin_taken."""
    required()
    number = calc.tidy_number(gtin)
    require(may(by, "label.print", variant.facility_id) + rules.may_be_gtin(number))
    try:
        with transaction.atomic():
            return _keep(by, variant, gtin=number)
    except IntegrityError as error:
        if "labels_number_gtin" not in str(error):
            raise
        raise Refused(rules.gtin_taken()) from error


def give_own_number(*, by: Actor, variant: Variant) -> VariantNumber:
    """Draw a restricted number for our own shops and stalls; a second time changes nothing."""
    required()
    require(may(by, "label.print", variant.facility_id))
    kept = VariantNumber.objects.filter(variant=variant).exclude(own="").first()
    if kept is not None:
        return kept
    return _keep(by, variant, own=calc.own_number(draw("label-number", 0)))


def _keep(by: Actor, variant: Variant, **number: str) -> VariantNumber:
    facts = {"kept_at": clock.now(), "kept_by_id": by.user_id, **number}
    row, _made = VariantNumber.objects.update_or_create(
        variant=variant,
        defaults=facts,
        create_defaults=facts | {"facility_id": variant.facility_id},
    )
    return row
