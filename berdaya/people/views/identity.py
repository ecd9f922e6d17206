"""The officer's page for sealing who somebody is: it takes values and shows none."""

from django.contrib import messages
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
from berdaya.people.models import SealedIdentity
from berdaya.people.roll import current_of
from berdaya.people.views.shared import person_or_404


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
        row = SealedIdentity.objects.filter(pk=person.pk).defer("photo").first()
    held = {field for field in LABELS if row is not None and getattr(row, field) is not None}
    today = clock.today(place.facility.timezone)
    form = IdentityForm(request.POST or None, today=today, held=held)
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
        "recorded_at": row and row.recorded_at,
    }
    with reading(request):
        return render(
            request, "people/identity.html", context, status=422 if form.is_bound else 200
        )
