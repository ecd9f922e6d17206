"""Referrals and tools given."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.aftercare import documents
from berdaya.aftercare.actions.support import (
    approve_grant,
    propose_grant,
    receive_grant,
    refer,
    step_referral,
)
from berdaya.aftercare.forms import GrantForm, HandoverForm, ReferralForm, StepForm
from berdaya.aftercare.models import Referral, ToolsGrant
from berdaya.aftercare.rules import STEPS
from berdaya.aftercare.views.shared import rights_at, supervised_or_404
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.people.queries import within_caseload

ABILITY = "aftercare.record"


@ability_required(ABILITY, "GET POST")
def new_referral(request: HttpRequest, code: str) -> HttpResponse:
    """Send the client to somebody who can help."""
    with reading(request):
        _client, row = supervised_or_404(request, code)
    first = {"made_on": clock.today(row.facility.timezone)}

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        refer(by=by, supervision=row, **facts)
        return "aftercare:client", [code]

    return form_page(
        request, make=lambda: ReferralForm(request.POST or None, initial=first), do=do,
        reason="aftercare.refer", title=_("Rujukan baru"),
        back=reverse("aftercare:client", args=[code]), done=_("Tercatat."),
    )  # fmt: skip


@ability_required(ABILITY, "GET POST")
def referral_step(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a referral."""
    today = clock.today()
    with reading(request):
        rows = Referral.objects.select_related("participant", "facility")
        rows = within_caseload(rows, request.actor, today)  # type: ignore[attr-defined]
        row = get_object_or_404(
            rows, pk=pk, facility__in=request.actor.facility_ids  # type: ignore[attr-defined]
        )  # fmt: skip
    code = row.participant.code

    def make() -> forms.Form:
        steps = STEPS.get(row.state, set())
        return StepForm(request.POST or None, steps=steps, initial={"on": today})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        step_referral(by=by, referral=row, **facts)
        return "aftercare:client", [code]

    return form_page(
        request, make=make, do=do, reason="aftercare.refer", title=_("Hasil rujukan"),
        back=reverse("aftercare:client", args=[code]), done=_("Tercatat."),
    )  # fmt: skip


@ability_required(ABILITY, "GET POST")
def new_grant(request: HttpRequest, code: str) -> HttpResponse:
    """Tools for the client; the head approves."""
    with reading(request):
        _client, row = supervised_or_404(request, code)
    made: list[GrantForm] = []

    def make() -> forms.Form:
        made[:] = [GrantForm(request.POST or None)]
        return made[0]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        grant = propose_grant(
            by=by, supervision=row, source=facts["source"], tools=made[0].tools
        )  # fmt: skip
        return "aftercare:grant", [grant.code]

    return form_page(
        request, make=make, do=do, reason="aftercare.grant", title=_("Bantuan alat"),
        back=reverse("aftercare:client", args=[code]), done=_("Terkirim kepada kepala."),
    )  # fmt: skip


def grant_or_404(request: HttpRequest, code: str) -> ToolsGrant:
    """A grant of this place and, for a counsellor, of an own client."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = ToolsGrant.objects.select_related("participant", "facility", "proposed_by")
    rows = within_caseload(rows, actor, clock.today())
    return get_object_or_404(rows, code=code, facility__in=actor.facility_ids)


@ability_required("aftercare.view")
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """One grant with its tools and where it stands."""
    row = grant_or_404(request, code)
    lines = list(row.lines.all())
    context = {
        "grant": row, "facility": row.facility, "lines": lines,
        "total_rp": sum(one.value_rp for one in lines), **rights_at(request, row.facility_id),
        "is_own": row.proposed_by_id == request.actor.user_id,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "aftercare/grant.html", context)


@ability_required("aftercare.approve", "POST")
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """The head lets the tools go out."""
    with reading(request):
        row = grant_or_404(request, code)

    def do(by: Actor) -> Address:
        approve_grant(by=by, grant=row)
        return "aftercare:grant", [code]

    return act(request, "aftercare.grant", do, _("Disetujui. Cetak tanda terimanya."))


@ability_required("aftercare.approve", "POST")
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The numbered receipt, for the client to sign."""
    with acting(request.actor, "aftercare.receipt") as scope:  # type: ignore[attr-defined]
        row = grant_or_404(request, code)
        documents.require_printable(row)
        content = print_subject(
            by=scope.actor, type=documents.RECEIPT, facility=row.facility,
            day=row.approved_on or row.proposed_on,
            subject_ref=documents.grant_subject(row), paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, f"tanda-terima-{code}")


@ability_required(ABILITY, "GET POST")
def handover(request: HttpRequest, code: str) -> HttpResponse:
    """The client has the tools and signed."""
    with reading(request):
        row = grant_or_404(request, code)
    first = {"received_on": clock.today(row.facility.timezone)}

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        receive_grant(by=by, grant=row, **facts)
        return "aftercare:grant", [code]

    return form_page(
        request, make=lambda: HandoverForm(request.POST or None, initial=first), do=do,
        reason="aftercare.grant", title=_("Alat diterima"),
        back=reverse("aftercare:grant", args=[code]), done=_("Tercatat."),
    )  # fmt: skip
