"""What the buyer's pages share: the cart's cookie, private answers, refusals on a public page."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from http.cookies import Morsel
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from berdaya.core.codes import is_public_code, normalise
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused, Verdict
from berdaya.orders.models import Cart, Checkout

# Bound to its path, so it cannot be a __Host- cookie; __Secure- keeps plain HTTP from writing it.
COOKIE = "__Secure-keranjang" if settings.HTTPS else "keranjang"
# Only the cart's own pages, in each language, are ever sent the cookie: the others stay the same
# bytes for everybody.
COOKIE_PATHS = ("/keranjang", "/en/keranjang")
COOKIE_AGE = 30 * 24 * 60 * 60
View = Callable[..., HttpResponse]


def cart_key(request: HttpRequest) -> UUID | None:
    """The random key that this browser holds; None for none, or for what is no key."""
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def open_cart(request: HttpRequest) -> Cart | None:
    """The cart behind that key; an unknown key opens none, and is never taken over."""
    key = cart_key(request)
    return Cart.objects.filter(pk=key).first() if key else None


def keep_cart(response: HttpResponse, cart: Cart) -> HttpResponse:
    """Let the browser hold the cart's key, once for each language."""
    for path in COOKIE_PATHS:
        response.set_cookie(
            COOKIE, str(cart.pk), max_age=COOKIE_AGE, path=path, secure=settings.HTTPS,
            httponly=True, samesite="Lax",
        )  # fmt: skip
        # One name with two paths: the response keeps its cookies by a word of ours.
        morsel: Morsel[str] = response.cookies.pop(COOKIE)
        response.cookies[f"{COOKIE} {path}"] = morsel  # type: ignore[assignment]
    return response


def private(view: View) -> View:
    """For nobody but the browser that asked: not stored, not indexed, address told to nobody."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return inner


def told(back: str) -> Callable[[View], View]:
    """A refusal becomes a page of the shop with its reasons and the way back to `back`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refused as refused:
                page = reverse(back, args=[kwargs["code"]] if "code" in kwargs else [])
                return refusal(request, refused.verdict, page)

        return inner

    return wrap


def refusal(request: HttpRequest, verdict: Verdict, back_url: str) -> HttpResponse:
    """The reasons, 409, and a button back."""
    facts = {"verdict": verdict, "back_url": back_url, "other_language_url": ""}
    return render(request, "orders/shop/refused.html", facts, status=409)


def foreign(request: HttpRequest) -> HttpResponse:
    """What another site tried to post here."""
    facts = {"back_url": reverse("orders:cart"), "other_language_url": ""}
    return render(request, "orders/shop/foreign.html", facts, status=403)


def see_other(url: str) -> HttpResponse:
    """After a post the browser gets the next page."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def whole(text: str | None, otherwise: int) -> int:
    """A number as typed into a quantity; `otherwise` for what is none."""
    typed = (text or "").strip()
    return int(typed) if re.fullmatch(r"[0-9]{1,15}", typed) else otherwise


def checkout_of(code: str) -> Checkout:
    """The checkout of an unguessable code; 404 for any other."""
    tidy = normalise(code)
    found = Checkout.objects.filter(code=tidy).first() if is_public_code(tidy) else None
    if found is None:
        raise Http404
    return found


@contextmanager
def looking(checkout: Checkout) -> Iterator[None]:
    """Read-only rows of the facilities that this checkout ordered from, and no others."""
    with system_scope("shop", checkout.facility_ids, read_only=True):
        yield
