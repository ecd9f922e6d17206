"""Where an item comes from: the page behind the code on its label."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from berdaya.core import clock
from berdaya.core.codes import format_code, normalise
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
    found = queries.origin_of(code, clock.now(), clock.today())
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
    return render(request, "web/origin.html", context)
