"""What desk pages of every room share: facilities on view, one form page, one action door."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may, unit_not_chosen
from berdaya.institutions.standing_in import decision_verdict


def seen(request: HttpRequest) -> frozenset[int]:
    """The chosen facility, or all that the actor sees."""
    chosen = request.facility  # type: ignore[attr-defined]
    return frozenset({chosen.pk}) if chosen else request.actor.facility_ids  # type: ignore[attr-defined]


def one_unit(request: HttpRequest) -> Facility:
    """The facility chosen. Refused `unit_not_chosen` where several are seen."""
    chosen: Facility | None = request.facility  # type: ignore[attr-defined]
    if chosen is None:
        raise Refused(unit_not_chosen())
    return chosen


def can(request: HttpRequest, ability: str, facility_id: int | None = None) -> bool:
    """Whether the actor may do it at the chosen facility, or at the one named."""
    chosen = request.facility  # type: ignore[attr-defined]
    pk = facility_id or (chosen.pk if chosen else None)
    return pk is not None and may(request.actor, ability, pk).ok  # type: ignore[attr-defined]


def can_decide(request: HttpRequest, ability: str, facility_id: int, *done_by: int | None) -> bool:
    """Whether the actor may decide there, in the unit's stead too, after those who did the rest."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return decision_verdict(actor, ability, facility_id, done_by).ok


Address = tuple[str, list[Any]]


def form_page(
    request: HttpRequest,
    *,
    make: Callable[[], forms.Form],
    do: Callable[[Actor, dict[str, Any]], Address],
    reason: str,
    title: str,
    back: str,
    done: str,
    template: str = "look/form_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; posted and valid, open a scope, call one action and go where it says."""
    with reading(request):
        form = make()
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        with acting(request.actor, reason) as scope:  # type: ignore[attr-defined]
            name, args = do(scope.actor, dict(form.cleaned_data))
        messages.success(request, done)
        return redirect(name, *args)
    facts = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "form": form,
        "title": title,
        "back": back,
        **(context or {}),
    }
    with reading(request):
        return render(request, template, facts, status=422 if form.is_bound else 200)


def act(
    request: HttpRequest, reason: str, do: Callable[[Actor], Address], done: str
) -> HttpResponse:
    """A button: one scope, one action, and on to the page it says."""
    with acting(request.actor, reason) as scope:  # type: ignore[attr-defined]
        name, args = do(scope.actor)
    messages.success(request, done)
    return redirect(name, *args)
