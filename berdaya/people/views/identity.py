"""The officer's page for sealing who somebody is: it takes values and shows none."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.rules import may
from berdaya.people.actions.identity import record_identity
from berdaya.people.forms_identity import LABELS, IdentityForm
from berdaya.people.models import Participant, SealedIdentity
from berdaya.people.roll import current_of
from berdaya.people.views.shared import person_or_404


def _held(person: Participant) -> tuple[set[str], datetime | None]:
    """Which fields are sealed, and since when; nothing sealed is read for it."""
    filled = {f"has_{field}": Q(**{f"{field}__isnull": False}) for field in LABELS}
    rows = SealedIdentity.objects.filter(pk=person.pk).annotate(**filled)
    row = rows.values("recorded_at", *filled).first()
    if row is None:
        return set(), None
    return {field for field in LABELS if row[f"has_{field}"]}, row["recorded_at"]


@ability_required("identity.record", "GET POST")
@never_cache
def identity(request: HttpRequest, code: str) -> HttpResponse:
    """Which values are sealed already, and a form for new ones; POST seals what was typed."""
    with reading(request):
        person = person_or_404(request, code)
        place = current_of(person, clock.today()).placement
        if place is None:
            raise Http404
        require(may(request.actor, "identity.record", place.facility_id))  # type: ignore[attr-defined]
        held, recorded_at = _held(person)
    today = clock.today(place.facility.timezone)
    form = IdentityForm(request.POST or None, request.FILES or None, today=today, held=held)
    if request.method == "POST" and form.is_valid():
        with acting(request.actor, "identity.record") as scope:  # type: ignore[attr-defined]
            record_identity(
                by=scope.actor, participant=person, facility=place.facility, values=form.values()
            )
        messages.success(request, _("Tersegel."))
        return redirect("people:identity", code)
    context = {
        "form": form,
        "person": person,
        "held": [(label, field in held) for field, label in LABELS.items()],
        "recorded_at": recorded_at,
    }
    with reading(request):
        return render(
            request, "people/identity.html", context, status=422 if form.is_bound else 200
        )
