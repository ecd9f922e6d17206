"""The product clinic: findings and what came of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.mentoring.actions.findings import mend_finding, record_finding
from berdaya.mentoring.forms import FindingForm, MendForm
from berdaya.mentoring.models import Finding
from berdaya.mentoring.views.shared import adoption_or_404, row_or_404


@ability_required("mentoring.work", "GET POST")
def new_finding(request: HttpRequest, code: str) -> HttpResponse:
    """What is wrong with the product, and what would help."""
    with reading(request):
        row = adoption_or_404(request, code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        record_finding(by=by, adoption=row, **facts)
        return "mentoring:adoption", [code]

    return form_page(
        request, make=lambda: FindingForm(request.POST or None), do=do,
        reason="mentoring.find", title=_("Temuan baru"),
        back=reverse("mentoring:adoption", args=[code]), done=_("Tercatat."),
    )  # fmt: skip


@ability_required("mentoring.work", "GET POST")
def remedy(request: HttpRequest, pk: int) -> HttpResponse:
    """How it came out."""
    with reading(request):
        row = row_or_404(request, Finding, pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        mend_finding(by=by, finding=row, **facts)
        return "mentoring:adoption", [row.adoption.code]

    return form_page(
        request, make=lambda: MendForm(request.POST or None), do=do,
        reason="mentoring.mend", title=_("Hasil perbaikan: %s") % row.before,
        back=reverse("mentoring:adoption", args=[row.adoption.code]), done=_("Tercatat."),
    )  # fmt: skip
