"""Holding a person back from work and letting them work again; cover for accidents at work."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, one_unit, seen
from berdaya.people.actions import safety as actions
from berdaya.people.forms_consent import HoldForm, InsuranceForm, LiftForm
from berdaya.people.forms_work import EndForm
from berdaya.people.models import SafetyHold, WorkInsurance
from berdaya.people.tables_consent import InsuranceTable
from berdaya.people.views.shared import person_and_place


@ability_required("safety.record", "GET POST")
def new_hold(request: HttpRequest, code: str) -> HttpResponse:
    """Work stops for this person, from today or a day before."""
    found: dict[str, Any] = {}

    def make() -> HoldForm:
        found["person"], found["place"] = person_and_place(request, code)
        return HoldForm(request.POST or None, initial={"valid_from": clock.today()})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.place_hold(by=by, participant=found["person"], facility=found["place"], **facts)
        return "people:work", [code]

    return form_page(
        request, make=make, do=do, reason="safety.hold", title=_("Hentikan kerja sementara"),
        back=reverse("people:work", args=[code]), done=_("Kerjanya dihentikan sementara."),
        context={"note": _("Demi keselamatannya, bukan hukuman: premi yang sudah diperoleh tetap"
                           " miliknya.")},
    )  # fmt: skip


@ability_required("safety.lift", "GET POST")
def end_hold(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The head says what makes it safe again."""
    with reading(request):
        hold = get_object_or_404(
            SafetyHold.objects.select_related("facility"), pk=pk, participant__code=code
        )
    form = LiftForm(request.POST or None, initial={"works_from": _next(hold)})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.lift_hold(by=by, hold=hold, **facts)
        return "people:work", [code]

    return form_page(
        request, make=lambda: form, do=do, reason="safety.lift",
        title=_("Cabut penghentian kerja"), back=reverse("people:work", args=[code]),
        done=_("Boleh bekerja lagi mulai hari itu."), context={"note": hold.reason},
    )  # fmt: skip


def _next(hold: SafetyHold) -> Any:
    """Today, or the day after it began."""
    return max(clock.today(hold.facility.timezone), hold.valid_from + timedelta(days=1))


@ability_required("people.view")
def insurances(request: HttpRequest) -> HttpResponse:
    """What covers accidents at work, at the facilities on view."""
    rows = WorkInsurance.objects.filter(facility_id__in=seen(request))
    edits = can(request, "insurance.edit")
    context = {
        "new_url": reverse("people:new_insurance") if edits else "",
        "new_label": _("Jaminan baru"),
        "note": _("Ganti rugi kecelakaan tidak boleh kurang dari yang berlaku di luar. Yang belum"
                  " dijamin ditandai, tidak dihentikan: premi tidak boleh hilang karenanya."),
    }  # fmt: skip
    table = InsuranceTable(request, rows.select_related("participant", "facility"))
    return table.response("look/list_page.html", context)


@ability_required("insurance.edit", "GET POST")
def new_insurance(request: HttpRequest) -> HttpResponse:
    """Cover of everybody at the chosen facility, or of one person."""
    facility = one_unit(request)
    day = clock.today(facility.timezone)
    found: dict[str, InsuranceForm] = {}

    def make() -> InsuranceForm:
        found["form"] = InsuranceForm(
            request.POST or None, facility=facility, day=day, initial={"valid_from": day}
        )
        return found["form"]

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        actions.record_insurance(by=by, facility=facility, **found["form"].facts())
        return "people:insurances", []

    return form_page(
        request, make=make, do=do, reason="insurance.record", title=_("Jaminan baru"),
        back=reverse("people:insurances"), done=_("Tercatat."),
    )  # fmt: skip


@ability_required("insurance.edit", "GET POST")
def end_insurance(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a cover."""
    with reading(request):
        row = get_object_or_404(WorkInsurance, pk=pk)
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        actions.end_insurance(by=by, insurance=row, ends_on=facts["last_day"] + timedelta(days=1))
        return "people:insurances", []

    return form_page(
        request, make=lambda: form, do=do, reason="insurance.end", title=_("Akhiri jaminan"),
        back=reverse("people:insurances"), done=_("Tercatat."),
        context={"note": f"{row.get_scheme_display()} {row.policy_no}"},
    )  # fmt: skip
