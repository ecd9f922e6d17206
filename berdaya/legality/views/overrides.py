"""Exceptions: asked for by a unit, decided by a second person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, can, form_page, one_unit, seen
from berdaya.legality.actions.overrides import decide_override, request_override
from berdaya.legality.forms_rules import LIFTED, OverrideForm, WhyForm
from berdaya.legality.models import Override, PermitKind
from berdaya.legality.tables_rules import DECISIONS, OverrideTable, outcome_of, override_market


@ability_required("permit.view")
def overrides(request: HttpRequest) -> HttpResponse:
    """Exceptions of the places on view."""
    rows = Override.objects.filter(facility__in=seen(request))
    rows = rows.select_related("product", "facility", "decision")
    return OverrideTable(request, rows).response(
        "legality/overrides.html", {"can_ask": can(request, "override.request")}
    )


@ability_required("override.request", "GET POST")
def new_override(request: HttpRequest) -> HttpResponse:
    """Ask for one; `?produk=&pasar=&kode=&jenis=&lot=` come from the goods that are held up."""
    facility = one_unit(request)
    names = {"produk": "product", "pasar": "market", "kode": "code", "jenis": "kind", "lot": "lot"}
    first = {field: request.GET[word] for word, field in names.items() if word in request.GET}
    first["valid_from"] = clock.today(facility.timezone)

    def make() -> OverrideForm:
        return OverrideForm(request.POST or None, facility_id=facility.pk, initial=first)

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        form = make()
        assert form.is_valid()
        row = request_override(by=by, **form.request())
        return "legality:override", [row.pk]

    return form_page(
        request, make=make, do=do, reason="override.request", title=_("Minta izin khusus"),
        back=reverse("legality:overrides"), done=_("Diminta. Kantor pusat memutuskannya."),
        context={
            "note": _("Hanya untuk yang dibiarkan terbuka oleh hukumnya; dua orang menentukan.")
        },
    )  # fmt: skip


def _find(request: HttpRequest, pk: int) -> Override:
    """Of a place in view: the table itself is open, for public pages judge by it."""
    mine = request.actor.facility_ids  # type: ignore[attr-defined]
    rows = Override.objects.filter(facility__in=mine).select_related(
        "product", "facility", "lot", "requested_by", "decision__decided_by"
    )
    return get_object_or_404(rows, pk=pk)


@ability_required("permit.view")
def override(request: HttpRequest, override_id: int) -> HttpResponse:
    """One exception, its basis and its decision."""
    row = _find(request, override_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    state = outcome_of(row)
    decides = state == "waiting" and can(request, "override.approve", row.facility_id)
    kind = PermitKind.objects.filter(code=row.kind).first() if row.kind else None
    context = {
        "facility": row.facility,
        "override": row,
        "market": override_market(row.market),
        "lifted": LIFTED.get(row.code, row.code),
        "kind": kind.label if kind else "",
        "state": DECISIONS[state],
        "can_decide": decides and actor.user_id != row.requested_by_id,
    }
    return render(request, "legality/override.html", context)


@ability_required("override.approve", "POST")
def override_approval(request: HttpRequest, override_id: int) -> HttpResponse:
    """The second person agrees."""

    def do(by: Actor) -> Address:
        decide_override(by=by, override=_find(request, override_id), outcome="approved")
        return "legality:override", [override_id]

    return act(request, "override.approve", do, _("Izin khusus diberikan."))


@ability_required("override.approve", "GET POST")
def override_refusal(request: HttpRequest, override_id: int) -> HttpResponse:
    """The second person says no, and why."""
    with reading(request):
        row = _find(request, override_id)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        decide_override(by=by, override=row, outcome="declined", reason=facts["reason"])
        return "legality:override", [override_id]

    return form_page(
        request, make=lambda: WhyForm(request.POST or None), do=do, reason="override.refuse",
        title=_("Tolak permintaan"), back=reverse("legality:override", args=[override_id]),
        done=_("Ditolak, dengan alasannya."),
    )  # fmt: skip
