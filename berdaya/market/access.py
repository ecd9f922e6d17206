"""In whose name pages under the neutral address read and write, and who is signed in there."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from berdaya.core import clock
from berdaya.core.scope import Actor, system_scope
from berdaya.market.models import Seller, SellerSession, ShopState

# Of this very host: whoever signs in here is nobody at the desk, and the other way round.
COOKIE = f"{settings.HOST_PREFIX}usaha"
LIFE = timedelta(hours=12)


@contextmanager
def market_view() -> Iterator[Actor]:
    """What a page of shops may read: this room's rows, and no row of any facility."""
    with system_scope("market", [], read_only=True) as scope:
        yield scope.actor


@contextmanager
def market_scope() -> Iterator[Actor]:
    """What a buyer or a seller may set off."""
    with system_scope("market", []) as scope:
        yield scope.actor


def digest(key: str) -> str:
    """What is kept of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def seller_of(request: HttpRequest) -> Seller | None:
    """The signed-in owner of a shop that was not closed; in scope."""
    key = request.COOKIES.get(COOKIE, "")
    if not key:
        return None
    rows = SellerSession.objects.filter(key_hash=digest(key), expires_at__gt=clock.now())
    row = rows.select_related("seller__shop__region").first()
    is_shut = row is None or row.seller.shop.state == ShopState.CLOSED
    return None if is_shut or row is None else row.seller


def hand_key(response: HttpResponse) -> str:
    """Give the browser a fresh key; returns it."""
    key = secrets.token_urlsafe(32)
    response.set_cookie(
        COOKIE, key, httponly=True, secure=settings.HTTPS, samesite="Lax", path="/"
    )  # until the browser closes: many share a telephone
    return key


def take_key(response: HttpResponse) -> None:
    """Take it back."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
