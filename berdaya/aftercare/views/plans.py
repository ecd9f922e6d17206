"""Plans before release: the list, one of them, writing, printing, signing, deciding."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.aftercare import documents
from berdaya.aftercare.actions.plans import (
    PlanInput,
    decide_plan,
    rewrite_plan,
    sign_plan,
    write_plan,
)
from berdaya.aftercare.forms import PlanForm, ReasonForm, SignForm
from berdaya.aftercare.tables import PLAN_STATES, PlanTable
from berdaya.aftercare.views.shared import plan_or_404, plans_on_view
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page, seen
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.people import roll
from berdaya.people.queries import within_caseload


@ability_required("plan.view")
def plans(request: HttpRequest) -> HttpResponse:
    """Plans of those who are here."""
    rows = plans_on_view(request, seen(request))
    note = _("Rencana baru ditulis dari halaman orangnya. Sesudah bebas, Bapas yang melihatnya.")
    return PlanTable(request, rows).response("look/list_page.html", {"note": note})


@ability_required("plan.view")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One plan and what may be done with it."""
    row = plan_or_404(request, code)
    is_writer = row.written_by_id == request.actor.user_id  # type: ignore[attr-defined]
    context = {
        "plan": row,
        "facility": row.facility,
        "state": PLAN_STATES[row.state],
        "can_write": can(request, "plan.write", row.facility_id) and row.state == "draft",
        "can_print": can(request, "plan.view", row.facility_id),
        "can_decide": can(request, "plan.approve", row.facility_id)
        and row.state == "waiting" and not is_writer,
    }  # fmt: skip
    return render(request, "aftercare/plan.html", context)


@ability_required("plan.view")
def person_plans(request: HttpRequest, code: str) -> HttpResponse:
    """The plans of one person, and the button to write one."""
    today = clock.today()
    actor = request.actor  # type: ignore[attr-defined]
    rows = roll.here(actor.facility_ids, today).filter(participant__code=code)
    place = get_object_or_404(within_caseload(rows, actor, today))
    found = plans_on_view(request, actor.facility_ids).filter(participant=place.participant_id)
    context = {
        "place": place, "facility": place.facility, "plans": found, "states": PLAN_STATES,
        "can_write": can(request, "plan.write", place.facility_id),
    }  # fmt: skip
    return render(request, "aftercare/person_plans.html", context)


def _input(facts: dict[str, Any]) -> PlanInput:
    return PlanInput(**facts)


@ability_required("plan.write", "GET POST")
def new_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Write one with the person."""
    today = clock.today()
    with reading(request):
        rows = roll.here(request.actor.facility_ids, today)  # type: ignore[attr-defined]
        place = get_object_or_404(rows, participant__code=code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = write_plan(
            by=by, participant=place.participant, facility=place.facility, plan=_input(facts)
        )
        return "aftercare:plan", [made.code]

    return form_page(
        request, make=lambda: PlanForm(request.POST or None), do=do, reason="plan.write",
        title=_("Rencana usaha sesudah bebas"),
        back=reverse("aftercare:person_plans", args=[code]),
        done=_("Tersimpan. Cetak, lalu minta orangnya menandatangani."),
        context={"note": _("Tulislah bersama orangnya. Hanya tentang usahanya; tempat tinggal cukup"
                           " kabupatennya.")},
    )  # fmt: skip


@ability_required("plan.write", "GET POST")
def edit_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Change a draft."""
    with reading(request):
        row = plan_or_404(request, code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        rewrite_plan(by=by, plan=row, to=_input(facts))
        return "aftercare:plan", [code]

    first = forms.model_to_dict(row, fields=PlanForm.Meta.fields)
    return form_page(
        request, make=lambda: PlanForm(request.POST or None, initial=first), do=do,
        reason="plan.write", title=_("Ubah rencana"), back=reverse("aftercare:plan", args=[code]),
        done=_("Tersimpan. Cetak lagi sebelum ditandatangani."),
    )  # fmt: skip


@ability_required("plan.view", "POST")
def plan_print(request: HttpRequest, code: str) -> HttpResponse:
    """The plan on paper, to read together and sign."""
    with acting(request.actor, "plan.print") as scope:  # type: ignore[attr-defined]
        row = plan_or_404(request, code)
        content = print_subject(
            by=scope.actor, type=documents.PLAN, facility=row.facility, day=row.written_on,
            subject_ref=documents.plan_subject(row), paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, f"rencana-{code}")


@ability_required("plan.write", "GET POST")
def signing(request: HttpRequest, code: str) -> HttpResponse:
    """The person has signed the print."""
    with reading(request):
        row = plan_or_404(request, code)
    first = {"signed_on": clock.today(row.facility.timezone)}

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        sign_plan(by=by, plan=row, **facts)
        return "aftercare:plan", [code]

    return form_page(
        request, make=lambda: SignForm(request.POST or None, initial=first), do=do,
        reason="plan.sign", title=_("Rencana ditandatangani"),
        back=reverse("aftercare:plan", args=[code]), done=_("Menunggu kepala."),
    )  # fmt: skip


@ability_required("plan.approve", "POST")
def plan_approval(request: HttpRequest, code: str) -> HttpResponse:
    """The head approves."""
    with reading(request):
        row = plan_or_404(request, code)

    def do(by: Actor) -> Address:
        decide_plan(by=by, plan=row, approve=True)
        return "aftercare:plan", [code]

    return act(request, "plan.decide", do, _("Disetujui. Terbuka bagi Bapas saat ia di sana."))


@ability_required("plan.approve", "GET POST")
def plan_return(request: HttpRequest, code: str) -> HttpResponse:
    """The head returns it with a reason."""
    with reading(request):
        row = plan_or_404(request, code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        decide_plan(by=by, plan=row, approve=False, **facts)
        return "aftercare:plan", [code]

    return form_page(
        request, make=lambda: ReasonForm(request.POST or None), do=do, reason="plan.decide",
        title=_("Kembalikan rencana"), back=reverse("aftercare:plan", args=[code]),
        done=_("Dikembalikan kepada penulisnya."),
    )  # fmt: skip
