"""A seller's own book: months, one month's rows, entries, and a file for a loan application."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.look.exports import csv_file
from berdaya.market import calc
from berdaya.market.access import market_view
from berdaya.market.actions.book import record_row, reverse_row
from berdaya.market.forms.selling import RowForm
from berdaya.market.models import BookRow, RowKind
from berdaya.market.queries import book_of, money_of
from berdaya.market.views.shared import Address, form_page, press, seller_page, shop_of

HEADS = ("tanggal", "jenis", "untuk", "catatan", "masuk", "keluar", "saldo")
KINDS = ("date", "text", "text", "text", "money", "money", "money")


@seller_page()
def book(request: HttpRequest) -> HttpResponse:
    """Every month in a line, and the rows of one of them."""
    shop = shop_of(request)
    months = calc.months_of(money_of(shop))
    month = _month(request) or clock.today().replace(day=1)
    facts = {
        "shop": shop,
        "months": months,
        "month": month,
        "rows": list(book_of(shop, month)),
        "sum": next((one for one in months if one.month == month), calc.Month(month, 0, 0)),
        "sale": RowKind.SALE,
        "reversal": RowKind.REVERSAL,
    }
    return render(request, "market/own/book.html", facts)


def _month(request: HttpRequest) -> date | None:
    told = request.GET.get("bulan", "")
    if not told:
        return None
    try:
        return date.fromisoformat(f"{told}-01")
    except ValueError:
        raise Http404 from None


@seller_page()
def file(request: HttpRequest) -> HttpResponse:
    """The whole book as CSV, with a balance, as a bank asks for it."""
    rows = list(book_of(shop_of(request)))
    sums = calc.balances([row.amount_rp for row in rows])
    told = [
        (
            row.day,
            row.get_kind_display(),
            row.get_purpose_display(),
            row.note,
            row.amount_rp if row.amount_rp > 0 else None,
            -row.amount_rp if row.amount_rp < 0 else None,
            left,
        )
        for row, left in zip(rows, sums, strict=True)
    ]
    return csv_file(f"buku-{clock.today():%Y-%m-%d}", HEADS, KINDS, told)


@seller_page("GET POST")
def new_row(request: HttpRequest) -> HttpResponse:
    """Money out, or money in from elsewhere."""
    shop = shop_of(request)

    def do(by: Actor, form: forms.Form) -> Address:
        record_row(by=by, shop=shop, **form.cleaned_data)
        return "usaha:book", []

    return form_page(
        request,
        make=lambda: RowForm(request.POST or None),
        do=do,
        title=_("Catat uang masuk atau keluar"),
        back=reverse("usaha:book"),
        done=_("Tercatat di buku Anda."),
    )


@seller_page("POST")
def reversal(request: HttpRequest, pk: str) -> HttpResponse:
    """A wrong row is undone by a row against it."""
    with market_view():
        row = get_object_or_404(BookRow, shop=shop_of(request), pk=pk)

    def do(by: Actor) -> Address:
        reverse_row(by=by, row=row)
        return "usaha:book", []

    return press(request, do, _("Dibetulkan dengan baris lawannya."))
