"""An auditor's samples: drawn by the system, looked at under pseudonyms, opened as one act."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.scope import Actor, acting
from berdaya.core.uploads.serving import private_data
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.people import names_page
from berdaya.people.actions.reveals import open_identities
from berdaya.people.actions.scans import open_scan
from berdaya.people.models import ConsentProof, RevealPurpose
from berdaya.proceeds.actions.samples import draw_sample
from berdaya.proceeds.forms_samples import SampleForm
from berdaya.proceeds.models import AuditSample
from berdaya.proceeds.queries import work_numbers
from berdaya.proceeds.tables_samples import SampleTable
from berdaya.proceeds.views.shared import Address, can, form_page, seen

ABILITY = "identity.sample"


@ability_required(ABILITY)
def samples(request: HttpRequest) -> HttpResponse:
    """Every sample drawn at the units on view."""
    rows = AuditSample.objects.filter(facility__in=seen(request))
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_sample") if can(request, ABILITY) else "",
        "new_label": _("Undi sampel"),
    }
    rows = rows.select_related("facility", "letter", "drawn_by")
    return SampleTable(request, rows).response("proceeds/list.html", context)


@ability_required(ABILITY, "GET POST")
def new_sample(request: HttpRequest) -> HttpResponse:
    """Say how many and of which months; the system draws."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    today = clock.today(facility.timezone)

    def make() -> forms.Form:
        return SampleForm(request.POST or None, initial={"last_month": today, "size": 10})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "proceeds:sample", [draw_sample(by=by, facility=facility, **facts).code]

    return form_page(
        request, make=make, do=do, reason="sample.draw", title=_("Undi sampel slip"),
        back=reverse("proceeds:samples"), done=_("Terundi. Undian ini tidak dapat diulang."),
    )  # fmt: skip


def find_sample(code: str) -> AuditSample:
    """A sample with its letter; 404 outside the scope."""
    rows = AuditSample.objects.select_related("facility", "letter", "drawn_by")
    return get_object_or_404(rows, code=code)


@ability_required(ABILITY)
@never_cache
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """One draw: its period, its seed, and the slips it took."""
    row = find_sample(code)
    lines = list(row.lines.select_related("slip", "participant").order_by("place"))
    people = [line.participant_id for line in lines]
    numbers = work_numbers(row.facility_id, people)
    proofs = ConsentProof.objects.filter(participant__in=people).defer("sealed")
    context = {
        "facility": row.facility,
        "sample": row,
        "lines": [(line, numbers[line.participant_id]) for line in lines],
        "consents": [
            (one.consent, numbers[one.participant_id])
            for one in proofs.select_related("consent").order_by("participant", "consent")
        ],
        "can_open": row.drawn_by_id == request.actor.user_id  # type: ignore[attr-defined]
        and can(request, ABILITY, row.facility_id),
    }
    return render(request, "proceeds/sample.html", context)


@ability_required(ABILITY, "POST")
@never_cache
def sample_scan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The sealed scan of a consent of somebody in the sample, as a file that comes once."""
    with acting(request.actor, "identity.sample") as scope:  # type: ignore[attr-defined]
        row = find_sample(code)
        proof = get_object_or_404(ConsentProof, consent=pk)
        scan = open_scan(
            by=scope.actor, facility=row.facility, proof=proof, purpose=RevealPurpose.SAMPLE,
            subject=f"sample:{row.code}",
        )  # fmt: skip
    return private_data(scan.content, scan.kind, title=f"kesediaan-{code}-{pk}")


@ability_required(ABILITY, "POST")
@never_cache
def sample_names(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a sample by name and register number."""
    with acting(request.actor, "identity.sample") as scope:  # type: ignore[attr-defined]
        row = find_sample(code)
        opened = open_identities(
            by=scope.actor, facility=row.facility, purpose=RevealPurpose.SAMPLE,
            subject=f"sample:{row.code}",
        )  # fmt: skip
        numbers = names_page.work_numbers(row.facility_id, opened.people)
    back = reverse("proceeds:sample", args=[code])
    title = _("Sampel %(code)s") % {"code": row.code}
    context = names_page.names_context(opened, numbers, title, back)
    return render(request, "people/names.html", context)
