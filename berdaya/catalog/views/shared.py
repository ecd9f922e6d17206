"""What the desk's pages of listings share: finding within the actor's scope, and who may what."""

from typing import Any

from django.http import Http404

from berdaya.catalog.models import Listing, ListingVersion
from berdaya.catalog.queries import whole_row, with_photos
from berdaya.core import clock


def find_whole(slug: str, number: int | None = None) -> Any:
    """A listing with all that its pages show; 404 for one of another unit as for none."""
    row = whole_row(slug, clock.now(), number)
    if row is None:
        raise Http404
    return row


def find_listing(slug: str) -> Listing:
    """A listing in scope with what its actions need."""
    rows = Listing.objects.select_related("variant__product__category", "facility", "seller")
    found = rows.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def find_version(slug: str, number: int) -> Any:
    """A version in scope with what its actions need, and its photos."""
    rows = ListingVersion.objects.select_related(
        "listing__facility", "listing__variant__product__category", "decision", "proposed_by"
    )
    found = with_photos(rows.filter(listing__slug=slug, number=number)).first()
    if found is None:
        raise Http404
    return found
