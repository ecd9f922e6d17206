"""The books on the desk: accounts with their sums, entries, one entry with its legs, closing."""

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.rules import may
from berdaya.ledger.actions.books import close_month
from berdaya.ledger.forms import MonthForm
from berdaya.ledger.models import Book, Entry
from berdaya.ledger.queries import trial_balance
from berdaya.ledger.tables import BookTable, EntryTable


def _seen(request: HttpRequest) -> frozenset[int]:
    chosen = request.facility  # type: ignore[attr-defined]
    return frozenset({chosen.pk}) if chosen else request.actor.facility_ids  # type: ignore[attr-defined]


@ability_required("books.view")
def books(request: HttpRequest) -> HttpResponse:
    """Every book of the facilities on view."""
    rows = Book.objects.filter(facility_id__in=_seen(request)).select_related("party", "facility")
    context = {"facility": request.facility}  # type: ignore[attr-defined]
    return BookTable(request, rows).response("ledger/list.html", context)


def _find(code: str) -> Book:
    return get_object_or_404(Book.objects.select_related("party", "facility"), code=code)


@ability_required("books.view")
def book(request: HttpRequest, code: str) -> HttpResponse:
    """One book: its accounts and its entries."""
    row = _find(code)
    entries = Entry.objects.filter(book=row)
    accounts = [one for one in trial_balance(row) if one.debit_rp or one.credit_rp or one.before_rp]
    context = {
        "facility": row.facility,
        "book": row,
        "accounts": accounts,
        "is_examined": any(one.before_rp for one in accounts),
        "closed": list(row.closed_months.order_by("-month")[:12]),
        "can_close": may(request.actor, "deposit.record", row.facility_id).ok,  # type: ignore[attr-defined]
        "form": MonthForm(),
        "heading": _lazy("Jurnal"),
    }
    amount = {"amount_rp": Sum("legs__debit_rp")}
    return EntryTable(request, entries, reckoned=amount).response("ledger/book.html", context)


@ability_required("deposit.record", "GET POST")
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """Close a month of a book (tutup buku)."""
    form = MonthForm(request.POST or None)
    if form.is_valid():
        with acting(request.actor, "book.close") as scope:  # type: ignore[attr-defined]
            row = _find(code)
            close_month(by=scope.actor, book=row, month=form.cleaned_data["month"])
        messages.success(request, _("Bulan itu ditutup."))
    return redirect("ledger:book", code)


@ability_required("books.view")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its legs."""
    rows = Entry.objects.select_related("book__party", "facility", "recorded_by", "reverses")
    row = get_object_or_404(rows, pk=pk)
    legs = row.legs.select_related("account", "participant").order_by("pk")
    context = {"facility": row.facility, "entry": row, "legs": legs}
    return render(request, "ledger/entry.html", context)
