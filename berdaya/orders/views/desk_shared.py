"""What the desk's pages of orders share: facilities on view, one form page, one action door."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.rules import may, places_of
from berdaya.ledger.models import Book
from berdaya.orders.models import Order

Address = tuple[str, list[Any]]


def seen(request: HttpRequest) -> frozenset[int]:
    """The chosen facility, or all that the actor sees."""
    chosen = request.facility  # type: ignore[attr-defined]
    return frozenset({chosen.pk}) if chosen else request.actor.facility_ids  # type: ignore[attr-defined]


def can(request: HttpRequest, ability: str, facility_id: int) -> bool:
    """Whether the actor may do it at that facility."""
    return may(request.actor, ability, facility_id).ok  # type: ignore[attr-defined]


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


def form_page(
    request: HttpRequest,
    *,
    make: Callable[[], forms.Form],
    do: Callable[[Actor, dict[str, Any]], Address],
    reason: str,
    title: str,
    back: str,
    done: str,
    template: str = "orders/desk/form.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; posted and valid, open a scope, call one action and go where it says."""
    with reading(request):
        form = make()
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        with acting(request.actor, reason) as scope:  # type: ignore[attr-defined]
            name, args = do(scope.actor, dict(form.cleaned_data))
        messages.success(request, done)
        return redirect(name, *args)
    facts = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "form": form,
        "title": title,
        "back": back,
        **(context or {}),
    }
    with reading(request):
        return render(request, template, facts, status=422 if form.is_bound else 200)


def act(
    request: HttpRequest, reason: str, do: Callable[[Actor], Address], done: str
) -> HttpResponse:
    """A button: one scope, one action, and on to the page it says."""
    with acting(request.actor, reason) as scope:  # type: ignore[attr-defined]
        name, args = do(scope.actor)
    messages.success(request, done)
    return redirect(name, *args)


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at or print, never kept by caches."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
