"""How a unit's stalls round cash: what holds, and a new rule from a day on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.till.actions.rounding import set_cash_rounding
from berdaya.till.forms_sales import RoundingForm
from berdaya.till.models import CashRounding
from berdaya.till.tables_sales import RoundingTable


@ability_required("event.view")
def roundings(request: HttpRequest) -> HttpResponse:
    """Every rule in sight, the one that holds first."""
    facility = request.facility  # type: ignore[attr-defined]
    may_set = facility is not None and can(request, "policy.edit", facility.pk)
    context = {"facility": facility, "new_url": reverse("till:new_rounding") if may_set else ""}
    rows = CashRounding.objects.filter(facility__in=seen(request)).select_related("facility")
    return RoundingTable(request, rows).response("till/list.html", context)


@ability_required("policy.edit", "GET POST")
def new_rounding(request: HttpRequest) -> HttpResponse:
    """Begin a rule for the unit's stalls; notas written keep theirs."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        set_cash_rounding(by=by, facility=facility, **facts)
        return "till:roundings", []

    first = {"valid_from": clock.today(facility.timezone)}
    return form_page(
        request, make=lambda: RoundingForm(request.POST or None, initial=first), do=do,
        reason="rounding.set", title=_("Aturan pembulatan tunai"),
        back=reverse("till:roundings"), done=_("Aturan pembulatan tersimpan."),
        context={"facility": facility},
    )  # fmt: skip
