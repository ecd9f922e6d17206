"""The list of what is offered, one listing with its story so far, and pulling it back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.catalog.actions.listings import withdraw_listing
from berdaya.catalog.forms import ReasonForm
from berdaya.catalog.models import Listing, ListingVersion
from berdaya.catalog.queries import judged_of, listing_states, photos_told, with_photos
from berdaya.catalog.tables import OUTCOMES, PHOTO_STATES, STATES, ListingTable
from berdaya.catalog.views.shared import (
    find_listing,
    find_whole,
)
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    can,
    can_decide,
    seen,
)
from berdaya.look.parts import Moment


@ability_required("stock.view")
def listings(request: HttpRequest) -> HttpResponse:
    """Everything that was ever proposed by the facilities on view."""
    rows = listing_states(Listing.objects.filter(facility__in=seen(request)), clock.now())
    facility = request.facility  # type: ignore[attr-defined]
    can_propose = facility is not None and can(request, "listing.propose", facility.pk)
    return ListingTable(request, rows.select_related("facility")).response(
        "catalog/listings.html", {"facility": facility, "can_propose": can_propose}
    )


@ability_required("stock.view")
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """One listing: state, verdict now, versions and withdrawals."""
    return _page(request, find_whole(slug), None)


def _page(request: HttpRequest, row: Any, form: ReasonForm | None) -> HttpResponse:
    rows = row.versions.select_related("decision__decided_by", "proposed_by")
    versions = list(with_photos(rows.order_by("-number")))
    newest, zone = versions[0], row.facility.timezone
    held = next((one for one in versions if one.pk == row.current_id), newest)
    checks, verdict = judged_of(row, row.current or newest, clock.today(zone))
    facility_id = row.facility_id
    can_withdraw = row.is_shown_at_all and can(request, "listing.withdraw", facility_id)
    context = {
        "facility": row.facility,
        "listing": row,
        "version": row.current or newest,
        "newest": newest,
        "state": STATES[row.state],
        "outcome": OUTCOMES[row.newest_outcome],
        "pictures": [(one, PHOTO_STATES[one.state]) for one in photos_told(held)],
        "last_day": clock.last_day_before(row.lawful_until, zone) if row.lawful_until else None,
        "checks": checks,
        "verdict": verdict,
        "moments": list(_moments(row, versions)),
        "can_propose": can(request, "listing.propose", facility_id),
        "can_decide": row.newest_outcome == "waiting"
        and can_decide(request, "listing.approve", facility_id, newest.proposed_by_id),
        "can_withdraw": can_withdraw,
        "can_mention": can(request, "publicity.view", facility_id),
        "form": form or (ReasonForm() if can_withdraw else None),
    }
    status = 422 if form else 200
    return render(request, "catalog/listing.html", context, status=status)


def _moments(row: Any, versions: list[ListingVersion]) -> Iterator[Moment]:
    """Every version and withdrawal, the newest first."""
    zone = row.facility.timezone
    told = [(one.proposed_at, _told(row, one, zone)) for one in versions]
    for one in row.withdrawals.select_related("withdrawn_by"):
        when = _when(one.withdrawn_at, zone)
        who = one.withdrawn_by.display_name if one.withdrawn_by else ""
        told.append((one.withdrawn_at, Moment(when, _("Ditarik"), who, one.reason, "bad")))
    for _at, moment in sorted(told, key=lambda pair: pair[0], reverse=True):
        yield moment


def _told(row: Any, version: ListingVersion, zone: str) -> Moment:
    decision = getattr(version, "decision", None)
    outcome = OUTCOMES[decision.outcome if decision else "waiting"]
    words = _("Versi %(number)s: %(outcome)s") % {
        "number": version.number,
        "outcome": outcome.label,
    }
    people = (version.proposed_by, decision.decided_by if decision else None)
    who = ", ".join(one.display_name for one in people if one)
    tone = {"done": "done", "bad": "bad"}.get(outcome.tone, "next")
    url = reverse("catalog:version", args=[row.slug, version.number])
    when = _when(version.proposed_at, zone)
    return Moment(when, words, who, decision.reason if decision else "", tone, url)


def _when(instant: datetime, zone: str) -> str:
    return clock.format_instant(instant, zone, get_language() or "id")


@ability_required("listing.withdraw", "GET POST")
def withdrawal(request: HttpRequest, slug: str) -> HttpResponse:
    """Pull it back at once; GET is the page of the dialog, for browsers without script."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(request.actor, "listing.withdraw"):  # type: ignore[attr-defined]
            found = find_listing(slug)
            withdraw_listing(by=request.actor, listing=found, **form.cleaned_data)  # type: ignore
        messages.success(request, _("Ditarik. Pembeli tidak melihatnya lagi."))
        return redirect("catalog:listing", slug)
    with reading(request):
        context = {"listing": find_listing(slug), "form": form}
        context["facility"] = context["listing"].facility  # type: ignore[attr-defined]
        status = 422 if form.is_bound else 200
        return render(request, "catalog/withdrawal.html", context, status=status)
