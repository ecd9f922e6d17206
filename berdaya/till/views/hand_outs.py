"""Goods at stalls: hand out, receive, take back, losses, their papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, one_unit
from berdaya.ledger.rules import book_missing
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_document
from berdaya.papers.models import Document
from berdaya.proceeds.queries import selling_books
from berdaya.stock.models import GatePass, Lot, Place, PlaceKind, StockLevel
from berdaya.till import agreement, rules
from berdaya.till import forms as till_forms
from berdaya.till.actions import handouts
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.losses import decide_loss, report_loss
from berdaya.till.models import HandBack, HandOut, HandOutLine, HandOutLoss, ProductProposal, Stall
from berdaya.till.queries import LEFT, listed_hand_outs
from berdaya.till.tables import HAND_OUT_STATES, HandOutTable
from berdaya.till.views.shared import act_at, bound, find_hand_out, host_actor

GOODS = ("variant__product", "variant__measure")


@ability_required("event.view")
def hand_outs(request: HttpRequest) -> HttpResponse:
    """What one's own unit handed out, and what lies at stalls it hosts."""
    return HandOutTable(request, listed_hand_outs()).response(
        "till/hand_outs.html",
        {"facility": request.facility},  # type: ignore[attr-defined]
    )


@ability_required("handout.make", "GET POST")
def new_hand_out(request: HttpRequest, stall_id: int) -> HttpResponse:
    """Hand chosen goods out to a stall, under the agreement."""
    facility = one_unit(request)
    with reading(request):
        stalls = Stall.objects.select_related("event", "facility", "cash_taker")
        stall = get_object_or_404(stalls, pk=stall_id)
        prices = _prices(stall, facility.pk)
        levels = StockLevel.objects.filter(
            facility=facility, place__kind=PlaceKind.STORE, on_hand__gt=F("reserved"),
            lot__variant__in=prices,
        ).select_related("lot__variant__product", "lot__variant__measure", "place")  # fmt: skip
        first = {"day": clock.today(facility.timezone)}
        form = till_forms.HandOutForm(
            bound(request), levels=levels.order_by("lot__variant__name", "pk"), initial=first
        )
        is_valid = request.method == "POST" and form.is_valid()
        books = selling_books(facility.pk)
    if is_valid:
        if not books:
            raise Refused(book_missing())
        facts = {
            name: form.cleaned_data[name] for name in ("day", "carrier", "vehicle", "is_agreed")
        }
        lines = form.lines(prices)
        place = _store_of(form)
        with acting(request.actor, "handout.make") as scope:  # type: ignore[attr-defined]
            made = handouts.make_hand_out(
                by=scope.actor, stall=stall, book=books[0], from_place=place, lines=lines, **facts
            )
        messages.success(request, _("Diserahkan. Kepala UPT mengizinkannya keluar di Hari Ini."))
        return redirect("till:hand_out", made.pk)
    context = {
        "form": form, "stall": stall, "facility": facility, "prices": prices,
        "rows": [(*row, prices[row[0].lot.variant_id]) for row in form.rows],
        "texts": agreement.TEXTS[agreement.CURRENT],
    }  # fmt: skip
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "till/new_hand_out.html", context, status=status)


def _prices(stall: Stall, facility_id: int) -> dict[int, tuple[int, int]]:
    """Variant id -> price and lowest, of what was chosen."""
    rows = ProductProposal.objects.filter(
        event=stall.event, facility=facility_id, decision__is_chosen=True
    )
    return {pk: (price, lowest) for pk, price, lowest in rows.values_list(
        "variant_id", "price_rp", "lowest_rp")}  # fmt: skip


def _store_of(form: till_forms.HandOutForm) -> Place:
    """The one store that all of it comes from. Refused: hand_out_empty, hand_out_two_stores."""
    stores = {one.place for one, _qty in form.filled()}
    if not stores:
        raise Refused(rules.hand_out_empty())
    if len(stores) > 1:
        raise Refused(rules.hand_out_two_stores())
    return stores.pop()


