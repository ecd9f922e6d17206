"""Packing at the desk: lots, swaps, the pick list for inside, the label for outside."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import require
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    Address,
    act,
    can,
    form_page,
)
from berdaya.institutions.rules import may
from berdaya.look.paper import pdf_response
from berdaya.orders import prints, rules
from berdaya.orders.actions.packing import (
    issue_delivery_note,
    pack_order,
    swap_lot,
    unpack_order,
)
from berdaya.orders.forms.desk import NoteForm, SwapForm
from berdaya.orders.models import Hold, Order, OrderState
from berdaya.orders.queries import law_shown, open_holds, sellable_levels, with_told
from berdaya.orders.tables import STATES
from berdaya.orders.views.desk_shared import (
    find_order,
    order_url,
)
from berdaya.stock.models import StockLevel


@ability_required("order.fulfil", "GET POST")
def packing(request: HttpRequest, code: str) -> HttpResponse:
    """Every line with its lots; posted, everything is in the parcel."""
    if request.method == "POST":

        def do(by: Actor) -> Address:
            pack_order(by=by, order=find_order(code))
            return "orders:order", [code]

        return act(request, "order.pack", do, _("Dikemas. Lotnya sekarang tetap."))
    return _page(request, find_order(code), None)


def _page(request: HttpRequest, row: Order, form: SwapForm | None) -> HttpResponse:
    rows = _rows(row)
    context = {
        "facility": row.facility,
        "order": row,
        "state": STATES[row.state],
        "rows": rows,
        "form": form,
        "law": law_shown(row, [one["line"] for one in rows]),
        "can_renew": can(request, "permit.edit", row.facility_id),
        "is_open": row.state == OrderState.PAID and can(request, "order.fulfil", row.facility_id),
    }
    status = 422 if form else 200
    return render(request, "orders/desk/packing.html", context, status=status)


def _rows(order: Order) -> list[dict[str, Any]]:
    """Lines with what is held for them, what is missing, and other lots that would fit."""
    lines = list(
        with_told(order.lines.select_related("version__listing", "variant__product")).order_by("pk")
    )
    holds: dict[int, list[Hold]] = defaultdict(list)
    for hold in open_holds(order):
        holds[hold.line_id].append(hold)
    day = clock.today(order.facility.timezone)
    levels: dict[int, list[StockLevel]] = defaultdict(list)
    found = sellable_levels([line.variant_id for line in lines], day)
    for level in found.filter(facility=order.facility_id).select_related("lot", "place"):
        levels[level.lot.variant_id].append(level)
    return [
        {
            "line": line,
            "holds": [
                (hold, [one for one in levels[line.variant_id] if one.lot_id != hold.lot_id])
                for hold in holds[line.pk]
            ],
            "missing": line.qty - sum(hold.qty for hold in holds[line.pk]),
            "levels": levels[line.variant_id],
        }
        for line in lines
    ]


@ability_required("order.fulfil", "POST")
def swaps(request: HttpRequest, code: str) -> HttpResponse:
    """Another lot for part of a line, or the first lot of what was made to order."""
    form = SwapForm(request.POST)
    if not form.is_valid():
        with reading(request):
            return _page(request, find_order(code), form)
    facts = form.cleaned_data
    with acting(request.actor, "order.swap") as scope:  # type: ignore[attr-defined]
        row = find_order(code)
        levels = StockLevel.objects.select_related("lot")
        swap_lot(
            by=scope.actor,
            line=get_object_or_404(row.lines.select_related("order__facility"), pk=facts["line"]),
            hold=get_object_or_404(Hold, pk=facts["hold"]) if facts["hold"] else None,
            level=get_object_or_404(levels, pk=facts["level"]),
            qty=facts["qty"],
            reason=facts["reason"],
        )
    messages.success(request, _("Lotnya sudah diganti."))
    return redirect("orders:packing", code)


@ability_required("order.fulfil", "GET POST")
def unpacking(request: HttpRequest, code: str) -> HttpResponse:
    """Open the parcel again."""
    with reading(request):
        row = find_order(code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        unpack_order(by=by, order=row, **facts)
        return "orders:packing", [code]

    return form_page(
        request, make=lambda: NoteForm(request.POST or None), do=do, reason="order.unpack",
        title=_("Buka lagi kemasan"), back=order_url(code),
        done=_("Dibuka lagi: lotnya dapat ditukar."), context={"facility": row.facility},
    )  # fmt: skip


@ability_required("order.view")
def picklist(request: HttpRequest, code: str) -> HttpResponse:
    """The paper that goes inside: order code, goods, lots and places, nothing about who buys."""
    row = find_order(code)
    return pdf_response(prints.picklist_pdf(row), f"daftar-ambil-{row.code}")


@ability_required("order.view")
def label(request: HttpRequest, code: str) -> HttpResponse:
    """The label for outside, with the buyer's address; only whoever packs or matches prints it."""
    row = find_order(code)
    allowed = may(request.actor, "order.match", row.facility_id)  # type: ignore[attr-defined]
    require(allowed if allowed.ok else may(request.actor, "order.fulfil", row.facility_id))  # type: ignore[attr-defined]
    require(rules.may_label(row.state, row.contact.masked_at is not None))
    return pdf_response(prints.label_pdf(row), f"label-{row.code}")


@ability_required("order.fulfil", "POST")
def delivery_note(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the delivery note, or find the one that is there."""
    with acting(request.actor, "order.delivery_note") as scope:  # type: ignore[attr-defined]
        note = issue_delivery_note(by=scope.actor, order=find_order(code))
    return redirect("papers:document", note.pk)
