"""Error pages; those for 500 and 503 use neither database nor session.

Under the neutral address they have its look and name nothing of the program's.
"""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from berdaya.core.neutral import is_neutral, is_on_neutral_host
from berdaya.core.verdicts import Verdict


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return _page(request, verdict.status, "look/refused.html", verdict=verdict)


def busy(request: HttpRequest) -> HttpResponse:
    return _page(request, 409)


def wrong_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    answer = _page(request, 405)
    answer["Allow"] = ", ".join(allowed)
    return answer


def not_a_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    answer = _plain(request, 405)
    answer["Allow"] = ", ".join(allowed)
    return answer


def database_away(request: HttpRequest) -> HttpResponse:
    answer = _plain(request, 503)
    answer["Retry-After"] = "10"
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    return _plain(request, 413)


def too_long(request: HttpRequest) -> HttpResponse:
    return _plain(request, 414)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, form_expired=True)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    from berdaya.core.middleware import database_is_away

    if database_is_away(sys.exc_info()[1]):
        return database_away(request)
    return _plain(request, 500)


def _page(request: HttpRequest, status: int, template: str = "", **facts: Any) -> HttpResponse:
    if _is_neutral(request):
        return render(request, "neutral/error.html", {"status": status, **facts}, status=status)
    return render(request, template or f"look/errors/{status}.html", facts, status=status)


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    """Without anything that a context processor would ask for."""
    is_neutral_page = _is_neutral(request)
    template = "neutral/error.html" if is_neutral_page else f"look/errors/{status}.html"
    facts = {"status": status} if is_neutral_page else {}
    return HttpResponse(render_to_string(template, facts), status=status)


def _is_neutral(request: HttpRequest) -> bool:
    return is_on_neutral_host(request) or is_neutral(request.path_info)