@ability_required("event.view")
def hand_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One hand-out: its goods, where they are, and what may be done next."""
    row = find_hand_out(pk)
    lines = list(row.lines.select_related(*GOODS).order_by("pk"))
    is_open = any(not one.is_closed for one in lines)
    context = {**_papers(row, is_open=is_open), **_abilities(request, row, lines)}
    lots = dict(Lot.objects.filter(pk__in=[one.lot_id for one in lines]).values_list("pk", "code"))
    losses = HandOutLoss.objects.filter(line__in=lines).select_related(
        "line__variant__product", "recorded_by", "decided_by"
    )
    context |= {
        "facility": request.facility,  # type: ignore[attr-defined]
        "hand_out": row,
        "lines": [(one, lots.get(one.lot_id, "")) for one in lines],
        "losses": list(losses),
        "backs": list(row.hand_backs.prefetch_related("lines__line__variant__product")),
        "texts": agreement.TEXTS[row.agreement_version],
    }
    return render(request, "till/hand_out.html", context)


def _papers(row: HandOut, *, is_open: bool) -> dict[str, Any]:
    """Gate pass and BAST, where the reader may see them; the state that follows."""
    gate_pass = GatePass.objects.filter(pk=row.gate_pass_id).first()
    is_declined = gate_pass is not None and gate_pass.state == "declined"
    state = "declined" if is_declined else "waiting"
    if row.received_at is not None:
        state = "received" if is_open else "settled"
    return {"gate_pass": gate_pass, "state": HAND_OUT_STATES[state], "is_declined": is_declined}


def _abilities(request: HttpRequest, row: HandOut, lines: list[HandOutLine]) -> dict[str, bool]:
    is_open = any(not one.is_closed for one in lines)
    is_here = row.received_at is not None and is_open
    me = request.actor.user_id  # type: ignore[attr-defined]
    hosts, owns = (
        can(request, "handout.receive", row.host_id),
        can(request, "handout.make", row.facility_id),
    )
    return {
        "can_receive": row.received_at is None and hosts and row.accepted_by_id != me,
        "can_take_back": is_here and owns and any(one.left_qty for one in lines),
        "can_report": is_here and hosts and any(one.left_qty for one in lines),
        "can_decide": owns,
        "can_print": row.document_id is not None and (hosts or owns),
        "can_settle": is_here and can(request, "settlement.prepare", row.host_id),
    }


def _lines_page(
    request: HttpRequest, row: HandOut, form: till_forms.LineQtyForm, title: str, button: str
) -> HttpResponse:
    context = {
        "facility": request.facility, "hand_out": row, "form": form, "title": title,  # type: ignore[attr-defined]
        "button": button, "back": reverse("till:hand_out", args=[row.pk]),
    }  # fmt: skip
    with reading(request):
        status = 422 if form.is_bound else 200
        return render(request, "till/lines.html", context, status=status)


@ability_required("handout.receive", "GET POST")
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count the goods in at the stall."""
    with reading(request):
        row = find_hand_out(pk)
        lines = list(row.lines.select_related(*GOODS).order_by("pk"))
        form = till_forms.ReceiptForm(bound(request), lines=lines)
        is_valid = request.method == "POST" and form.is_valid()
    if not is_valid:
        return _lines_page(
            request, row, form, _("Terima barang di stan"), pgettext("till", "Terima")
        )

    def do(by: Actor) -> Address:
        handouts.receive_hand_out(
            by=by, hand_out=row, counted=form.quantities, note=form.cleaned_data["note"]
        )
        return "till:hand_out", [pk]

    done = _("Diterima. BAST bernomor dan siap dicetak; barangnya boleh dijual.")
    return act_at(request, row.stall, "handout.receive", do, done)


@ability_required("handout.make", "GET POST")
def hand_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take goods back into the owner's store."""
    with reading(request):
        row = find_hand_out(pk)
        lines = [one for one in row.lines.select_related(*GOODS).order_by("pk") if one.left_qty]
        first = {"day": clock.today(row.facility.timezone)}
        form = till_forms.HandBackForm(bound(request), lines=lines, initial=first)
        is_valid = request.method == "POST" and form.is_valid()
    if not is_valid:
        return _lines_page(request, row, form, _("Barang kembali ke gudang"), _("Catat kembali"))
    with acting(request.actor, "handout.take_back") as scope:  # type: ignore[attr-defined]
        facts = {name: form.cleaned_data[name] for name in ("day", "note")}
        take_back(by=scope.actor, hand_out=row, lines=form.quantities, **facts)
    messages.success(request, _("Kembali tercatat; berita acaranya bernomor."))
    return redirect("till:hand_out", pk)


@ability_required("handout.receive", "GET POST")
def loss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is broken or gone."""
    with reading(request):
        row = find_hand_out(pk)
        lines = row.lines.annotate(left=LEFT).filter(left__gt=0).select_related(*GOODS)
        first = {"day": clock.today(row.stall.event.timezone)}
        form = till_forms.LossForm(bound(request), lines=lines, initial=first)
        is_valid = request.method == "POST" and form.is_valid()
    if not is_valid:
        facts = {"facility": request.facility, "form": form, "title": _("Barang rusak atau hilang"),  # type: ignore[attr-defined]
                 "back": reverse("till:hand_out", args=[pk])}  # fmt: skip
        with reading(request):
            status = 422 if form.is_bound else 200
            return render(request, "look/form_page.html", facts, status=status)

    def do(by: Actor) -> Address:
        report_loss(by=by, **form.cleaned_data)
        return "till:hand_out", [pk]

    return act_at(
        request, row.stall, "handout.loss", do, _("Dicatat. Petugas UPT pemilik memastikannya.")
    )


@ability_required("handout.make", "POST")
def loss_decision(request: HttpRequest, loss_id: int) -> HttpResponse:
    """The owner confirms a loss, or finds that it is none."""
    is_confirmed = request.POST.get("pasti") == "ya"
    with acting(request.actor, "handout.loss") as scope:  # type: ignore[attr-defined]
        row = get_object_or_404(HandOutLoss.objects.select_related("line"), pk=loss_id)
        decide_loss(by=scope.actor, loss=row, is_confirmed=is_confirmed)
        pk = row.line.hand_out_id
    done = _("Dipastikan; stoknya dihapus.") if is_confirmed else _("Barangnya dihitung ada lagi.")
    messages.success(request, done)
    return redirect("till:hand_out", pk)


@ability_required("event.view", "POST")
def hand_out_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The BAST of a hand-out, for both sides."""
    with reading(request):
        row = find_hand_out(pk)
    if row.document_id is None:
        raise Refused(rules.not_received(code=row.code))
    return print_for(request, row.stall, row.document_id)


@ability_required("event.view", "POST")
def hand_back_print(request: HttpRequest, back_id: int) -> HttpResponse:
    """The record of goods that came back, for both sides."""
    with reading(request):
        rows = HandBack.objects.select_related("hand_out__stall")
        row = get_object_or_404(rows, pk=back_id)
    return print_for(request, row.hand_out.stall, row.document_id)


def print_for(request: HttpRequest, stall: Stall, document_id: int | None) -> HttpResponse:
    """A paper of the owner's, printed by owner or host."""
    with acting(host_actor(request, stall), "document.print") as scope:
        rows = Document.objects.select_related("type", "facility__office")
        row = get_object_or_404(rows, pk=document_id)
        pdf = print_document(by=scope.actor, document=row, paper=request.POST.get("paper", ""))
    return pdf_response(pdf, row.number_text)
