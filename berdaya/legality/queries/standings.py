"""How products stand to halal: certified, in process, exempt, not halal, or nothing is known."""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from berdaya.goods.models import Product
from berdaya.legality.models import HalalStanding, Permit, PermitProduct
from berdaya.legality.permit_numbers import HALAL
from berdaya.legality.queries.permits import in_force

CERTIFIED, UNKNOWN = "certified", "unknown"


def with_standing(facility_ids: Iterable[int], day: date) -> QuerySet[Product]:
    """Food made at these places, and whatever else says something of halal, with `halal` (its
    state), `halal_number` and `halal_basis`; no statement of its own."""
    # A certificate that names only some variants does not speak for the product.
    held = in_force(Permit.objects.filter(kind__code=HALAL), day)
    whole = PermitProduct.objects.filter(
        product=OuterRef("pk"), variants__isnull=True, permit__in=held
    )
    said = HalalStanding.objects.on(day).filter(product=OuterRef("pk"))
    rows = Product.objects.filter(facility__in=list(facility_ids), is_active=True)
    return rows.filter(Q(category__is_food=True) | Exists(said) | Exists(whole)).annotate(
        halal=Case(
            When(Exists(whole), then=Value(CERTIFIED)),
            default=Coalesce(Subquery(said.values("status")[:1]), Value(UNKNOWN)),
            output_field=CharField(),
        ),
        halal_number=Subquery(whole.order_by("-permit__valid_from").values("permit__number")[:1]),
        halal_basis=Subquery(said.values("basis")[:1]),
    )
