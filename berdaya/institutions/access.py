"""Who may open a page at all: signed in, and somewhere in a role that has the ability."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from berdaya.core.http import takes
from berdaya.core.verdicts import require
from berdaya.institutions.roles import ABILITIES
from berdaya.institutions.rules import may_somewhere

View = Callable[..., HttpResponse]


def ability_required(ability: str, methods: str = "GET") -> Callable[[View], View]:
    """A stranger is sent to sign in; staff without the ability are told whom to ask.

    An address is only looked at unless `methods` says "POST" or "GET POST".
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
            return view(request, *args, **kwargs)

        return inner

    return wrap
