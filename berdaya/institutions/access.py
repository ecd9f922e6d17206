"""Who may open a page at all: signed in, and somewhere in a role that has the ability."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from berdaya.core.http import takes
from berdaya.core.scope import Actor, system_scope
from berdaya.core.verdicts import require
from berdaya.institutions.asking import ask_again, ask_before_changing
from berdaya.institutions.models import Facility
from berdaya.institutions.roles import ABILITIES, ASKED_AGAIN
from berdaya.institutions.rules import may_somewhere

View = Callable[..., HttpResponse]


def ability_required(ability: str, methods: str = "GET") -> Callable[[View], View]:
    """A stranger is sent to sign in; staff without the ability are told whom to ask.

    An address is only looked at unless `methods` says "POST" or "GET POST". Abilities in
    ASKED_AGAIN are asked for a fresh proof before anything posted reaches the view.
    """
    if ability not in ABILITIES:
        raise ValueError(f"no such ability: {ability}")

    def wrap(view: View) -> View:
        @takes(methods)
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            require(may_somewhere(actor, ability))
            asked = ask_again(request) if _must_ask(request, ability) else None
            return asked or view(request, *args, **kwargs)

        # The matrix of the tests reads both, so that no row there says another thing than the view.
        inner.ability = ability  # type: ignore[attr-defined]
        inner.methods = tuple(methods.split())  # type: ignore[attr-defined]
        return inner

    return wrap


def _must_ask(request: HttpRequest, ability: str) -> bool:
    return request.method == "POST" and ability in ASKED_AGAIN


def own_account(methods: str = "GET") -> Callable[[View], View]:
    """A page about one's own way in: whoever changes it there proves who they are first."""

    def wrap(view: View) -> View:
        @never_cache
        @takes(methods)
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = ask_before_changing(request) if request.method == "POST" else None
            return asked or view(request, *args, **kwargs)

        return inner

    return wrap


@contextmanager
def public_scope() -> Iterator[Actor]:
    """What a public page may read: rows of every producing facility, never of an LPKA or Bapas.

    Two statements of the page's budget: the facilities, and the scope itself.
    """
    with system_scope("public", _producing(), read_only=True) as scope:
        yield scope.actor


@contextmanager
def shop_scope() -> Iterator[Actor]:
    """What a buyer without an account may set off: the actor stands for nobody."""
    with system_scope("shop", _producing()) as scope:
        yield scope.actor


def _producing() -> list[int]:
    return list(Facility.objects.producing().values_list("pk", flat=True))
