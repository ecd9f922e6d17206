"""The neutral address: under a name of its own, pages that say nothing of where somebody was.

Where NEUTRAL_BASE_URL names another host than PUBLIC_BASE_URL, that host answers these pages and
nothing else, and the public host sends whoever asks there for one of them over to it.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)

Answer = Callable[[HttpRequest], HttpResponse]
URLS = "berdaya.web.neutral_host"
# Certificates, what own businesses sell, and where their owners work.
PLACES = ("/sertifikat", "/toko", "/usaha")


class NeutralHost:
    """Chooses the addresses that the host of a request knows."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        neutral = urlsplit(settings.NEUTRAL_BASE_URL).netloc
        if neutral == urlsplit(settings.PUBLIC_BASE_URL).netloc:
            return self.get_response(request)
        if request.get_host() == neutral:
            request.urlconf = URLS
        elif is_neutral(request.path_info):
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotFound()  # what was typed there stays there
            base = settings.NEUTRAL_BASE_URL.rstrip("/")
            return HttpResponsePermanentRedirect(base + request.get_full_path())
        return self.get_response(request)


def is_neutral(path: str) -> bool:
    """Whether an address belongs under the neutral name."""
    rest = path.removeprefix("/en")
    return any(rest == place or rest.startswith(f"{place}/") for place in PLACES)


def is_on_neutral_host(request: HttpRequest) -> bool:
    """Whether a request came to a neutral host of its own."""
    return getattr(request, "urlconf", None) == URLS
