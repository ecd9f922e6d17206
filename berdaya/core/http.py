"""A web request: how an address may be asked, the scope of its page, forms without a token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

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


def knows_session(request: HttpRequest) -> bool:
    """Only the desk and sign-in know a session; everything else is the same for everybody."""
    path = request.path_info.removeprefix("/en")
    return path.startswith(("/desk/", "/masuk/", "/keluar/", "/akun/"))


@contextmanager
def reading(request: HttpRequest) -> Iterator[None]:
    """Read-only rows of the request's actor, e.g. to show a form again after it was refused."""
    actor: Actor | None = getattr(request, "actor", None)
    inside = current() is not None
    with nullcontext() if inside or actor is None else acting(actor, "view", read_only=True):
        yield


def visitor_address(request: HttpRequest) -> str:
    """Where a request comes from; behind our proxy, what the proxy itself wrote last.

    Whatever stands before the last comma a visitor may have sent, and is not believed.
    """
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(told)) if settings.HTTPS else str(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))


def own_pages_only(refuse: Callable[[HttpRequest], HttpResponse]) -> Callable[[Any], Any]:
    """Let only our own pages post here, told by Sec-Fetch-Site, else Origin, else Referer.

    For forms on public pages, which hold no token because they are the same bytes for everybody.
    What comes from elsewhere gets `refuse(request)` and reaches no view.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not comes_from_here(request):
                return refuse(request)
            return view(request, *args, **kwargs)

        return inner

    return wrap


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very host sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    sender = urlsplit(told)
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())
