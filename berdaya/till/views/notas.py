"""Notas: the list, one nota, its paper, taking it back, proving its QRIS; cash handed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.look.paper import pdf_response
from berdaya.till import prints_sales as prints
from berdaya.till.actions.closing import receive_cash
from berdaya.till.actions.proving import match_qris, note_qris
from berdaya.till.actions.voiding import void_nota
from berdaya.till.calc_cash import change_in
from berdaya.till.forms_sales import MatchForm, NoteForm, ReasonForm
from berdaya.till.models import CashHandover, QrisProof, StallSale
from berdaya.till.queries_sales import rounding_step
from berdaya.till.tables_sales import PROOF_STATES, CashTable, NotaTable, nota_state
from berdaya.till.views.shared_sales import find_nota, seller_at


@ability_required("event.view")
def notas(request: HttpRequest) -> HttpResponse:
    """Every nota of the stalls on view."""
    rows = StallSale.objects.filter(facility__in=seen(request)).select_related("stall", "void")
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    return NotaTable(request, rows).response("till/list.html", context)


@ability_required("event.view")
def nota(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One nota; just sold (`?baru=1`) it begins with the change."""
    row = find_nota(pk)
    is_void, is_open = hasattr(row, "void"), row.session.is_open
    sells = can(request, "stall.sell", row.facility_id)
    is_waiting = (
        row.proof == QrisProof.OPEN
        and not is_void
        and can(request, "cash.receive", row.facility_id)
    )
    write_off = row.write_offs.select_related("asked_by", "decided_by").last()
    context = {
        "facility": row.facility,
        "nota": row,
        "is_new": "baru" in request.GET and not is_void,
        "change": change_in(row.change_rp),
        "step": rounding_step(row.facility_id, row.day) if row.rounding_rp else 0,
        "state": PROOF_STATES[nota_state(row)],
        "lines": row.lines.select_related("variant__product", "facility").order_by("pk"),
        "papers": prints.NOTA_PAPERS,
        "can_sell": sells and is_open,
        "can_void": sells and is_open and not is_void,
        "can_match": is_waiting,
        "write_off": write_off,
        "can_write_off": is_waiting
        and not is_open
        and (write_off is None or write_off.is_granted is False)
        and row.recorded_by_id != request.actor.user_id,  # type: ignore[attr-defined]
        "can_decide": write_off is not None
        and write_off.decided_at is None
        and row.proof == QrisProof.OPEN
        and can(request, "settlement.approve", row.facility_id),
        "can_note": row.proof == QrisProof.OPEN and not is_void and sells,
    }
    return render(request, "till/nota.html", context)


@ability_required("event.view")
def nota_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The nota as PDF: `?paper=58mm` or `a6`."""
    paper = request.GET.get("paper", "58mm")
    if paper not in prints.NOTA_PAPERS:
        raise Http404
    row = find_nota(pk)
    return pdf_response(prints.nota_pdf(row, paper), row.code)  # type: ignore[arg-type]


@ability_required("stall.sell", "GET POST")
def nota_voiding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a wrong nota back."""
    with reading(request):
        row = find_nota(pk)
        form = ReasonForm(request.POST or None)
        is_valid = request.method == "POST" and form.is_valid()
    if not is_valid:
        words = {"code": row.code}
        return _asked(
            request, row, form, _("Batalkan nota %(code)s") % words,
            _("Barang kembali ke stan dan uangnya kembali ke pembeli. Nomornya tetap terpakai."),
        )  # fmt: skip
    with acting(seller_at(request, row.stall), "nota.void") as scope:
        void_nota(by=scope.actor, nota=row, reason=form.cleaned_data["reason"])
    return _back(request, row, _("Nota dibatalkan."))


def _asked(
    request: HttpRequest, row: StallSale, form: ReasonForm, title: str, note: str
) -> HttpResponse:
    facts = {
        "facility": row.facility, "form": form, "title": title, "note": note,
        "back": reverse("till:nota", args=[row.pk]),
    }  # fmt: skip
    with reading(request):
        return render(request, "look/form_page.html", facts, status=422 if form.is_bound else 200)


def _back(request: HttpRequest, row: StallSale, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("till:nota", row.pk)


@ability_required("cash.receive", "GET POST")
def nota_proof(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The treasurer found the money in the statement."""
    with reading(request):
        row = find_nota(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        match_qris(by=by, nota=row, note=facts["note"])
        return "till:nota", [pk]

    return form_page(
        request, make=lambda: MatchForm(request.POST or None), do=do, reason="nota.match",
        title=_("Cocokkan QRIS nota %(code)s") % {"code": row.code},
        back=reverse("till:nota", args=[pk]), done=_("QRIS dicocokkan."),
        context={"note": _("Hanya bila uangnya ada di mutasi merchant.")},
    )  # fmt: skip


@ability_required("stall.sell", "GET POST")
def nota_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of a payment that nobody saw come."""
    with reading(request):
        row = find_nota(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        note_qris(by=by, nota=row, note=facts["note"])
        return "till:nota", [pk]

    return form_page(
        request, make=lambda: NoteForm(request.POST or None), do=do, reason="nota.note",
        title=_("Catatan QRIS nota %(code)s") % {"code": row.code},
        back=reverse("till:nota", args=[pk]), done=_("Catatan tersimpan."),
        context={"note": _("Dengan catatan, kas dapat ditutup; bendahara tetap mencarinya.")},
    )  # fmt: skip


@ability_required("event.view")
def cash_ins(request: HttpRequest) -> HttpResponse:
    """Cash of closed stalls and whether a treasurer has it."""
    rows = CashHandover.objects.filter(facility__in=seen(request))
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    listed = rows.select_related("closing__session__stall")
    return CashTable(request, listed).response("till/list.html", context)


@ability_required("cash.receive", "GET POST")
def cash_receiving(request: HttpRequest, pk: int) -> HttpResponse:
    """Count it too, and receive it."""
    with reading(request):
        rows = CashHandover.objects.select_related(
            "closing__session__stall__event", "facility", "handed_by", "document"
        )
        row = get_object_or_404(rows, pk=pk)
        session_id = row.closing.session_id
    if request.method == "POST":
        with acting(request.actor, "cash.receive") as scope:  # type: ignore[attr-defined]
            receive_cash(by=scope.actor, handover=row)
        messages.success(request, _("Setoran diterima. Kuitansinya sudah bernomor."))
        return redirect("till:session", session_id)
    closing = row.closing
    counts = [(int(one), count) for one, count in closing.denominations.items()]
    context = {
        "facility": row.facility,
        "handover": row,
        "closing": closing,
        "session": closing.session,
        "counts": sorted(counts, reverse=True),
    }
    return render(request, "till/cash_receiving.html", context)
