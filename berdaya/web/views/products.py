"""The list of goods with its search, and the page of one."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.catalog import search as finding
from berdaya.catalog.calc import Shown
from berdaya.catalog.queries import shown_cards, shown_listing
from berdaya.core import clock
from berdaya.web import maps, queries, share
from berdaya.web.finding import FindPage
from berdaya.web.views.common import public_page


@public_page
def products(request: HttpRequest) -> HttpResponse:
    """Everything on show, searched, narrowed and sorted by plain links."""
    now = clock.now()
    categories, is_demo = queries.categories()
    asked = finding.asked_from(request.GET.dict())
    found = finding.search(asked, now, categories)
    page = FindPage(asked, found, categories, reverse("web:products"))
    context = {
        "is_demo": is_demo,
        "page": page,
        "cards": shown_cards(found.rows),
        "search_words": asked.q,
        "canonical_query": _canonical(asked, found.page),
        "is_kept_from_crawlers": bool(asked.q or asked.asal or asked.harga or asked.siap),
    }
    return render(request, "web/products.html", context)


def _canonical(asked: finding.Asked, page: int) -> str:
    """What of the address makes another list: the kind and the page, never the order."""
    told = {"kategori": asked.kategori, "hal": page if page > 1 else ""}
    return urlencode({name: value for name, value in told.items() if value})


@public_page
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One listing; one that is not shown now says so and offers what is like it."""
    now = clock.now()
    shown = shown_listing(slug, now)
    if shown is None:
        return _gone(request, slug, now)
    day = clock.today()
    posting = queries.posting_from(shown.region_code, day)
    path, card = request.path, reverse("web:product_card", args=[slug])
    steps = _steps(shown, path)
    context = {
        "is_demo": posting.is_demo,
        "shown": shown,
        "posting_rp": posting.from_rp,
        "island": maps.island_of(shown.region_code),
        "is_on_map": maps.is_drawn(shown.region_code),
        "beside": queries.beside(shown, now),
        "steps": steps[:-1],
        "card_url": share.absolute(card),
        "json_ld": share.json_ld(share.product_ld(shown, path, card), share.breadcrumbs(steps)),
        "motif_seed": shown.facility_code,
    }
    return render(request, "web/product.html", context)


def _steps(shown: Shown, path: str) -> list[tuple[str, str]]:
    goods = reverse("web:products")
    kinds = [shown.parent] if shown.parent else []
    kinds.append((shown.category_code, shown.category_name))
    middle = [(name, f"{goods}?kategori={code}") for code, name in kinds]
    return [(_("Beranda"), reverse("web:home")), *middle, (shown.name, path)]


def _gone(request: HttpRequest, slug: str, now: datetime) -> HttpResponse:
    listing = queries.once_shown(slug)
    if listing is None:
        raise Http404
    context = {"cards": queries.in_place_of(listing, now)}
    return render(request, "web/gone.html", context, status=410)
