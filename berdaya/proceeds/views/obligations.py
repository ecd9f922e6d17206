"""What books owe beside premi and PNBP, and its settling."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.ledger.queries import balances
from berdaya.look.parts import Figure
from berdaya.proceeds.actions.obligations import OBLIGATION_ACCOUNTS, settle_obligation
from berdaya.proceeds.forms import ObligationForm
from berdaya.proceeds.models import ObligationSettlement
from berdaya.proceeds.tables import ObligationTable
from berdaya.proceeds.views.shared import Address, books_on_view, can, form_page, seen


@ability_required("books.view")
def settlements(request: HttpRequest) -> HttpResponse:
    """What is owed now, and every payment of it."""
    rows = ObligationSettlement.objects.filter(facility__in=seen(request))
    books = books_on_view(request).values_list("pk", flat=True)
    owed = balances(books, OBLIGATION_ACCOUNTS.values())
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "figures": [
            Figure(str(obligation.label), format_rp(owed.get(code, 0)))
            for obligation, code in OBLIGATION_ACCOUNTS.items()
        ],
        "new_url": reverse("proceeds:new_settlement") if can(request, "obligation.settle") else "",
        "new_label": _("Selesaikan kewajiban"),
    }
    return ObligationTable(request, rows).response("proceeds/list.html", context)


@ability_required("obligation.settle", "GET POST")
def new_settlement(request: HttpRequest) -> HttpResponse:
    """Book one payment."""

    def make() -> forms.Form:
        first = {"settled_on": clock.today()}
        return ObligationForm(request.POST or None, books=books_on_view(request), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "proceeds:settlement", [settle_obligation(by=by, **facts).code]

    return form_page(
        request, make=make, do=do, reason="obligation.settle", title=_("Selesaikan kewajiban"),
        back=reverse("proceeds:settlements"), done=_("Tercatat dan dibukukan."),
        context={"note": _("Paling banyak sebesar yang terutang pada tanggal itu.")},
    )  # fmt: skip


@ability_required("books.view")
def settlement(request: HttpRequest, code: str) -> HttpResponse:
    """One payment and the sales it covers."""
    rows = ObligationSettlement.objects.select_related("facility", "book__party", "recorded_by")
    row = get_object_or_404(rows, code=code)
    lines = (
        row.lines.select_related("sale").defer("sale__calculation").order_by("sale__sold_on", "pk")
    )
    context = {"facility": row.facility, "settlement": row, "lines": lines[:200]}
    return render(request, "proceeds/settlement.html", context)
