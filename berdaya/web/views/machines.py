"""What machines fetch: robots, the sitemap, maps and share cards."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from berdaya.catalog.queries import shown_listing
from berdaya.core import clock
from berdaya.insight.maps import mapped_provinces
from berdaya.web import maps, queries, share
from berdaya.web.views.common import for_everybody, public_page
from berdaya.web.views.units import find_unit

DAY = "public, max-age=86400"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; desk, sign-in, baskets and orders are not for crawlers."""
    closed = "".join(
        f"Disallow: {prefix}/{place}/\n"
        for prefix in ("", "/en")
        for place in ("desk", "masuk", "keluar", "akun", "keranjang", "pesanan")
    )
    sitemap = f"Sitemap: {share.absolute('/sitemap.xml')}\n"
    text = f"User-agent: *\n{closed}\n{sitemap}"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


class Place(NamedTuple):
    """A page in both languages, and the day it last changed where that is known."""

    id: str
    en: str
    changed: str = ""


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Front page, list, open data, editions, units and goods on show, in both languages."""
    now = clock.now()
    places = [_place("web:home"), _place("web:products"), _place("web:check")]
    places += [_place("web:open_data")]
    places += [_place("web:edition", code) for code in mapped_provinces()]
    places += [_place("web:facility", unit.code) for unit in queries.units(now)]
    for slug, changed in queries.on_sitemap(now):
        places.append(_place("web:product", slug, day=f"{changed:%Y-%m-%d}" if changed else ""))
    context = {"places": places}
    return render(
        request, "web/sitemap.xml", context, content_type="application/xml; charset=utf-8"
    )


def _place(name: str, *args: str, day: str = "") -> Place:
    paths = {}
    for language in ("id", "en"):
        with override(language):
            paths[language] = share.absolute(reverse(name, args=args))
    return Place(paths["id"], paths["en"], day)


@require_safe
def unit_map(request: HttpRequest, code: str) -> HttpResponse:
    """The map with a unit's regency and town; the same in both languages."""
    unit = find_unit(code)
    if not maps.is_drawn(unit.region_id):
        raise Http404
    svg = maps.map_svg(unit.region_id, unit.lat, unit.lon)
    return for_everybody(request, _kept(svg.encode(), "image/svg+xml"))


def _kept(body: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = DAY
    return response


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    """The share card of pages that have none of their own."""
    title = _("Buatan tangan, hasil yang adil")
    card = share.plain_card(title, "Nusa Tenggara Timur", "cloth", "berdaya")
    return for_everybody(request, _kept(card, "image/png"))


@require_safe
def unit_card(request: HttpRequest, code: str) -> HttpResponse:
    """The share card of a unit."""
    unit = find_unit(code)
    card = share.plain_card(unit.name, unit.town, "basket", unit.code)
    return for_everybody(request, _kept(card, "image/png"))


@public_page
def product_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The share card of a listing, while it is on show."""
    shown = shown_listing(slug, clock.now())
    if shown is None:
        raise Http404
    return HttpResponse(share.product_card(shown), content_type="image/png")
