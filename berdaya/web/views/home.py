"""The public front page."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from berdaya.catalog.calc import base_words, parts_of, policy_words
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import estimate_of, shown_cards
from berdaya.core import clock
from berdaya.web import queries
from berdaya.web.views.common import public_page

NEWEST = 8
# Drawn while nothing is on show yet; each with a motif of its own.
SHELF = (("cloth", "tenun"), ("coffee", "kopi"), ("basket", "anyaman"))


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What Berdaya is and what is new, for whoever comes by."""
    now = clock.now()
    categories, is_demo, working = queries.front()
    rows = queries.newest(now, NEWEST)
    context = {
        "is_demo": is_demo,
        "categories": [one for one in categories if one.parent_id is None],
        "cards": shown_cards(rows),
        "shelf": SHELF,
        "units": queries.units(now),
        "working": working,
        "example": _example(rows, now),
        "motif_seed": "berdaya",
    }
    return render(request, "web/home.html", context)


def _example(rows: list[Listing], now: datetime) -> dict[str, Any] | None:
    """Where the price of the newest listing goes, told as on its own page."""
    if not rows:
        return None
    listing = rows[0]
    day = clock.local(now, listing.facility.timezone).date()
    told = estimate_of(listing, listing.price_rp, day)
    if told is None:
        return None
    return {
        "card": shown_cards([listing])[0],
        "parts": parts_of(told),
        "base_words": base_words(told),
        "policy_words": policy_words(told),
    }
