"""The public page of a unit: what it offers, where it is, about how many people work there."""

from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.institutions.models import DemoWorld, Facility
from berdaya.web import maps, queries, share
from berdaya.web.views.common import public_page

MOST = 24


def find_unit(code: str) -> Facility:
    """A unit that makes goods; 404 for every other, an LPKA and a Bapas among them."""
    rows = Facility.objects.producing().select_related("region")
    return get_object_or_404(rows.annotate(is_demo=Exists(DemoWorld.objects.all())), code=code)


@public_page
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit with its goods, the newest first."""
    facility = find_unit(code)
    cards = queries.of_unit(facility, clock.now(), MOST)
    steps = [(_("Beranda"), reverse("web:home")), (facility.name, request.path)]
    context = {
        "is_demo": facility.is_demo,
        "unit": facility,
        "cards": cards,
        "working": queries.working_at(facility),
        "kinds": sorted({card.category_name for card in cards}),
        "has_more": len(cards) == MOST,
        "island": maps.island_of(facility.region_id),
        "is_on_map": maps.is_drawn(facility.region_id),
        "card_url": share.absolute(reverse("web:unit_card", args=[code])),
        "json_ld": share.json_ld(share.breadcrumbs(steps)),
        "motif_seed": facility.code,
    }
    return render(request, "web/unit.html", context)
