"""Parties with their dated revenue regime."""

from typing import Any

from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.actions import parties
from berdaya.institutions.forms import ContactForm, PartyForm, RegimeForm
from berdaya.institutions.models import (
    BankAccount,
    Party,
    PartyKind,
    QrisAccount,
    RegimeKind,
    RevenueRegime,
)
from berdaya.institutions.pages import Address, can, form_page, one_unit, seen
from berdaya.institutions.rules import may_for_party
from berdaya.institutions.tables import (
    ACCOUNT_STATES,
    WINDOWS,
    PartyTable,
    account_state,
    window_of,
)

ACCOUNT_PAGES = (
    (BankAccount, "institutions:bank_account"),
    (QrisAccount, "institutions:qris_account"),
)
# Parties of no unit that everybody deals with; other people's stay with the offices.
SHARED = (PartyKind.DEKRANASDA, PartyKind.AGENCY)


def parties_on_view(request: HttpRequest) -> "QuerySet[Party]":
    return Party.objects.filter(
        Q(facility__in=seen(request)) | Q(facility=None, kind__in=SHARED)
    ).select_related("facility")


@ability_required("books.view")
def party_list(request: HttpRequest) -> HttpResponse:
    """Parties of the facilities on view, with today's regime."""
    held = RevenueRegime.objects.on(clock.today()).filter(party=OuterRef("pk"))
    rows = parties_on_view(request).annotate(
        regime=Subquery(held.values("kind")[:1]),
        agreement_no=Subquery(held.values("agreement_no")[:1]),
    )
    context = {
        "new_url": reverse("institutions:new_party") if can(request, "party.edit") else "",
        "new_label": _("Pihak baru"),
    }
    return PartyTable(request, rows.distinct()).response("look/list_page.html", context)


@ability_required("books.view")
def party(request: HttpRequest, code: str) -> HttpResponse:
    """One party: its regimes, newest first, and its accounts."""
    row = get_object_or_404(parties_on_view(request), code=code)
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "party": row,
        "regimes": [(one, WINDOWS[window_of(one)]) for one in row.regimes.order_by("-valid_from")],
        "accounts": [
            (one, ACCOUNT_STATES[account_state(one)], reverse(page, args=[one.pk]))
            for model, page in ACCOUNT_PAGES
            for one in model.objects.filter(owner=row).order_by("-valid_from")
        ],
        "can_edit": may_for_party(actor, "party.edit", row.facility_id).ok,
    }
    return render(request, "institutions/party.html", context)


@ability_required("party.edit", "GET POST")
def new_party(request: HttpRequest) -> HttpResponse:
    """A cooperative, partner or other holder of the chosen unit."""
    unit = one_unit(request)

    def make() -> forms.Form:
        return PartyForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = parties.record_party(by=by, facility=unit, **facts)
        return "institutions:party", [made.code]

    return form_page(
        request, make=make, do=do, reason="party.record", title=_("Pihak baru"),
        back=reverse("institutions:parties"), done=_("Tercatat. Catat rezim pendapatannya."),
    )  # fmt: skip


@ability_required("party.edit", "GET POST")
def new_regime(request: HttpRequest, code: str) -> HttpResponse:
    """How this party's revenue is treated from a day on."""
    with reading(request):
        row = get_object_or_404(parties_on_view(request), code=code)

    def make() -> forms.Form:
        return RegimeForm(request.POST or None, initial={"valid_from": clock.today()})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        kind = RegimeKind(facts.pop("kind"))
        parties.set_revenue_regime(by=by, party=row, kind=kind, **facts)
        return "institutions:party", [code]

    return form_page(
        request, make=make, do=do, reason="party.regime",
        title=_("Rezim pendapatan: %(name)s") % {"name": row.name},
        back=reverse("institutions:party", args=[code]), done=_("Berlaku mulai tanggal itu."),
        context={"note": _("Penjualan yang sudah tercatat tidak berubah.")},
    )  # fmt: skip


@ability_required("party.edit", "GET POST")
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Where buyers reach this seller."""
    with reading(request):
        row = get_object_or_404(parties_on_view(request), code=code)

    def make() -> forms.Form:
        return ContactForm(request.POST or None, initial={"contact": row.contact})

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        parties.set_contact(by=by, party=row, contact=facts["contact"])
        return "institutions:party", [code]

    return form_page(
        request, make=make, do=do, reason="party.contact",
        title=_("Kontak: %(name)s") % {"name": row.name},
        back=reverse("institutions:party", args=[code]), done=_("Tampil di toko mulai sekarang."),
    )  # fmt: skip
