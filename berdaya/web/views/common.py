"""What every public page has in common: no session, one read-only scope, one minute in caches."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from berdaya.core.caching import MINUTE, for_everybody
from berdaya.institutions.access import public_scope

__all__ = ["MINUTE", "for_everybody", "public_page"]

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Read and rendered as nobody, so that its bytes are the same for everybody."""

    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with public_scope():
            response = view(request, *args, **kwargs)
        return for_everybody(request, response)

    return inner


def for_machines(response: HttpResponse) -> HttpResponse:
    """Let programs of any address read it: it is public and the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
