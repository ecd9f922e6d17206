"""Export declarations: asking the gate, the answer, the paper, the log."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.evidence.actions.declarations import declare_export, print_declaration
from berdaya.evidence.forms import DeclarationForm
from berdaya.evidence.models import Declaration
from berdaya.evidence.tables import OUTCOMES, DeclarationTable
from berdaya.evidence.views.shared import (
    actor_of,
    declaration_or_404,
    lot_or_404,
    order_or_404,
    tabbed,
)
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.legality.queries.shipping import country_name
from berdaya.look.paper import pdf_response


@ability_required("evidence.view")
def declarations(request: HttpRequest) -> HttpResponse:
    """Every question to the gate from the units on view."""
    rows = Declaration.objects.filter(facility__in=seen(request))
    table = DeclarationTable(request, rows.select_related("lot", "order", "recorded_by"))
    return table.response("evidence/list.html", tabbed(request, "declarations"))


@ability_required("evidence.print", "GET POST")
def lot_declaration(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the gate about a lot and a country."""
    with reading(request):
        row = lot_or_404(request, code)
    return _ask(request, reverse("evidence:lot", args=[code]), row.code, lot=row)


@ability_required("evidence.print", "GET POST")
def order_declaration(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the gate about an order and a country."""
    with reading(request):
        row = order_or_404(request, code)
    return _ask(request, reverse("evidence:order", args=[code]), row.code, order=row)


def _ask(request: HttpRequest, back: str, code: str, **about: Any) -> HttpResponse:
    def do(by: Actor, facts: dict[str, Any]) -> Address:
        told = declare_export(by=by, country=facts["country"], **about)
        return "evidence:declaration", [told.code]

    return form_page(
        request, make=lambda: DeclarationForm(request.POST or None), do=do,
        reason="evidence.declare", title=_("Menanyakan ekspor %s") % code, back=back,
        done=_("Tercatat, beserta jawabannya."),
    )  # fmt: skip


@ability_required("evidence.view")
def declaration(request: HttpRequest, code: str) -> HttpResponse:
    """The gate's answer, its reasons and the next steps; where it may enter, the paper."""
    row = declaration_or_404(request, code)
    about = row.lot or row.order
    name = "evidence:lot" if row.lot_id else "evidence:order"
    context = {
        "facility": row.facility,
        "declaration": row,
        "country": country_name(row.country),
        "state": OUTCOMES[row.outcome],
        "back": reverse(name, args=[about.code]) if about else "",
        "can_print": row.may_print and can(request, "evidence.print", row.facility_id),
    }
    return render(request, "evidence/declaration.html", context)


@ability_required("evidence.print", "POST")
def declaration_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Print the statement: numbered once, COPY from the second print on."""
    with acting(actor_of(request), "evidence.print") as scope:
        pdf = print_declaration(
            by=scope.actor, declaration=declaration_or_404(request, code),
            paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(pdf, f"export-statement-{code}")
