"""Premi corrections: propose what a maker lacks for forgotten work, decide by a second person."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.people.models import Participant
from berdaya.proceeds.actions.corrections import (
    decide_correction,
    forgotten_words,
    propose_correction,
)
from berdaya.proceeds.forms import CorrectionForm, ReasonForm
from berdaya.proceeds.models import PremiCorrection
from berdaya.proceeds.models.policies import Decision
from berdaya.proceeds.queries import work_numbers
from berdaya.proceeds.tables import CORRECTION_STATES, CorrectionTable
from berdaya.proceeds.views.shared import Address, act, can, form_page, seen
from berdaya.workshop.models import Batch
from berdaya.workshop.queries import forgotten_work


@ability_required("people.view")
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction, newest first."""
    rows = PremiCorrection.objects.filter(facility__in=seen(request))
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_correction") if can(request, "sheet.write") else "",
        "new_label": _("Usulkan perbaikan"),
    }
    rows = rows.select_related("batch", "recorded_by", "decision")
    return CorrectionTable(request, rows).response("proceeds/list.html", context)


def _choices(facility: Facility) -> list[tuple[str, str]]:
    rows = forgotten_work(facility.pk)
    numbers = work_numbers(facility.pk, {row.participant_id for row in rows})
    return [
        (f"{row.batch_id}:{row.participant_id}", f"{numbers[row.participant_id]} · {row.code}")
        for row in rows
    ]


@ability_required("sheet.write", "GET POST")
def new_correction(request: HttpRequest) -> HttpResponse:
    """Propose what a maker lacks; the amount is worked out, never typed."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]

    def make() -> forms.Form:
        first = {"proposed_on": clock.today(facility.timezone)}
        return CorrectionForm(request.POST or None, found=_choices(facility), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        batch, _sign, person = facts["forgotten"].partition(":")
        made = propose_correction(
            by=by,
            batch=get_object_or_404(Batch.objects.select_related("facility"), pk=int(batch)),
            participant=get_object_or_404(Participant, pk=int(person)),
            proposed_on=facts["proposed_on"],
        )
        return "proceeds:correction", [made[0].code]

    return form_page(
        request, make=make, do=do, reason="correction.propose",
        title=_("Usulkan perbaikan premi"), back=reverse("proceeds:corrections"),
        done=_("Diusulkan. Orang lain memutuskannya di Hari Ini."),
        context={
            "note": _(
                "Kekurangannya dihitung dari penjualan batch itu dan dibayar dari modal kerja."
                " Bagian orang lain tidak berubah."
            )
        },
    )  # fmt: skip


def find_correction(code: str) -> PremiCorrection:
    """A correction with what its page needs; 404 outside the scope."""
    rows = PremiCorrection.objects.select_related(
        "facility", "book__party", "batch__facility", "participant", "recorded_by",
        "decision__recorded_by",
    )  # fmt: skip
    return get_object_or_404(rows, code=code)


@ability_required("people.view")
def correction(request: HttpRequest, code: str) -> HttpResponse:
    """One correction, and its decision."""
    row = find_correction(code)
    numbers = work_numbers(row.facility_id, [row.participant_id])
    others = request.actor.user_id != row.recorded_by_id  # type: ignore[attr-defined]
    context = {
        "facility": row.facility,
        "correction": row,
        "state": CORRECTION_STATES[row.state],
        "forgotten": forgotten_words(row, row.batch),
        "work_number": numbers[row.participant_id],
        "can_decide": row.state == "waiting"
        and others
        and can(request, "payout.approve", row.facility_id),
    }
    return render(request, "proceeds/correction.html", context)


@ability_required("payout.approve", "POST")
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """The second person agrees; it is payable at once."""

    def do(by: Actor) -> Address:
        row = find_correction(code)
        today = clock.today(row.facility.timezone)
        decide_correction(by=by, correction=row, outcome=Decision.APPROVED, decided_on=today)
        return "proceeds:correction", [code]

    return act(
        request, "correction.approve", do, _("Disetujui. Masuk daftar pembayaran berikutnya.")
    )


@ability_required("payout.approve", "GET POST")
def refusal(request: HttpRequest, code: str) -> HttpResponse:
    """The second person says no, and why."""
    with reading(request):
        row = find_correction(code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        today = clock.today(row.facility.timezone)
        decide_correction(
            by=by, correction=row, outcome=Decision.REFUSED, decided_on=today,
            reason=facts["reason"],
        )  # fmt: skip
        return "proceeds:correction", [code]

    return form_page(
        request, make=lambda: ReasonForm(request.POST or None), do=do,
        reason="correction.refuse", title=_("Tolak perbaikan"),
        back=reverse("proceeds:correction", args=[code]), done=_("Ditolak, dengan alasannya."),
    )  # fmt: skip
