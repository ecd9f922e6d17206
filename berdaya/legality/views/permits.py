"""The desk's permits: list, one permit, record, revoke; and what markets require."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.legality.actions.permits import record_permit, revoke_permit
from berdaya.legality.forms import PermitForm, RevokeForm
from berdaya.legality.models import Permit
from berdaya.legality.queries.permits import reading_of
from berdaya.legality.tables import STATES, PermitTable, state_of


@ability_required("permit.view")
def permits(request: HttpRequest) -> HttpResponse:
    """Permits of the facilities in view."""
    chosen = request.facility  # type: ignore[attr-defined]
    places = {chosen.pk} if chosen else request.actor.facility_ids  # type: ignore[attr-defined]
    rows = Permit.objects.filter(place__in=places).select_related("kind", "holder", "place")
    can_record = chosen and may(request.actor, "permit.edit", chosen.pk).ok  # type: ignore
    return PermitTable(request, rows.distinct()).response(
        "legality/permits.html", {"can_record": can_record}
    )


@ability_required("permit.edit", "GET POST")
def new_permit(request: HttpRequest) -> HttpResponse:
    """The form; POST records."""
    facility: Facility | None = request.facility  # type: ignore[attr-defined]
    if facility is None:
        messages.info(request, _("Pilih dulu satu UPT."))
        return redirect("institutions:account")
    with reading(request):
        form = PermitForm(request.POST or None, facility=facility)
        valid = request.method == "POST" and form.is_valid()
        if valid:
            form.cleaned_data["products"] = list(form.cleaned_data["products"])
        elif request.method == "POST":
            return render(request, "legality/permit_form.html", {"form": form}, status=422)
        else:
            return render(request, "legality/permit_form.html", {"form": form})
    with acting(request.actor, "permit.record") as scope:  # type: ignore[attr-defined]
        permit = record_permit(by=scope.actor, place=facility, **form.facts())
    messages.success(request, _("Izin tercatat."))
    return redirect("legality:permit", permit.pk)


def _find(pk: int) -> Permit:
    rows = Permit.objects.select_related("kind", "holder", "place")
    return get_object_or_404(rows.prefetch_related("products"), pk=pk)


@ability_required("permit.view")
def permit(request: HttpRequest, permit_id: int) -> HttpResponse:
    """One permit with what it covers."""
    return _page(request, _find(permit_id), RevokeForm())


def _page(request: HttpRequest, found: Permit, form: RevokeForm, status: int = 200) -> HttpResponse:
    state = state_of(found)
    actor = request.actor  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "permit": found,
        "state": STATES[state],
        "form": form,
        "can_revoke": found.revoked_on is None and may(actor, "permit.edit", found.place_id).ok,
        "reading": reading_of(found.kind, found.number, found.last_day),
    }
    return render(request, "legality/permit.html", context, status=status)


@ability_required("permit.edit", "GET POST")
def revocation(request: HttpRequest, permit_id: int) -> HttpResponse:
    """POST revokes with date and reason."""
    form = RevokeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        with reading(request):
            return _page(request, _find(permit_id), form, 422 if request.POST else 200)
    with acting(request.actor, "permit.revoke") as scope:  # type: ignore[attr-defined]
        revoke_permit(by=scope.actor, permit=_find(permit_id), **form.cleaned_data)
    messages.success(request, _("Pencabutan tercatat; barangnya tidak ditayangkan lagi."))
    return redirect("legality:permit", permit_id)
