"""The head's page on a phone: a version as the public would see it, and the yes or no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from berdaya.catalog.actions.listings import approve_listing, decline_listing
from berdaya.catalog.calc import changed_names, other_words
from berdaya.catalog.forms import ReasonForm
from berdaya.catalog.queries import judged_of, preview_of
from berdaya.catalog.tables import OUTCOMES
from berdaya.catalog.views.shared import (
    find_version,
    find_whole,
)
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.memo import remembering
from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    can,
)


@ability_required("stock.view")
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version beside what is shown now, with every verdict."""
    return _page(request, slug, number, None)


def _page(request: HttpRequest, slug: str, number: int, form: ReasonForm | None) -> HttpResponse:
    found, row, now = find_version(slug, number), find_whole(slug, number), clock.now()
    before = row.current if row.current_id not in (None, found.pk) else None
    with remembering():
        new = preview_of(row, found, now)
        old = preview_of(row, before, now) if before else None
    checks, verdict = judged_of(row, found, clock.today(row.facility.timezone))
    decision = getattr(found, "decision", None)
    is_open = decision is None and number == row.newest_number
    can_decide = is_open and can(request, "listing.approve", row.facility_id)
    context = {
        "facility": row.facility,
        "listing": row,
        "version": found,
        "decision": decision,
        "outcome": OUTCOMES[decision.outcome if decision else "waiting"],
        "is_open": is_open,
        "shown": new,
        "before": old,
        "changed": changed_names(new, old),
        "other_words": other_words(found, before),
        "checks": checks,
        "verdict": verdict,
        "can_decide": can_decide,
        "is_own": found.proposed_by_id == request.actor.user_id,  # type: ignore[attr-defined]
        "form": form or ReasonForm(),
    }
    return render(request, "catalog/version.html", context, status=422 if form else 200)


@ability_required("listing.approve", "POST")
def approval(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show it from now on."""
    with acting(request.actor, "listing.approve"):  # type: ignore[attr-defined]
        approve_listing(by=request.actor, version=find_version(slug, number))  # type: ignore
    messages.success(request, _("Disetujui dan tayang sekarang."))
    return redirect("catalog:listing", slug)


@ability_required("listing.approve", "POST")
def decline(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send it back with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        with reading(request):
            return _page(request, slug, number, form)
    with acting(request.actor, "listing.decline"):  # type: ignore[attr-defined]
        found = find_version(slug, number)
        decline_listing(by=request.actor, version=found, **form.cleaned_data)  # type: ignore
    messages.success(request, _("Dikembalikan. Petugas melihat alasannya di Hari Ini."))
    return redirect("catalog:listing", slug)
