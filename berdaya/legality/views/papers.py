"""What changes of a permit that stands: what it names, who answers for it, its scan."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.institutions.rules import may
from berdaya.legality.actions.coverage import change_coverage, covered_of
from berdaya.legality.actions.permits import attach_scan, change_responsible
from berdaya.legality.forms import CoverageForm, ResponsibleForm, ScanForm
from berdaya.legality.models import Permit
from berdaya.legality.queries.permits import offered_products
from berdaya.legality.views.permits import find_permit


def _mine(request: HttpRequest, permit_id: int) -> Permit:
    """The permit, for who may change it: its page is open to all, these forms are not."""
    with reading(request):
        found = find_permit(permit_id)
        require(may(request.actor, "permit.edit", found.place_id))  # type: ignore[attr-defined]
        return found


def _page(
    request: HttpRequest, found: Permit, *, make: Any, do: Any, reason: str, title: str, done: str,
    note: str = "", template: str = "look/form_page.html",
) -> HttpResponse:  # fmt: skip
    def act(by: Actor, facts: dict[str, Any]) -> Address:
        do(by, facts)
        return "legality:permit", [found.pk]

    return form_page(
        request, make=make, do=act, reason=reason, title=f"{title} · {found.number}",
        back=reverse("legality:permit", args=[found.pk]), done=done, template=template,
        context={"facility": found.place, "note": note},
    )  # fmt: skip


@ability_required("permit.edit", "GET POST")
def coverage(request: HttpRequest, permit_id: int) -> HttpResponse:
    """Products and variants that it names."""
    found = _mine(request, permit_id)

    def make() -> CoverageForm:
        field = CoverageForm.base_fields["covered"]
        ticked = field.ticks(covered_of(found))  # type: ignore[attr-defined]
        rows = offered_products(found.place_id)
        return CoverageForm(request.POST or None, products=rows, initial={"covered": ticked})

    def do(by: Actor, facts: dict[str, Any]) -> None:
        covered = facts["covered"]
        variants = [one for some in covered.values() for one in some]
        change_coverage(by=by, permit=found, products=covered, variants=variants)

    return _page(
        request, found, make=make, do=do, reason="permit.coverage",
        title=_("Produk yang tercantum"), done=_("Tercatat; tayangannya dinilai lagi."),
    )  # fmt: skip


@ability_required("permit.edit", "GET POST")
def responsible(request: HttpRequest, permit_id: int) -> HttpResponse:
    """Who answers for it."""
    found = _mine(request, permit_id)
    made: list[ResponsibleForm] = []

    def make() -> ResponsibleForm:
        form = ResponsibleForm(request.POST or None, initial=ResponsibleForm.of(found))
        made.append(form)
        return form

    def do(by: Actor, facts: dict[str, Any]) -> None:
        change_responsible(by=by, permit=found, responsible=made[0].responsible())

    return _page(
        request, found, make=make, do=do, reason="permit.responsible",
        title=_("Penanggung jawab"), done=_("Penanggung jawab tercatat."),
        note=_("Tulis peran dan jabatan saja. Namanya cukup pada sertifikatnya."),
    )  # fmt: skip


@ability_required("permit.edit", "GET POST")
def scans(request: HttpRequest, permit_id: int) -> HttpResponse:
    """Keep the scan of the paper."""
    found = _mine(request, permit_id)
    return _page(
        request, found,
        make=lambda: ScanForm(request.POST or None, request.FILES or None),
        do=lambda by, facts: attach_scan(by=by, permit=found, file=facts["scan"]),
        reason="permit.scan", title=_("Pindaian sertifikat"), done=_("Pindaian tersimpan."),
        template="legality/scan_form.html",
    )  # fmt: skip
