"""Scopes of a web request: reading for pages, writing for actions."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.http import HttpRequest

from berdaya.core.scope import Actor, acting, current


@contextmanager
def reading(request: HttpRequest) -> Iterator[None]:
    """Read-only rows of the request's actor, e.g. to show a form again after it was refused."""
    actor: Actor | None = getattr(request, "actor", None)
    inside = current() is not None
    with nullcontext() if inside or actor is None else acting(actor, "view", read_only=True):
        yield
