"""The desk's permits: list, timeline, one permit, record, renew, revoke."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.uploads.serving import private_file
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.pages import seen
from berdaya.institutions.rules import may
from berdaya.legality.actions.coverage import covered_of
from berdaya.legality.actions.permits import (
    attach_scan,
    record_permit,
    renew_permit,
    revoke_permit,
)
from berdaya.legality.forms import (
    WHOLE,
    PaperForm,
    PermitForm,
    RenewalForm,
    ResponsibleForm,
    RevokeForm,
)
from berdaya.legality.history import history_of
from berdaya.legality.models import Permit, PermitScope
from berdaya.legality.queries.permits import offered_products, reading_of
from berdaya.legality.rules.papers import reminder
from berdaya.legality.tables import STATES, OwnPermitTable, PermitTable, state_of
from berdaya.legality.timeline import timeline_of
from berdaya.look.charts import spans
from berdaya.look.charts.figures import Figured, download

# So many bars are still a picture; the list shows them all.
MOST_BARS = 60
FORM = "legality/permit_form.html"


def _in_view(request: HttpRequest) -> Any:
    return Permit.objects.filter(place__in=seen(request)).select_related("kind", "holder", "place")


@ability_required("permit.view")
def permits(request: HttpRequest) -> HttpResponse:
    """Permits of the facilities in view."""
    chosen = request.facility  # type: ignore[attr-defined]
    can_record = chosen and may(request.actor, "permit.edit", chosen.pk).ok  # type: ignore
    table = OwnPermitTable if chosen else PermitTable
    return table(request, _in_view(request).distinct()).response(
        "legality/permits.html", {"can_record": can_record}
    )


@ability_required("permit.view")
def timeline(request: HttpRequest) -> HttpResponse:
    """When each permit in view begins and ends, over the years; ?berkas gives it as a file."""
    rows = list(_in_view(request).order_by("-valid_from", "-pk")[: MOST_BARS + 1])
    chart = timeline_of(rows[:MOST_BARS], clock.today())
    figure = Figured(chart, spans, reverse("legality:timeline"))
    if form := request.GET.get("berkas", ""):
        return download(figure, form)
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "figure": figure,
        "is_cut": len(rows) > MOST_BARS,
    }
    return render(request, "legality/timeline.html", context)


@ability_required("permit.edit", "GET POST")
def new_permit(request: HttpRequest) -> HttpResponse:
    """The form; POST records."""
    facility: Facility | None = request.facility  # type: ignore[attr-defined]
    if facility is None:
        messages.info(request, _("Pilih dulu satu UPT."))
        return redirect("institutions:account")
    with reading(request):
        # Whoever asked for help with a permit comes with its kind and goods (facilitation).
        whole = [f"{WHOLE}{pk}" for pk in request.GET.getlist("products")]
        first = {"kind": request.GET.get("kind"), "covered": whole}
        form = PermitForm(
            *_posted(request),
            facility=facility,
            products=offered_products(facility.pk),
            initial=first,
        )
        if not (request.method == "POST" and form.is_valid()):
            title = _("Catat izin")
            return _form_page(request, form, facility, title, reverse("legality:permits"))
    with acting(request.actor, "permit.record") as scope:  # type: ignore[attr-defined]
        facts = form.facts()
        covered = facts.pop("covered")
        made = record_permit(
            by=scope.actor,
            place=facility,
            kind=form.cleaned_data["kind"],
            scope=form.scope,
            products=covered,
            variants=[one for some in covered.values() for one in some],
            **facts,
        )
        _keep_scan(scope.actor, made, form)
    messages.success(request, _("Izin tercatat."))
    return redirect("legality:permit", made.pk)


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _form_page(
    request: HttpRequest, form: PaperForm, facility: Facility, title: str, back: str, **more: Any
) -> HttpResponse:
    context = {"facility": facility, "form": form, "title": title, "back": back, **more}
    return render(request, FORM, context, status=422 if form.is_bound else 200)


def _keep_scan(by: Actor, permit: Permit, form: PaperForm) -> None:
    if form.cleaned_data["scan"]:
        attach_scan(by=by, permit=permit, file=form.cleaned_data["scan"])


@ability_required("permit.edit", "GET POST")
def renewal(request: HttpRequest, permit_id: int) -> HttpResponse:
    """The permit that follows, filled in with what stays the same; POST records it."""
    with reading(request):
        old = find_permit(permit_id)
        require(may(request.actor, "permit.edit", old.place_id))  # type: ignore[attr-defined]
        form = RenewalForm(
            *_posted(request), permit=old, products=offered_products(old.place_id),
            initial=_carried_over(old),
        )  # fmt: skip
        if not (request.method == "POST" and form.is_valid()):
            title = _("Perpanjang %(number)s") % {"number": old.number}
            back = reverse("legality:permit", args=[old.pk])
            return _form_page(request, form, old.place, title, back, old=old)
    with acting(request.actor, "permit.renew") as scope:  # type: ignore[attr-defined]
        made = renew_permit(by=scope.actor, permit=old, **form.facts())
        _keep_scan(scope.actor, made, form)
    has_gap = old.valid_until is None or made.valid_from > old.valid_until
    words = _("Perpanjangan tercatat.") if has_gap else _("Perpanjangan tercatat, tanpa sela.")
    messages.success(request, words)
    return redirect("legality:permit", made.pk)


def _carried_over(old: Permit) -> dict[str, Any]:
    """What a renewal begins with: the same holder, goods and person, from the day the old one
    ends."""
    field = RenewalForm.base_fields["covered"]
    is_ahead = old.valid_until is not None and old.valid_until >= clock.today(old.place.timezone)
    return {
        "holder": old.holder_id,
        "valid_from": old.valid_until if is_ahead else None,
        "covered": field.ticks(covered_of(old)),  # type: ignore[attr-defined]
        "kbli": _codes(old),
        **ResponsibleForm.of(old),
    }


def _codes(old: Permit) -> list[str]:
    if not old.kind.names_kbli:
        return []
    return [str(pk) for pk in old.kbli.values_list("pk", flat=True)]


def find_permit(pk: int) -> Permit:
    """A permit with what its page says of it; permits are read by all."""
    rows = Permit.objects.select_related("kind", "holder", "place__region", "predecessor")
    return get_object_or_404(rows, pk=pk)


@ability_required("permit.view")
def permit(request: HttpRequest, permit_id: int) -> HttpResponse:
    """One permit with what it covers, who answers for it, what followed and what was changed."""
    return _page(request, find_permit(permit_id), RevokeForm())


def _page(request: HttpRequest, found: Permit, form: RevokeForm, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    can_edit = may(actor, "permit.edit", found.place_id).ok
    is_own = may(actor, "permit.view", found.place_id).ok
    successor = found.successors.filter(revoked_on__isnull=True).first()
    context: dict[str, Any] = {
        "permit": found,
        "state": STATES[state_of(found)],
        "form": form,
        "can_edit": can_edit,
        "can_revoke": found.revoked_on is None and can_edit,
        "can_renew": can_edit and found.revoked_on is None and successor is None,
        "is_own": is_own,
        "successor": successor,
        "covered": covered_of(found),
        "codes": list(found.kbli.all()) if found.kind.names_kbli else [],
        "warnings": warnings_of(found, successor),
        "history": history_of(found) if is_own else [],
        "reading": reading_of(found.kind, found.number, found.last_day),
    }
    return render(request, "legality/permit.html", context, status=status)


def warnings_of(found: Permit, successor: Permit | None) -> list[str]:
    """What somebody should see to, beside what the number says."""
    today, told = clock.today(found.place.timezone), []
    if found.scope == PermitScope.KITCHEN:
        told.append(_("Sertifikat dapur: tidak berlaku untuk barang apa pun yang dijual."))
    step = reminder(today, found.certificate_until)
    if found.certificate_until and step == 0:
        told.append(_("Sertifikat penanggung jawabnya sudah habis. Catat yang baru."))
    elif found.certificate_until and step is not None and step <= 90:
        told.append(_("Sertifikat penanggung jawabnya segera habis. Siapkan yang baru."))
    if successor and found.valid_until and successor.valid_from > found.valid_until:
        told.append(_("Ada sela sebelum perpanjangannya mulai; selama itu barangnya tidak tayang."))
    if found.holder.kind in ("person_staff", "person_other", "released_maker"):
        told.append(_("Pemegangnya perorangan: bila ia pindah, izinnya perlu dialihkan."))
    return told


@ability_required("permit.view")
def scan(request: HttpRequest, permit_id: int) -> HttpResponse:
    """The paper itself, for those who look after permits of its place."""
    found = find_permit(permit_id)
    require(may(request.actor, "permit.view", found.place_id))  # type: ignore[attr-defined]
    if not found.scan:
        raise Http404
    return private_file(found.scan, title=found.number)


@ability_required("permit.edit", "GET POST")
def revocation(request: HttpRequest, permit_id: int) -> HttpResponse:
    """POST revokes with date and reason."""
    form = RevokeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        with reading(request):
            return _page(request, find_permit(permit_id), form, 422 if request.POST else 200)
    with acting(request.actor, "permit.revoke") as scope:  # type: ignore[attr-defined]
        revoke_permit(by=scope.actor, permit=find_permit(permit_id), **form.cleaned_data)
    messages.success(request, _("Pencabutan tercatat; barangnya tidak ditayangkan lagi."))
    return redirect("legality:permit", permit_id)
