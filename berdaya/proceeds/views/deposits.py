"""Deposits of PNBP: what is owed, what was deposited."""

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
from berdaya.institutions.queries import WorkingDay
from berdaya.look.parts import Figure
from berdaya.proceeds.actions.deposits import record_deposit
from berdaya.proceeds.forms import DepositForm
from berdaya.proceeds.models import PnbpDeposit
from berdaya.proceeds.queries import deposit_due, owed_sales, state_owed
from berdaya.proceeds.tables import DepositTable
from berdaya.proceeds.views.shared import Address, books_on_view, can, form_page, seen

ACCOUNT_CODE = "425151"


@ability_required("books.view")
def deposits(request: HttpRequest) -> HttpResponse:
    """Every deposit, and what is still owed with its due date."""
    rows = PnbpDeposit.objects.filter(facility__in=seen(request))
    owed = owed_sales().filter(facility__in=seen(request))
    oldest = owed.select_related("book").defer("calculation").first()
    total = sum(state_owed(books_on_view(request).values_list("pk", flat=True)).values())
    due = deposit_due(oldest.book.party_id, oldest.sold_on) if oldest else None
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "figures": [Figure(_("PNBP terutang"), format_rp(total), _due(due) if due else "")],
        "new_url": reverse("proceeds:new_deposit") if can(request, "deposit.record") else "",
        "new_label": _("Catat setoran"),
    }
    return DepositTable(request, rows).response("proceeds/list.html", context)


def _due(due: WorkingDay) -> str:
    words = {"day": clock.format_date(due.day)}
    if due.is_confirmed:
        return _("jatuh tempo %(day)s") % words
    return _("jatuh tempo %(day)s; hari liburnya perlu konfirmasi") % words


@ability_required("deposit.record", "GET POST")
def new_deposit(request: HttpRequest) -> HttpResponse:
    """Record a deposit from its state receipt."""

    def make() -> forms.Form:
        first = {"deposited_on": clock.today(), "account_code": ACCOUNT_CODE}
        return DepositForm(request.POST or None, books=books_on_view(request), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "proceeds:deposit", [record_deposit(by=by, **facts).code]

    return form_page(
        request, make=make, do=do, reason="deposit.record", title=_("Catat setoran PNBP"),
        back=reverse("proceeds:deposits"), done=_("Setoran tercatat dan dibukukan."),
        context={"note": _("Salin persis dari Bukti Penerimaan Negara (BPN).")},
    )  # fmt: skip


@ability_required("books.view")
def deposit(request: HttpRequest, code: str) -> HttpResponse:
    """One deposit and the sales it covers."""
    rows = PnbpDeposit.objects.select_related("facility", "book__party", "recorded_by")
    row = get_object_or_404(rows, code=code)
    lines = (
        row.lines.select_related("sale").defer("sale__calculation").order_by("sale__sold_on", "pk")
    )
    context = {"facility": row.facility, "deposit": row, "lines": lines[:200]}
    return render(request, "proceeds/deposit.html", context)
