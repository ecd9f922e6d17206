"""Who may open a page at all: signed in, and somewhere in a role that has the ability."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from berdaya.core.scope import Actor, system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.institutions.roles import ABILITIES
from berdaya.institutions.rules import AbilityList, ability_missing, may_anywhere, not_appointed

View = Callable[..., HttpResponse]


def ability_required(ability: str) -> Callable[[View], View]:
    """A stranger is sent to sign in; staff without the ability are told whom to ask."""
    if ability not in ABILITIES:
        raise ValueError(f"no such ability: {ability}")

    def wrap(view: View) -> View:
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            if actor is None or not actor.roles:
                raise Refused(not_appointed())
            if not may_anywhere(actor, ability):
                roles = AbilityList(ability)
                raise Refused(ability_missing(ability=ABILITIES[ability], roles=roles))
            return view(request, *args, **kwargs)

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
