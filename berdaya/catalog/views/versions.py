"""The head's page on a phone: a version as the public would see it, and the yes or no."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from berdaya.catalog.actions.listings import approve_listing, decline_listing
from berdaya.catalog.calc import SeenPhoto, changed_names, other_words
from berdaya.catalog.forms import PhotoCheckForm, ReasonForm
from berdaya.catalog.queries import judged_of, photos_told, preview_of
from berdaya.catalog.rules import may_show_photos
from berdaya.catalog.tables import OUTCOMES, PHOTO_STATES
from berdaya.catalog.views.shared import (
    find_version,
    find_whole,
)
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.memo import remembering
from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import can_decide as can_decide_on


@ability_required("stock.view")
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version beside what is shown now, with every verdict."""
    return _page(request, slug, number, None)


def _page(
    request: HttpRequest,
    slug: str,
    number: int,
    form: ReasonForm | None,
    checks: list[PhotoCheckForm] | None = None,
) -> HttpResponse:
    found, row, now = find_version(slug, number), find_whole(slug, number), clock.now()
    before = row.current if row.current_id not in (None, found.pk) else None
    with remembering():
        new = preview_of(row, found, now)
        old = preview_of(row, before, now) if before else None
    law, verdict = judged_of(row, found, clock.today(row.facility.timezone))
    decision = getattr(found, "decision", None)
    is_open = decision is None and number == row.newest_number
    can_decide = is_open and can_decide_on(
        request, "listing.approve", row.facility_id, found.proposed_by_id
    )
    pictures = photos_told(found)
    mine = (checks or _checks(request, pictures)) if can_decide else []
    if is_open:
        verdict += may_show_photos(pictures, [form.photo.pk for form in mine])
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
        "checks": law,
        "pictures": [(one, PHOTO_STATES[one.state]) for one in pictures],
        "photo_checks": mine,
        "verdict": verdict,
        "can_decide": can_decide,
        "is_own": found.proposed_by_id == request.actor.user_id,  # type: ignore[attr-defined]
        "form": form or ReasonForm(),
    }
    status = 422 if form or checks else 200
    return render(request, "catalog/version.html", context, status=status)


def _checks(
    request: HttpRequest, photos: list[SeenPhoto], data: Any = None
) -> list[PhotoCheckForm]:
    """A checklist for each photo that waits and that this person has not uploaded."""
    user_id = request.actor.user_id  # type: ignore[attr-defined]
    mine = [one for one in photos if one.state == "waiting" and one.uploaded_by_id != user_id]
    return [PhotoCheckForm(data, photo=one, part_of="setujui") for one in mine]


@ability_required("listing.approve", "POST")
def approval(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show it from now on; the photos that wait are reviewed with it, on the same page."""
    with reading(request):
        checks = _checks(request, photos_told(find_version(slug, number)), request.POST)
        # Each is asked, so that every checklist says what it lacks.
        lacking = [form for form in checks if not form.is_valid()]
        if lacking:
            return _page(request, slug, number, None, checks)
    with acting(request.actor, "listing.approve") as scope:  # type: ignore[attr-defined]
        found = find_version(slug, number)
        ticked = {form.photo.pk: form.ticked for form in checks}
        approve_listing(by=scope.actor, version=found, ticked=ticked)
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
