"""The public front page and what crawlers may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from berdaya.institutions import queries

# Drawn, each with a motif of its own; a drawing says so until a photo replaces it.
SHELF = (
    ("cloth", "tenun"),
    ("coffee", "kopi"),
    ("basket", "anyaman"),
    ("soap", "sabun"),
    ("chair", "bangku"),
    ("jar", "camilan"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Berdaya is, for whoever comes by; the same bytes for everybody."""
    context = {"shelf": SHELF, "is_demo": queries.is_demo(), "sign_in": reverse("account_login")}
    return render(request, "web/home.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the desk and sign-in are not for crawlers."""
    closed = "".join(
        f"Disallow: {prefix}/{place}/\n"
        for prefix in ("", "/en")
        for place in ("desk", "masuk", "keluar", "akun")
    )
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain; charset=utf-8")
