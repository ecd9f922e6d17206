"""Orders at the desk: the list, one order with all that can be done, and its forms."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    Address,
    can,
    form_page,
    seen,
)
from berdaya.institutions.rules import may_anywhere
from berdaya.orders.actions.cancelling import BEFORE_HAND_OVER, cancel_at_desk
from berdaya.orders.actions.giving_back import give_money_back
from berdaya.orders.actions.handover import (
    hand_over_order,
    record_delivery,
    record_tracking,
    request_order_pass,
)
from berdaya.orders.actions.matching import (
    match_money,
    record_money_in,
    refuse_claim,
    revive_order,
    wait_for_rest,
)
from berdaya.orders.forms import desk as desk_forms
from berdaya.orders.models import Order, OrderState
from berdaya.orders.models.orders import AWAITING_MONEY, HANDED, UNSOLD
from berdaya.orders.queries import (
    last_day_of_rest,
    law_shown,
    not_covered,
    oddity,
    open_holds,
    passes_of,
    with_told,
)
from berdaya.orders.tables import STATES, OrderTable
from berdaya.orders.views.desk_shared import (
    find_order,
    matching_books,
    order_url,
)
from berdaya.orders.views.desk_words import moments_of


@ability_required("order.view")
def orders(request: HttpRequest) -> HttpResponse:
    """Every order of the facilities on view; who buys stands on no list and in no export."""
    rows = Order.objects.filter(facility__in=seen(request)).select_related("book__party")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "can_match": may_anywhere(request.actor, "order.match"),  # type: ignore[attr-defined]
    }
    return OrderTable(request, rows).response("orders/desk/orders.html", context)


@ability_required("order.view")
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order: goods, money, buyer (for whom it concerns), what happened, what can be done."""
    row = find_order(code)
    fulfils = can(request, "order.fulfil", row.facility_id)
    matches = can(request, "order.match", row.facility_id)
    holds = list(open_holds(row)) if row.state in BEFORE_HAND_OVER else []
    lines = list(with_told(row.lines.select_related("version__listing")).order_by("pk"))
    context = {
        "facility": row.facility,
        "order": row,
        "state": STATES[row.state],
        "lines": lines,
        "holds": holds,
        "money_in": list(row.money_in.order_by("received_on", "pk")),
        "money_back": list(row.money_back.order_by("returned_on", "pk")),
        "moments": moments_of(row),
        "shipment": getattr(row, "shipment", None),
        "fulfils": fulfils,
        "matches": matches,
        "can_see_buyer": fulfils or matches,
        "law": law_shown(row, lines),
        "can_renew": can(request, "permit.edit", row.facility_id),
        **_now(row, holds, fulfils=fulfils, matches=matches),
    }
    return render(request, "orders/desk/order.html", context)


def _now(row: Order, holds: list[Any], *, fulfils: bool, matches: bool) -> dict[str, Any]:
    """What belongs to the state the order is in."""
    facts: dict[str, Any] = {
        "can_cancel": row.state in BEFORE_HAND_OVER and (fulfils or matches),
        "can_give_back": matches and row.returnable_rp > 0,
        "oddity": _oddity(row),
    }
    if row.state in (OrderState.PAID, OrderState.PACKED):
        facts["passes"] = list(passes_of(row))
        facts["needs_pass"] = bool(not_covered(row, holds, approved_only=False))
    if row.state == OrderState.CLAIMED:
        facts["claim"] = row.claims.filter(outcome="open").first()
    facts["can_send_note"] = (
        fulfils and not row.is_pickup and row.state in (OrderState.PACKED, OrderState.HANDED_OVER)
    )
    if row.state in HANDED:
        facts["returns"] = list(row.returns.all())
        facts["can_ask_return"] = fulfils and all(one.outcome for one in facts["returns"])
    facts["can_wait"] = matches and row.state in AWAITING_MONEY and row.paid_rp > 0
    facts["can_revive"] = matches and row.state in UNSOLD and row.paid_rp >= row.payable_rp
    facts["can_take_money"] = matches and row.state in (*AWAITING_MONEY, *UNSOLD)
    return facts


