"""What a product claims of a place and a motif, and what each market says to it now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.goods.models import Product
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.legality.actions.origins import claim_origin
from berdaya.legality.forms_rules import OriginForm
from berdaya.legality.models import ProductOrigin
from berdaya.legality.queries.facts import origin_fact
from berdaya.legality.rules.origins import against_origin, papers_for


@ability_required("permit.edit", "GET POST")
def origin(request: HttpRequest, product_id: int) -> HttpResponse:
    """The form; what stands against the present claim stands above it."""
    mine = request.actor.facility_ids  # type: ignore[attr-defined]
    with reading(request):
        rows = Product.objects.filter(facility__in=mine).select_related("facility")
        product = get_object_or_404(rows, pk=product_id)
        claims = ProductOrigin.objects.select_related("indication", "motif")
        claim = claims.filter(product=product).first()
        today = clock.today(product.facility.timezone)
        fact = origin_fact(claim, product.facility.region_id) if claim else None
        first = (
            {name: getattr(claim, name) for name in ("indication", "motif", "material_region")}
            if claim
            else {}
        )

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        claim_origin(by=by, product=product, **facts)
        return "legality:origin", [product_id]

    return form_page(
        request, make=lambda: OriginForm(request.POST or None, initial=first), do=do,
        reason="origin.claim", title=_("Asal dan motif: %(product)s") % {"product": product.label},
        back=reverse("legality:permits"), done=_("Asal produk tercatat."),
        template="legality/origin.html",
        context={
            "reasons": against_origin(fact, today) if fact else [],
            "papers": papers_for(fact) if fact else [],
            "claim": claim,
        },
    )  # fmt: skip
