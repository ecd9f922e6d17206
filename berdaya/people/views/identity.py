"""The officer's page for sealing who somebody is: it takes values and shows none."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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


@ability_required("identity.record", "GET POST")
@never_cache
def identity(request: HttpRequest, code: str) -> HttpResponse:
    """Which values are sealed already, and a form for new ones; POST seals what was typed."""
    with reading(request):
        person = get_object_or_404(Participant, code=code)
        place = current_of(person, clock.today()).placement
        if place is None:
            raise Http404
        require(may(request.actor, "identity.record", place.facility_id))  # type: ignore[attr-defined]
        row = SealedIdentity.objects.filter(pk=person.pk).defer("photo").first()
    form = IdentityForm(request.POST or None, today=clock.today(place.facility.timezone))
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
        "held": [(label, bool(row and getattr(row, field))) for field, label in LABELS.items()],
        "recorded_at": row and row.recorded_at,
    }
    with reading(request):
        return render(
            request, "people/identity.html", context, status=422 if form.is_bound else 200
        )
