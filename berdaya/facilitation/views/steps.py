"""Steps: recorded with their paper, marked as not needed, their scans handed out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.uploads.serving import private_file
from berdaya.facilitation.actions.working import record_step, skip_step
from berdaya.facilitation.forms import ReasonForm, StepForm
from berdaya.facilitation.queries.cases import today_of
from berdaya.facilitation.views.shared import step_or_404
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page


@ability_required("facilitation.work", "GET POST")
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    """A step is done: the day, the number and the scan of its paper."""
    with reading(request):
        row = step_or_404(request, pk)
        first = {"done_on": today_of(row.case)}

    def make() -> StepForm:
        return StepForm(request.POST or None, request.FILES or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_step(by=by, step=row, **facts)
        return "facilitation:case", [row.case.code]

    note = _("Kertas langkah ini: %s.") % row.paper_label if row.paper_label else ""
    return form_page(
        request, make=make, do=do, reason="facilitation.step", title=row.label,
        back=reverse("facilitation:case", args=[row.case.code]), done=_("Langkah tercatat."),
        template="facilitation/step_form.html", context={"note": note},
    )  # fmt: skip


@ability_required("facilitation.work", "GET POST")
def omission(request: HttpRequest, pk: int) -> HttpResponse:
    """A step is not needed, and why."""
    with reading(request):
        row = step_or_404(request, pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        skip_step(by=by, step=row, **facts)
        return "facilitation:case", [row.case.code]

    return form_page(
        request, make=lambda: ReasonForm(request.POST or None), do=do,
        reason="facilitation.skip", title=_("Tidak perlu: %s") % row.label,
        back=reverse("facilitation:case", args=[row.case.code]), done=_("Langkah tercatat."),
    )  # fmt: skip


@ability_required("facilitation.view")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a step's paper, to be saved."""
    row = step_or_404(request, pk)
    if not row.document:
        raise Http404
    return private_file(row.document, title=f"{row.case.code}-{row.position}")
