"""Risks and meetings of an agreement."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.programme.actions.records import (
    Task,
    finish_action,
    record_meeting,
    record_risk,
    weigh_risk,
)
from berdaya.programme.evidence import rule_on
from berdaya.programme.forms_records import MeetingForm, RiskForm, WeighForm
from berdaya.programme.models import Meeting, MeetingAction, Risk
from berdaya.programme.views.shared import FORM, agreement_or_404, offices_of, rights

PARTIES = ("agreement__corrections_office", "agreement__umkm_office")


@ability_required("programme.view")
def risks(request: HttpRequest, code: str) -> HttpResponse:
    """Every risk, the heaviest open one first."""
    row = agreement_or_404(code)
    found = row.risks.select_related("owner_office", "commitment")
    lines = sorted(found, key=lambda one: (one.state == "closed", -one.weight, one.pk))
    high = rule_on(clock.today()).high_risk_from
    context = {
        "agreement": row, "lines": [(one, one.weight >= high) for one in lines],
        **rights(request, row),
    }  # fmt: skip
    return render(request, "programme/risks.html", context)


@ability_required("programme.edit", "GET POST")
def new_risk(request: HttpRequest, code: str) -> HttpResponse:
    """Record what may stand in the way."""
    with reading(request):
        row = agreement_or_404(code)

    def make() -> forms.Form:
        return RiskForm(
            request.POST or None, agreement=row, offices=offices_of(row),
            initial={"commitment": request.GET.get("komitmen", "")},
        )  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_risk(by=by, agreement=row, **facts)
        return "programme:risks", [code]

    return form_page(
        request, make=make, do=do, reason="programme.risk", title=_("Catat risiko"),
        back=reverse("programme:risks", args=[code]), done=_("Tercatat."), template=FORM,
    )  # fmt: skip


@ability_required("programme.edit", "GET POST")
def weighing(request: HttpRequest, pk: int) -> HttpResponse:
    """Weigh a risk anew, close it, or open it again."""
    with reading(request):
        row = get_object_or_404(Risk.objects.select_related(*PARTIES), pk=pk)
    first = {
        "likelihood": row.likelihood, "impact": row.impact, "response": row.response,
        "state": row.state,
    }  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        weigh_risk(by=by, risk=row, **facts)
        return "programme:risks", [row.agreement.code]

    return form_page(
        request, make=lambda: WeighForm(request.POST or None, initial=first), do=do,
        reason="programme.risk", title=_("Timbang risiko"), template=FORM,
        back=reverse("programme:risks", args=[row.agreement.code]), done=_("Tercatat."),
        context={"note": row.words},
    )  # fmt: skip


@ability_required("programme.view")
def meetings(request: HttpRequest, code: str) -> HttpResponse:
    """Every meeting, and the actions that are still open."""
    row = agreement_or_404(code)
    open_actions = MeetingAction.objects.filter(meeting__agreement=row, done_on__isnull=True)
    context = {
        "agreement": row,
        "meetings": row.meetings.prefetch_related("decisions", "offices"),
        "actions": open_actions.select_related("office", "meeting"),
        "day": clock.today(),
        **rights(request, row),
    }
    return render(request, "programme/meetings.html", context)


@ability_required("programme.view")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Minutes in short, what was decided, who does what."""
    rows = Meeting.objects.select_related(*PARTIES)
    row = get_object_or_404(rows.prefetch_related("decisions", "offices"), pk=pk)
    context = {
        "meeting": row, "agreement": row.agreement,
        "actions": row.actions.select_related("office"), "day": clock.today(),
        **rights(request, row.agreement),
    }  # fmt: skip
    return render(request, "programme/meeting.html", context)


@ability_required("programme.edit", "GET POST")
def new_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Record a meeting with its decisions and actions."""
    with reading(request):
        row = agreement_or_404(code)
    first = {"offices": [row.corrections_office.code, row.umkm_office.code]}

    def make() -> forms.Form:
        return MeetingForm(request.POST or None, offices=offices_of(row), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        names = ("held_on", "place", "summary", "offices", "decisions")
        made = record_meeting(
            by=by, agreement=row, tasks=[Task(*one) for one in facts["tasks"]],
            **{name: facts[name] for name in names},
        )  # fmt: skip
        return "programme:meeting", [made.pk]

    return form_page(
        request, make=make, do=do, reason="programme.meeting", title=_("Catat rapat"),
        back=reverse("programme:meetings", args=[code]), done=_("Rapat tercatat."), template=FORM,
    )  # fmt: skip


@ability_required("programme.edit", "POST")
def finishing(request: HttpRequest, pk: int) -> HttpResponse:
    """An action is done."""
    with reading(request):
        parties = [f"meeting__{one}" for one in PARTIES]
        rows = MeetingAction.objects.select_related(*parties)
        row = get_object_or_404(rows, pk=pk)

    def do(by: Actor) -> Address:
        finish_action(by=by, action=row)
        return "programme:meeting", [row.meeting_id]

    return act(request, "programme.action", do, _("Tercatat selesai."))
