"""Matching (the treasurer's page): claims, money without an order, money that does not fit."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import (
    Address,
    form_page,
    seen,
)
from berdaya.institutions.rules import places_of
from berdaya.orders.actions.giving_back import give_money_back
from berdaya.orders.actions.matching import match_money, record_money_in
from berdaya.orders.actions.statements import book_statement, examine_statement
from berdaya.orders.actions.unmatching import unmatch_money
from berdaya.orders.forms.desk import BackForm, MatchForm, MoneyForm, NoteForm, StatementForm
from berdaya.orders.models import MoneyIn, Order, PaymentClaim
from berdaya.orders.models.orders import HANDED
from berdaya.orders.queries import odd_orders, oddity, orders_for_money, waiting_money
from berdaya.orders.tables import STATES
from berdaya.orders.views.desk_shared import (
    matching_books,
)

MOST = 50
ODD = {
    "late": ("bad", _lazy("Terlambat")),
    "cancelled": ("bad", _lazy("Dibatalkan")),
    "little": ("warn", pgettext_lazy("orders", "Kurang")),
    "much": ("warn", _lazy("Lebih")),
}


@ability_required("order.match")
def matching(request: HttpRequest) -> HttpResponse:
    """What waits for the treasurer, the oldest first."""
    ids = places_of(request.actor, "order.match", seen(request))  # type: ignore[attr-defined]
    claims = PaymentClaim.objects.filter(facility__in=ids, outcome="open")
    money = list(waiting_money(ids).select_related("facility")[:MOST])
    found = orders_for_money(
        [one.payee_key for one in money], [one.amount_rp for one in money], clock.now()
    )
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "claims": claims.select_related("order", "facility").order_by("decide_by", "pk")[:MOST],
        "now": clock.now(),
        "money": [(one, _likely(found, one)) for one in money],
        "odd": [(row, *_odd(row)) for row in odd_orders(ids).select_related("facility")[:MOST]],
    }
    return render(request, "orders/desk/matching.html", context)


def _likely(found: dict[tuple[str, int], list[Order]], money: MoneyIn) -> list[Order]:
    return found.get((money.payee_key, money.amount_rp), [])[:3]


def _odd(row: Order) -> tuple[str, str]:
    kind = oddity(row.state, row.paid_rp, row.payable_rp)
    return ODD[kind]


@ability_required("order.match", "GET POST")
def new_money(request: HttpRequest) -> HttpResponse:
    """Write down one payment that came."""

    def make() -> MoneyForm:
        first = {"received_on": clock.today()}
        return MoneyForm(request.POST or None, books=matching_books(request), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        book, payee = facts.pop("payee")
        return "orders:money_in", [record_money_in(by=by, book=book, payee=payee, **facts).pk]

    return form_page(
        request, make=make, do=do, reason="order.money_in", title=_("Catat uang masuk"),
        back=reverse("orders:matching"), done=_("Tercatat. Pilih pesanannya."),
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def statement(request: HttpRequest) -> HttpResponse:
    """Paste a statement: first what each line finds, then all or nothing."""
    with reading(request):
        form = StatementForm(request.POST or None, books=matching_books(request))
        is_valid = request.method == "POST" and form.is_valid()
        findings = None
        if is_valid:
            book, payee = form.cleaned_data["payee"]
            findings = examine_statement(payee, form.cleaned_data["text"])
    if is_valid and "book" in request.POST:
        with acting(request.actor, "order.statement") as scope:  # type: ignore[attr-defined]
            findings = book_statement(
                by=scope.actor, book=book, payee=payee, text=form.cleaned_data["text"]
            )
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "form": form,
        "findings": findings,
        "is_booked": is_valid and "book" in request.POST,
        "title": _("Tempel rekening koran"),
    }
    with reading(request):
        status = 422 if form.is_bound and not is_valid else 200
        return render(request, "orders/desk/statement.html", context, status=status)


def _find_money(pk: UUID) -> MoneyIn:
    rows = MoneyIn.objects.select_related("facility", "book__party", "order", "recorded_by")
    return get_object_or_404(rows, pk=pk)


@ability_required("order.match", "GET POST")
def money_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One payment that came: which order it is for."""
    with reading(request):
        row = _find_money(pk)
        likely = orders_for_money([row.payee_key], [row.amount_rp], clock.now())
        orders = likely.get((row.payee_key, row.amount_rp), [])[:5]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        match_money(by=by, money=row, order=facts["order_code"])
        return "orders:order", [facts["order_code"].code]

    first = {"order_code": orders[0].code} if orders else None
    context = {
        "facility": row.facility,
        "money": row,
        "likely": [(one, STATES[one.state]) for one in orders],
        "is_free": row.order_id is None,
        "can_unmatch": row.order is not None and row.order.state not in HANDED,
        "money_back": None if row.order_id else _returned(request, row),
    }
    return form_page(
        request, make=lambda: MatchForm(request.POST or None, initial=first), do=do,
        reason="order.match", title=_("Uang masuk"), back=reverse("orders:matching"),
        done=_("Dicocokkan."), template="orders/desk/money.html", context=context,
    )  # fmt: skip


def _returned(request: HttpRequest, row: MoneyIn) -> Any:
    with reading(request):
        return row.returned.first()


@ability_required("order.match", "GET POST")
def money_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Money that found no order goes back."""
    with reading(request):
        row = _find_money(pk)

    def make() -> BackForm:
        first = {
            "amount_rp": row.amount_rp,
            "returned_on": clock.today(row.facility.timezone),
            "method": row.method,
        }
        return BackForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        give_money_back(by=by, of=row, **facts)
        return "orders:matching", []

    return form_page(
        request, make=make, do=do, reason="order.money_back", title=_("Kembalikan uang"),
        back=reverse("orders:money_in", args=[pk]), done=_("Pengembalian tercatat."),
        context={"note": _("Kirim dulu uangnya, lalu catat di sini."), "facility": row.facility},
    )  # fmt: skip


@ability_required("order.match", "GET POST")
def unmatching(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Money that was matched to the wrong order waits for its own again."""
    with reading(request):
        row = _find_money(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        unmatch_money(by=by, money=row, reason=facts["reason"])
        return "orders:money_in", [pk]

    return form_page(
        request, make=lambda: NoteForm(request.POST or None), do=do, reason="order.unmatch",
        title=_("Lepaskan dari pesanan"), back=reverse("orders:money_in", args=[pk]),
        done=_("Dilepas. Pilih pesanan yang benar; pesanan tadi menunggu pembayaran lagi."),
        context={
            "note": _(
                "Pesanan tadi menunggu lagi dengan barang yang tetap ditahan; bila jumlahnya sudah"
                " dipakai pesanan lain, jumlahnya berubah. Hubungi pembelinya."
            ),
            "facility": row.facility,
        },
    )  # fmt: skip
