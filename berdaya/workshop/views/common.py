"""What the workshop's pages share: the chosen facility, a form page, finding through the scope."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.institutions.models import Facility


def chosen(request: HttpRequest) -> Facility | None:
    """The one facility on view, None where several are."""
    return request.facility  # type: ignore[attr-defined]


def on_view(request: HttpRequest) -> frozenset[int]:
    """The chosen facility, or all that the actor sees."""
    one = chosen(request)
    return frozenset({one.pk}) if one else request.actor.facility_ids  # type: ignore


def choose_first(request: HttpRequest) -> HttpResponse:
    """Send somebody who sees several facilities to choose one."""
    messages.info(request, _("Pilih dulu satu UPT."))
    return redirect("institutions:account")


def form_page(
    request: HttpRequest, form: forms.Form, title: str, back: str, **more: Any
) -> HttpResponse:
    """A page with one form; 422 when it was refused."""
    context = {"form": form, "title": title, "back": back, **more}
    template = more.get("template", "workshop/form.html")
    with reading(request):
        return render(request, template, context, status=422 if form.is_bound else 200)
