"""How products stand to halal: the list, and one product with its papers and what it says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.goods.models import Product
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.legality.actions.standings import end_standing, record_standing
from berdaya.legality.forms_standing import ENDED, StandingForm
from berdaya.legality.models import HalalStanding, Permit
from berdaya.legality.queries.standings import with_standing
from berdaya.legality.tables import STATES, state_of
from berdaya.legality.tables_standing import HALAL_STATES, StandingTable, told_by


@ability_required("permit.view")
def standings(request: HttpRequest) -> HttpResponse:
    """Food of the facilities in view with its state."""
    rows = with_standing(seen(request), clock.today()).select_related("category", "facility")
    return StandingTable(request, rows).response("legality/standings.html", {})


@ability_required("permit.view")
def standing(request: HttpRequest, product_id: int) -> HttpResponse:
    """One product: its state, its papers, what was said before, and the form to say more."""
    found = _find(request, product_id)
    context = _context(request, found) | {"form": StandingForm(initial=_first(found))}
    return render(request, "legality/standing.html", context)


@ability_required("permit.edit", "GET POST")
def statement(request: HttpRequest, product_id: int) -> HttpResponse:
    """POST says something new of it, or nothing any more."""
    with reading(request):
        found = _find(request, product_id)
        context = _context(request, found)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        if facts["status"] == ENDED:
            end_standing(by=by, product=found, day=facts["valid_from"])
        else:
            record_standing(by=by, product=found, **facts)
        return "legality:standing", [found.pk]

    return form_page(
        request, make=lambda: StandingForm(request.POST or None, initial=_first(found)), do=do,
        reason="permit.standing", title=found.label, back=reverse("legality:standings"),
        done=_("Keadaan halalnya tercatat."), template="legality/standing.html", context=context,
    )  # fmt: skip


def _find(request: HttpRequest, product_id: int) -> Any:
    rows = with_standing(seen(request), clock.today()).select_related("category", "facility")
    if found := rows.filter(pk=product_id).first():
        return found
    # What is no food and says nothing may still be asked for, within the units in view.
    mine = Product.objects.filter(facility__in=seen(request)).select_related("category", "facility")
    return get_object_or_404(mine, pk=product_id)


def _context(request: HttpRequest, found: Any) -> dict[str, Any]:
    papers = Permit.objects.filter(coverage__product=found).select_related("kind")
    return {
        "facility": found.facility,
        "product": found,
        "state": HALAL_STATES[getattr(found, "halal", "unknown")],
        "told_by": told_by(found) if hasattr(found, "halal") else "",
        "papers": [(one, STATES[state_of(one)]) for one in papers.order_by("kind", "-valid_from")],
        "before": list(HalalStanding.objects.filter(product=found).order_by("-valid_from")),
        "can_say": can(request, "permit.edit", found.facility_id),
    }


def _first(found: Any) -> dict[str, Any]:
    return {"valid_from": clock.today(found.facility.timezone)}
