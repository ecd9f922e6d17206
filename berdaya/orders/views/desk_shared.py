"""What the desk's pages of orders share: books to match, one order and its address."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from berdaya.institutions.pages import seen
from berdaya.institutions.rules import places_of
from berdaya.ledger.models import Book
from berdaya.orders.models import Order


def matching_books(request: HttpRequest) -> "QuerySet[Book]":
    """Books whose payments the actor may match, of the facilities on view."""
    ids = places_of(request.actor, "order.match", seen(request))  # type: ignore[attr-defined]
    return Book.objects.filter(facility__in=ids).select_related("party").order_by("pk")


def find_order(code: str) -> Order:
    """An order with what its pages need; 404 outside the scope."""
    rows = Order.objects.select_related(
        "facility", "book__party", "qris", "bank_account", "pickup_place", "shipment__sale",
        "contact__region__parent__parent",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)


def order_url(code: str) -> str:
    """The desk's page of an order."""
    return reverse("orders:order", args=[code])
