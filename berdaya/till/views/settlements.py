"""Settlements of stalls with owners: who waits, reckon, approve, pay, print."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, seen
from berdaya.institutions.rules import places_of
from berdaya.ledger.models import Book
from berdaya.proceeds.models import Sale
from berdaya.till import forms as till_forms
from berdaya.till import rules
from berdaya.till.actions import settlements as actions
from berdaya.till.models import HandOutLoss, Settlement, Stall
from berdaya.till.queries import settlements_due
from berdaya.till.tables import SETTLEMENT_STATES, SettlementTable
from berdaya.till.views.hand_outs import print_for
from berdaya.till.views.shared import act_at, bound

WITH = ("stall__event", "stall__cash_taker", "facility", "host", "prepared_by", "approved_by",
        "declined_by", "paid_by")  # fmt: skip


@ability_required("event.view")
def settlements(request: HttpRequest) -> HttpResponse:
    """Owners that wait for a reckoning, and every settlement in sight."""
    mine = places_of(request.actor, "settlement.prepare", seen(request))  # type: ignore[attr-defined]
    stalls = Stall.objects.filter(facility__in=mine).select_related("event")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "due": settlements_due(stalls) if mine else [],
    }
    rows = Settlement.objects.select_related("stall__event", "facility")
    return SettlementTable(request, rows).response("till/settlements.html", context)


@ability_required("settlement.prepare", "POST")
def new_settlement(request: HttpRequest, stall_id: int, book_id: int) -> HttpResponse:
    """Reckon one owner at one stall."""
    with reading(request):
        stall = get_object_or_404(Stall.objects.select_related("event"), pk=stall_id)

    def do(by: Actor) -> Address:
        book = get_object_or_404(Book.objects.select_related("facility"), pk=book_id)
        made = actions.prepare_settlement(by=by, stall=stall, book=book)
        return "till:settlement", [made.pk]

    done = _("Dihitung. Kepala UPT tuan rumah menyetujuinya di Hari Ini.")
    return act_at(request, stall, "settlement.prepare", do, done)


def _find(pk: int) -> Settlement:
    return get_object_or_404(Settlement.objects.select_related(*WITH), pk=pk)


@ability_required("event.view")
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """One reckoning, product by product."""
    return _page(request, _find(pk), till_forms.DeclineForm())


def _page(request: HttpRequest, row: Settlement, form: Any) -> HttpResponse:
    me = request.actor.user_id  # type: ignore[attr-defined]
    approves = can(request, "settlement.approve", row.host_id) and row.prepared_by_id != me
    sales = row.sales.exclude(Exists(HandOutLoss.objects.filter(sale=OuterRef("sale_id")))).count()
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "settlement": row,
        "state": SETTLEMENT_STATES[row.state],
        "lines": list(row.lines.select_related("variant__product").order_by("variant__name")),
        "sale_count": sales,
        # Sales are the owner's; to the host they stand on its notas.
        "own_sales": list(Sale.objects.filter(stall_settlements__settlement=row)[:50]),
        "can_decide": row.state == "waiting" and approves,
        "can_pay": row.state == "approved" and can(request, "settlement.pay", row.host_id),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "till/settlement.html", context, status=status)


@ability_required("settlement.approve", "POST")
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person agrees."""
    with reading(request):
        row = _find(pk)

    def do(by: Actor) -> Address:
        actions.approve_settlement(by=by, settlement=row)
        return "till:settlement", [pk]

    return act_at(request, row.stall, "settlement.approve", do, _("Disetujui; BA sudah bernomor."))


@ability_required("settlement.approve", "POST")
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back, with a reason."""
    with reading(request):
        row = _find(pk)
        form = till_forms.DeclineForm(request.POST)
        if not form.is_valid():
            return _page(request, row, form)

    def do(by: Actor) -> Address:
        actions.decline_settlement(by=by, settlement=row, reason=form.cleaned_data["reason"])
        return "till:settlement", [pk]

    return act_at(request, row.stall, "settlement.decline", do, _("Dikembalikan untuk dihitung."))


@ability_required("settlement.pay", "GET POST")
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the owner was paid."""
    with reading(request):
        row = _find(pk)
        first = {"paid_on": clock.today(row.stall.event.timezone)}
        form = till_forms.PayForm(bound(request), initial=first)
        is_valid = request.method == "POST" and form.is_valid()
        if not is_valid:
            facts = {
                "facility": request.facility, "form": form,  # type: ignore[attr-defined]
                "title": _("Bayar %(owner)s") % {"owner": row.facility.name},
                "back": reverse("till:settlement", args=[pk]),
            }  # fmt: skip
            status = 422 if form.is_bound else 200
            return render(request, "look/form_page.html", facts, status=status)

    def do(by: Actor) -> Address:
        actions.pay_settlement(by=by, settlement=row, **form.cleaned_data)
        return "till:settlement", [pk]

    return act_at(request, row.stall, "settlement.pay", do, _("Pembayaran tercatat di kedua buku."))


@ability_required("event.view", "POST")
def settlement_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of the reckoning, for both sides."""
    with reading(request):
        row = _find(pk)
    if row.document_id is None:
        raise Refused(rules.settlement_not_approved(code=row.code))
    return print_for(request, row.stall, row.document_id)