def _oddity(row: Order) -> str:
    if not row.paid_rp or not row.returnable_rp:
        return ""
    return oddity(row.state, row.paid_rp, row.payable_rp)


def _today(row: Order) -> Any:
    return clock.today(row.facility.timezone)


def _button(request: HttpRequest) -> forms.Form:
    """Nothing to fill in: a page to think, and a button."""
    return forms.Form(request.POST if request.method == "POST" else None)


def _page(
    request: HttpRequest,
    code: str,
    *,
    form: Any,
    do: Any,
    reason: str,
    title: str,
    done: str,
    note: str = "",
) -> HttpResponse:
    """A form about one order that leads back to its page."""
    with reading(request):
        row = find_order(code)

    def act_on(by: Actor, facts: dict[str, Any]) -> Address:
        do(by, row, facts)
        return "orders:order", [code]

    return form_page(
        request, make=lambda: form(row), do=act_on, reason=reason, title=f"{title} · {row.code}",
        back=order_url(code), done=done, context={"note": note, "facility": row.facility},
    )  # fmt: skip


@ability_required("order.view", "GET POST")
def cancellation(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel before the goods are handed over."""
    return _page(
        request, code, form=lambda row: desk_forms.ReasonForm(request.POST or None),
        do=lambda by, row, facts: cancel_at_desk(by=by, order=row, **facts),
        reason="order.cancel", title=_("Batalkan pesanan"),
        done=_("Dibatalkan. Stoknya bebas lagi; uang yang sudah masuk menunggu dikembalikan."),
        note=_("Barang yang ditahan langsung bebas. Uang pembeli dikembalikan oleh bendahara."),
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def money_back(request: HttpRequest, code: str) -> HttpResponse:
    """Money that was sent back to the buyer."""

    def make(row: Order) -> forms.Form:
        first = {
            "amount_rp": row.returnable_rp,
            "returned_on": _today(row),
            "method": "transfer",
        }
        return desk_forms.BackForm(request.POST or None, initial=first)

    with reading(request):
        left = find_order(code).returnable_rp
    return _page(
        request, code, form=make,
        do=lambda by, row, facts: give_money_back(by=by, of=row, **facts),
        reason="order.money_back", title=_("Kembalikan uang"), done=_("Pengembalian tercatat."),
        note=_("Kirim dulu uangnya, lalu catat di sini. Paling banyak %(left)s.")
        % {"left": format_rp(left)},
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def money(request: HttpRequest, code: str) -> HttpResponse:
    """Money for this order, from the statement in the treasurer's hand."""

    def make(row: Order) -> forms.Form:
        first = {
            "payee": f"{row.book_id}|{row.payee_key}",
            "amount_rp": max(row.due_rp, 1),
            "received_on": _today(row),
        }
        books = matching_books(request).filter(pk=row.book_id)
        return desk_forms.MoneyForm(request.POST or None, books=books, initial=first)

    def do(by: Actor, row: Order, facts: dict[str, Any]) -> None:
        book, payee = facts.pop("payee")
        found = record_money_in(by=by, book=book, payee=payee, **facts)
        match_money(by=by, money=found, order=row)

    return _page(
        request, code, form=make, do=do, reason="order.money_in", title=_("Uangnya masuk"),
        done=_("Tercatat untuk pesanan ini."),
        note=_("Tulis jumlah yang benar-benar masuk, juga bila lebih atau kurang."),
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def deadline(request: HttpRequest, code: str) -> HttpResponse:
    """Wait for the rest of the money."""

    def do(by: Actor, row: Order, facts: dict[str, Any]) -> None:
        until = clock.now() + timedelta(hours=facts["hours"])
        wait_for_rest(by=by, order=row, until=until)

    with reading(request):
        last = last_day_of_rest(find_order(code))
    return _page(
        request, code, form=lambda row: desk_forms.DeadlineForm(request.POST or None), do=do,
        reason="order.wait", title=_("Tunggu sisanya"),
        done=_("Barangnya tetap ditahan sampai batas yang baru."),
        note=_(
            "Hubungi pembeli: katakan berapa yang kurang dan sampai kapan. Paling lama sampai"
            " %(day)s."
        )
        % {"day": clock.format_date(last, get_language() or "id")},
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """The money that the buyer speaks of is not there."""
    return _page(
        request, code, form=lambda row: _button(request),
        do=lambda by, row, facts: refuse_claim(by=by, order=row),
        reason="order.claim_refused", title=_("Uangnya tidak ditemukan"),
        done=_("Pembeli mendapat batas waktu baru yang singkat."),
        note=_(
            "Periksa rekening koran dan riwayat QRIS dulu. Pesanan kembali menunggu pembayaran;"
            " bila tidak ada yang masuk, pesanan kedaluwarsa sendiri."
        ),
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def revival(request: HttpRequest, code: str) -> HttpResponse:
    """Late money: hold the goods again."""
    return _page(
        request, code, form=lambda row: _button(request),
        do=lambda by, row, facts: revive_order(by=by, order=row),
        reason="order.revive", title=_("Hidupkan lagi"), done=_("Barangnya ditahan lagi: lunas."),
        note=_("Bisa selama stoknya masih ada. Kalau tidak, kembalikan uangnya."),
    )  # fmt: skip


@ability_required("order.fulfil", "GET POST")
def gate_pass(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that the goods of an order may leave the gate."""
    return _page(
        request, code,
        form=lambda row: desk_forms.GateForm(request.POST or None, initial={"day": _today(row)}),
        do=lambda by, row, facts: request_order_pass(by=by, order=row, **facts),
        reason="gate.request", title=_("Minta izin keluar"),
        done=_("Diminta. Kepala UPT melihatnya di Hari Ini."),
        note=_("Suratnya memuat kode pesanan dan barang saja, tidak pernah nama pembeli."),
    )  # fmt: skip


@ability_required("order.fulfil", "GET POST")
def handover(request: HttpRequest, code: str) -> HttpResponse:
    """The goods change hands."""

    def make(row: Order) -> forms.Form:
        first = {"handed_on": _today(row)}
        return desk_forms.HandForm(request.POST or None, initial=first, is_pickup=row.is_pickup)

    return _page(
        request, code, form=make,
        do=lambda by, row, facts: hand_over_order(by=by, order=row, **facts),
        reason="order.handover", title=_("Serahkan barang"),
        done=_("Diserahkan. Penjualannya tercatat dan uangnya sudah dibagi."),
        note=_("Dengan ini penjualannya tercatat, dan bagian pembuat dihitung."),
    )  # fmt: skip


@ability_required("order.fulfil", "GET POST")
def tracking(request: HttpRequest, code: str) -> HttpResponse:
    """The courier's number, later or corrected."""

    def make(row: Order) -> forms.Form:
        sent = getattr(row, "shipment", None)
        first = {"courier": sent.courier, "tracking_no": sent.tracking_no} if sent else None
        return desk_forms.TrackingForm(request.POST or None, initial=first)

    return _page(
        request, code, form=make,
        do=lambda by, row, facts: record_tracking(by=by, order=row, **facts),
        reason="order.tracking", title=_("Nomor resi"), done=_("Nomor resi tercatat."),
    )  # fmt: skip


@ability_required("order.fulfil", "GET POST")
def delivery(request: HttpRequest, code: str) -> HttpResponse:
    """It arrived."""
    return _page(
        request, code,
        form=lambda row: desk_forms.DeliveryForm(
            request.POST or None, initial={"delivered_on": _today(row)}
        ),
        do=lambda by, row, facts: record_delivery(by=by, order=row, **facts),
        reason="order.delivery", title=_("Barang sampai"), done=_("Selesai."),
        note=_("Premi menjadi final beberapa hari sesudah barang sampai."),
    )  # fmt: skip
