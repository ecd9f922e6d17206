"""Kerja lapangan: the follow-up form for a phone without signal, and where its queue is sent."""

import json
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from berdaya.aftercare.actions.followups import record_follow_up
from berdaya.aftercare.forms import FollowUpForm, known
from berdaya.aftercare.queries import Client, clients_of
from berdaya.aftercare.views.shared import supervised_or_404
from berdaya.core import clock
from berdaya.core.ids import uuid7
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import seen
from berdaya.institutions.rules import places_of

ABILITY = "aftercare.record"
WORKER = Path(__file__).resolve().parent.parent / "static/aftercare/js/worker.js"


@ability_required(ABILITY)
def fieldwork(request: HttpRequest) -> HttpResponse:
    """Own clients under pseudonym with what is known, the due ones first; no name is on it."""
    today = clock.today()
    places = places_of(request.actor, ABILITY, seen(request))  # type: ignore[attr-defined]
    found = clients_of(request.actor, places, today)  # type: ignore[attr-defined]
    followed = [one for one in found if one.supervision and _may_be_asked(one)]
    form = FollowUpForm(initial={"key": uuid7(), "happened_on": today})
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "form": form,
        "due": [(one, json.dumps(known(one.last))) for one in followed if one.waiting],
        "others": [(one, json.dumps(known(one.last))) for one in followed if not one.waiting],
    }
    return render(request, "aftercare/fieldwork.html", context)


def _may_be_asked(one: Client) -> bool:
    case = one.case
    if case is None:
        return False
    is_over = case.is_over(clock.today(one.placement.facility.timezone))
    return case.opted_in if is_over else not case.left or case.has_report_duty


@ability_required(ABILITY, "POST")
def sync(request: HttpRequest) -> HttpResponse:
    """One follow-up from a phone's queue: kept, already there, or refused with words."""
    form = FollowUpForm(request.POST)
    code = request.POST.get("client", "")
    if not code:
        return _told("refused", 422, _("Pilih klien"), "form_invalid")
    try:
        with acting(request.actor, "aftercare.follow") as scope:  # type: ignore[attr-defined]
            _client, row = supervised_or_404(request, code)
            if not form.is_valid():
                first = next(iter(form.errors.values()))[0]
                return _told("refused", 422, str(first), "form_invalid")
            _row, is_new = record_follow_up(
                by=scope.actor, supervision=row, key=form.cleaned_data["key"], told=form.told()
            )
    except Refused as refusal:
        reason = refusal.verdict.first
        words = f"{reason.text} {reason.next_text}"
        return _told("refused", refusal.verdict.status, words, reason.code)
    except Http404:
        return _told("refused", 404, "", "client_unknown")
    return _told("kept" if is_new else "already", 200)


def _told(state: str, status: int, text: str = "", code: str = "") -> JsonResponse:
    facts: dict[str, Any] = {"state": state, "text": text, "code": code}
    return JsonResponse(facts, status=status)


@ability_required(ABILITY)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its address is its reach, so it stands beside the page, not in static."""
    return HttpResponse(
        WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8"
    )
