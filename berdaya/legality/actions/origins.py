"""What a product claims: a protected name, a motif, where its material comes from."""

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import require
from berdaya.goods.models import Product
from berdaya.institutions.models.regions import Region
from berdaya.institutions.rules import may
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.models import Indication, Motif, ProductOrigin


def claim_origin(
    *,
    by: Actor,
    product: Product,
    indication: Indication | None,
    motif: Motif | None,
    material_region: Region | None,
) -> ProductOrigin:
    """Keep the claim; whether it may be made is judged with everything else (rules/origins.py).

    A claim that may not be made takes the goods off at once. Refused without the ability.
    """
    required()
    require(may(by, "permit.edit", product.facility_id))
    found, _is_new = ProductOrigin.objects.update_or_create(
        product=product,
        defaults={
            "facility_id": product.facility_id,
            "indication": indication,
            "motif": motif,
            "material_region": material_region,
            "recorded_by_id": by.user_id,
            "recorded_at": clock.now(),
        },
    )
    judge_places(by=by, facility_ids=[product.facility_id])
    return found
