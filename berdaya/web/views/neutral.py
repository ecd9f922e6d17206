"""The neutral host's own few pages: its front, what crawlers may read, a mistake of ours."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from berdaya.core import clock
from berdaya.core.caching import for_everybody
from berdaya.market.access import market_view
from berdaya.market.queries import shown_shops

CLOSED = ("sertifikat", "usaha", "toko/pesanan")


class Place(NamedTuple):
    """A page in both languages."""

    id: str
    en: str


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Two doors: what is sold here, and what can be verified here."""
    return for_everybody(request, render(request, "neutral/front.html"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Shops may be read; certificates, orders and owners' pages are not for crawlers."""
    closed = "".join(f"Disallow: {prefix}/{place}\n" for prefix in ("", "/en") for place in CLOSED)
    text = f"User-agent: *\n{closed}\nSitemap: {_absolute('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every shop alike, in the order of the day, without a day of its own."""
    with market_view():
        codes = [shop.code for shop in shown_shops(clock.today())]
    places = [_place("toko:shops"), *(_place("toko:shop", code) for code in codes)]
    response = render(
        request,
        "neutral/sitemap.xml",
        {"places": places},
        content_type="application/xml; charset=utf-8",
    )
    return for_everybody(request, response)


def _place(name: str, *args: str) -> Place:
    paths = []
    for language in ("id", "en"):
        with override(language):
            paths.append(_absolute(reverse(name, args=args)))
    return Place(*paths)


def _absolute(path: str) -> str:
    return settings.NEUTRAL_BASE_URL.rstrip("/") + path


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours, told without words of ours."""
    return HttpResponse(_("Maaf, ada gangguan. Coba lagi sebentar."), status=500)
