"""What the pages of sales and money share beside what every room's do: the books on view."""

from django.db.models import QuerySet
from django.http import HttpRequest

from berdaya.institutions.pages import Address, act, can, can_decide, form_page, seen
from berdaya.ledger.models import Book

__all__ = ["Address", "act", "books_on_view", "can", "can_decide", "form_page", "seen"]


def books_on_view(request: HttpRequest) -> "QuerySet[Book]":
    """Books of the facilities on view with their party."""
    rows = Book.objects.filter(facility_id__in=seen(request)).select_related("party", "facility")
    return rows.order_by("party__kind", "pk")
