"""Where an item comes from: the page behind the code on its label."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from berdaya.catalog.calc import GROSS, base_words
from berdaya.catalog.estimates import Estimate
from berdaya.core import clock
from berdaya.core.codes import format_code, is_public_code, normalise
from berdaya.web import maps, queries
from berdaya.web.views.common import public_page

LONGEST = 40


@public_page
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code by hand."""
    code = normalise(request.GET.get("kode", "")[:LONGEST])
    if code:
        return redirect("web:origin", code=code)
    return render(request, "web/check.html")


@public_page
def origin(request: HttpRequest, code: str) -> HttpResponse:
    """The lot under a code; typed with dashes or small letters, it leads to the written form."""
    normal = normalise(code[:LONGEST])
    if normal and normal != code:
        return redirect("web:origin", code=normal)
    is_code = is_public_code(code)
    found = queries.origin_of(code, clock.now(), clock.today()) if is_code else None
    if found is None:
        context = {"code": code, "is_unknown": True}
        return render(request, "web/check.html", context, status=404)
    lot = found.lot
    context = {
        "origin": found,
        "lot": lot,
        "unit": lot.facility,
        "code_text": format_code(code),
        "island": maps.island_of(lot.facility.region_id),
        "is_on_map": maps.is_drawn(lot.facility.region_id),
        "is_expired": lot.expires_on is not None and lot.expires_on < clock.today(),
        "motif_seed": lot.facility.code,
    }
    if found.told:
        context["base_words"] = base_words(found.told)
        context["shares"] = shares_of(found.told)
    return render(request, "web/origin.html", context)


@dataclass(frozen=True)
class SharePart:
    """One part of the policy, in percent."""

    label: str
    kind: str
    percent: Decimal


def shares_of(told: Estimate) -> list[SharePart]:
    """The policy's percentages; nothing where the state takes all, which is said in words."""
    if told.base == GROSS:
        return []
    parts = (
        (_("Pembuat"), "makers", told.makers_bp),
        (_("Modal kerja bengkel"), "capital", told.capital_bp),
        (_("Negara (PNBP)"), "state", told.state_bp),
        (_("Koperasi"), "other", told.cooperative_bp),
    )
    return [SharePart(label, kind, Decimal(bp) / 100) for label, kind, bp in parts if bp]
