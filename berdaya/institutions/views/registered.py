"""Bank accounts and QRIS: registered by one person, confirmed or turned down by another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.actions import accounts
from berdaya.institutions.forms import BankAccountForm, DeclineForm, LastDayForm, QrisForm
from berdaya.institutions.models import Account, BankAccount, QrisAccount
from berdaya.institutions.pages import Address, act, form_page, one_unit, seen
from berdaya.institutions.rules import may_decide_account, may_for_party, may_somewhere
from berdaya.institutions.tables import ACCOUNT_STATES, BankTable, QrisTable, account_state
from berdaya.institutions.views.parties import parties_on_view
from berdaya.look.tables import Table


@dataclass(frozen=True)
class Kind:
    """One of the two ways for money to arrive, and where its pages are."""

    model: type[BankAccount | QrisAccount]
    table: type[Table]
    form: type[forms.Form]
    register: Callable[..., Any]
    title: str | Promise
    name: str

    @property
    def page(self) -> str:
        """The name of one account's page; the list's and the form's are made from it."""
        return f"institutions:{self.name}"

    @property
    def list_page(self) -> str:
        return f"institutions:{self.name}s"

    @property
    def new_page(self) -> str:
        return f"institutions:new_{self.name}"


KINDS = {
    "bank": Kind(
        BankAccount,
        BankTable,
        BankAccountForm,
        accounts.register_bank_account,
        _lazy("Daftarkan rekening"),
        "bank_account",
    ),
    "qris": Kind(
        QrisAccount,
        QrisTable,
        QrisForm,
        accounts.register_qris,
        _lazy("Daftarkan QRIS"),
        "qris_account",
    ),
}


def _may_register(request: HttpRequest) -> bool:
    return may_somewhere(request.actor, "account.register").ok  # type: ignore[attr-defined]


@ability_required("books.view")
def account_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Every account of the parties of the facilities on view."""
    one = KINDS[kind]
    rows = one.model.objects.filter(owner__facility__in=seen(request)).select_related("owner")
    url = reverse(one.new_page) if _may_register(request) else ""
    context = {"new_url": url, "new_label": one.title}
    return one.table(request, rows).response("look/list_page.html", context)


def _find(request: HttpRequest, kind: str, pk: int) -> Account:
    """The account of a party on view; 404 for another unit's."""
    rows = KINDS[kind].model.objects.filter(owner__in=parties_on_view(request))
    found: Account = get_object_or_404(
        rows.select_related("owner__facility", "registered_by", "decided_by"), pk=pk
    )
    return found


@ability_required("books.view")
def account(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One account as registered, who did, who decided, and what can be done now."""
    row = _find(request, kind, pk)
    return _page(request, kind, row, DeclineForm())


def _page(request: HttpRequest, kind: str, row: Account, form: DeclineForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    state = account_state(row)
    ends = may_for_party(actor, "account.register", row.owner.facility_id).ok
    context = {
        "facility": row.owner.facility,
        "kind": kind,
        "account": row,
        "state": ACCOUNT_STATES[state],
        "is_waiting": state == "waiting",
        "can_decide": may_decide_account(actor, row).ok,
        "can_end": ends and state == "confirmed" and row.valid_until is None,
        "form": form,
        "list_url": reverse(KINDS[kind].list_page),
        "list_title": KINDS[kind].table.caption,
    }
    status = 422 if form.is_bound else 200
    return render(request, "institutions/registered.html", context, status=status)


@ability_required("account.register", "GET POST")
def new_account(request: HttpRequest, kind: str) -> HttpResponse:
    """The form; posted, it waits for a second person."""
    one, unit = KINDS[kind], one_unit(request)

    def make() -> forms.Form:
        owners = parties_on_view(request).filter(facility=unit).order_by("name")
        first = {"valid_from": clock.today(unit.timezone)}
        return one.form(request.POST or None, owners=owners, initial=first)  # type: ignore[call-arg]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return one.page, [one.register(by=by, **facts).pk]

    return form_page(
        request, make=make, do=do, reason=f"{kind}.register", title=str(one.title),
        back=reverse(one.list_page), done=_("Terdaftar. Orang lain masih harus mengesahkannya."),
        context={"note": _("Belum dapat dipakai sebelum disahkan orang kedua.")},
    )  # fmt: skip


@ability_required("account.confirm", "POST")
def confirmation(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A second person has compared it with the letter: from now on it may be used."""

    def do(by: Actor) -> Address:
        accounts.confirm_account(by=by, account=_find(request, kind, pk))
        return KINDS[kind].page, [pk]

    return act(request, f"{kind}.confirm", do, _("Disahkan. Mulai sekarang dapat dipakai."))


@ability_required("account.confirm", "POST")
def refusal(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """It is not as the letter says: turned down, with the reason."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        with reading(request):
            return _page(request, kind, _find(request, kind, pk), form)

    def do(by: Actor) -> Address:
        row = _find(request, kind, pk)
        accounts.decline_account(by=by, account=row, **form.cleaned_data)
        return KINDS[kind].page, [pk]

    return act(request, f"{kind}.decline", do, _("Ditolak. Pendaftarnya melihat alasannya."))


@ability_required("account.register", "GET POST")
def ending(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The last day on which money may arrive there."""
    with reading(request):
        row = _find(request, kind, pk)
    form = LastDayForm(request.POST or None, initial={"last_day": clock.today()})

    def do(by: Actor, _facts: dict[str, Any]) -> Address:
        accounts.end_account(by=by, account=row, on=form.on)
        return KINDS[kind].page, [pk]

    return form_page(
        request, make=lambda: form, do=do, reason=f"{kind}.end",
        title=_("Akhiri: %(account)s") % {"account": row},
        back=reverse(KINDS[kind].page, args=[pk]), done=_("Berakhir pada tanggal itu."),
    )  # fmt: skip
