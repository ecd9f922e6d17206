"""What pages under the neutral address share: public ones, private ones, those of a seller."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from berdaya.core.caching import for_everybody
from berdaya.core.http import own_pages_only, takes
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.core.views import errors
from berdaya.market.access import market_scope, market_view, seller_of
from berdaya.market.models import Seller, Shop

View = Callable[..., HttpResponse]
Address = tuple[str, list[Any]]


def shop_page(view: View) -> View:
    """The same bytes for everybody, read in this room's scope."""

    @takes("GET")
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with market_view():
            response = view(request, *args, **kwargs)
        return for_everybody(request, response)

    return inner


def private(view: View) -> View:
    """Of one person: kept by no cache, and its address is told to no other site."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return inner


def own_form(view: View) -> View:
    """A page with a form that only our own pages may send: no token, the browser tells."""
    return own_pages_only(lambda request: errors.forbidden(request, Exception()))(private(view))


def seller_page(methods: str = "GET") -> Callable[[View], View]:
    """A page for a signed-in seller, who is `request.seller`; a stranger is sent to sign in."""

    def wrap(view: View) -> View:
        @own_form
        @takes(methods)
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with market_view():
                seller = seller_of(request)
                if seller is None:
                    return redirect("usaha:sign_in")
                request.seller = seller  # type: ignore[attr-defined]
                if request.method != "POST":
                    return view(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        return inner

    return wrap


def shop_of(request: HttpRequest) -> Shop:
    """The signed-in seller's shop."""
    seller: Seller = request.seller  # type: ignore[attr-defined]
    return seller.shop


def form_page(
    request: HttpRequest,
    *,
    make: Callable[[], forms.Form],
    do: Callable[[Actor, forms.Form], Address],
    title: str,
    back: str = "",
    done: str = "",
    template: str = "market/form.html",
    **facts: Any,
) -> HttpResponse:
    """Show a form; posted and valid, call one action and go where it says.

    A refusal is told above the form, with what was typed still in it.
    """
    form = make()
    facts = {"form": form, "title": title, "back": back, **facts}
    if request.method == "POST" and form.is_valid():
        try:
            with market_scope() as by:
                name, args = do(by, form)
        except Refused as refused:
            facts["verdict"] = refused.verdict
            return _shown(request, template, facts, refused.verdict.status)
        if done:
            messages.success(request, done)
        return redirect(name, *args)
    return _shown(request, template, facts, 422 if form.is_bound else 200)


def _shown(request: HttpRequest, template: str, facts: dict[str, Any], status: int) -> HttpResponse:
    with market_view():
        return render(request, template, facts, status=status)


def press(request: HttpRequest, do: Callable[[Actor], Address], done: str) -> HttpResponse:
    """A button: one scope, one action, and on to the page it says."""
    with market_scope() as by:
        name, args = do(by)
    messages.success(request, done)
    return redirect(name, *args)


def found(row: Any) -> Any:
    """The row, or 404."""
    if row is None:
        raise Http404
    return row


def home() -> str:
    """A seller's own front page."""
    return reverse("usaha:home")
