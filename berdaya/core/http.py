"""A web request: how an address may be asked, and the scope in which its page is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from berdaya.core.scope import Actor, acting, current

View = Callable[..., HttpResponse]


class WrongMethod(Exception):
    """An address was asked in a way that it does not take; becomes a page with status 405."""

    def __init__(self, allowed: list[str]) -> None:
        super().__init__(", ".join(allowed))
        self.allowed = allowed


def takes(methods: str) -> Callable[[View], View]:
    """A view that answers only these methods, "GET", "POST" or both; HEAD goes with GET."""
    allowed = [*methods.split(), "HEAD"] if "GET" in methods.split() else methods.split()

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                raise WrongMethod(allowed)
            return view(request, *args, **kwargs)

        return inner

    return wrap


@contextmanager
def reading(request: HttpRequest) -> Iterator[None]:
    """Read-only rows of the request's actor, e.g. to show a form again after it was refused."""
    actor: Actor | None = getattr(request, "actor", None)
    inside = current() is not None
    with nullcontext() if inside or actor is None else acting(actor, "view", read_only=True):
        yield
