"""Error pages; those for 500 and 503 use neither database nor session."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from berdaya.core.verdicts import Verdict


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return render(request, "look/refused.html", {"verdict": verdict}, status=verdict.status)


def busy(request: HttpRequest) -> HttpResponse:
    return render(request, "look/errors/409.html", status=409)


def wrong_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    answer = render(request, "look/errors/405.html", status=405)
    answer["Allow"] = ", ".join(allowed)
    return answer


def not_a_method(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    answer = HttpResponse(render_to_string("look/errors/405.html"), status=405)
    answer["Allow"] = ", ".join(allowed)
    return answer


def database_away(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(render_to_string("look/errors/503.html"), status=503)
    answer["Retry-After"] = "10"
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("look/errors/413.html"), status=413)


def too_long(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("look/errors/414.html"), status=414)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("look/errors/400.html"), status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "look/errors/403.html", {"form_expired": True}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "look/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "look/errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "look/errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    from berdaya.core.middleware import database_is_away

    if database_is_away(sys.exc_info()[1]):
        return database_away(request)
    return HttpResponse(render_to_string("look/errors/500.html"), status=500)
