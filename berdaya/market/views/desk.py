"""The UMKM side's pages: applications to look at, shops to keep an eye on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.institutions.rules import may_anywhere
from berdaya.market import rules
from berdaya.market.actions.applying import (
    admit_application,
    ask_applicant,
    decline_application,
    note_invited,
    turn_shop,
)
from berdaya.market.actions.entering import invite_seller
from berdaya.market.forms.entering import ReasonForm
from berdaya.market.mails import address
from berdaya.market.models import Application, Decision, Seller, Shop, ShopPermit, Verb
from berdaya.market.queries import counts_of, rows_in_reach
from berdaya.market.tables import ApplicationTable, ShopTable

TEMPLATE = "market/desk/list.html"


@ability_required("market.view")
def applications(request: HttpRequest) -> HttpResponse:
    """Every application of the officer's regions."""
    rows = _seen(request, Application.objects.select_related("region"))
    return ApplicationTable(request, rows).response(TEMPLATE, {"tab": "applications"})


@ability_required("market.view")
def shops(request: HttpRequest) -> HttpResponse:
    """Every shop there."""
    rows = _seen(request, Shop.objects.select_related("region"))
    return ShopTable(request, rows).response(TEMPLATE, {"tab": "shops"})


def _seen(request: HttpRequest, rows: Any) -> Any:
    return rows_in_reach(request.actor, rows)  # type: ignore[attr-defined]


def _application(request: HttpRequest, pk: UUID) -> Application:
    rows = Application.objects.select_related("region__parent")
    row: Application = get_object_or_404(_seen(request, rows), pk=pk)
    return row


def _shop(request: HttpRequest, pk: UUID) -> Shop:
    rows = Shop.objects.select_related("region__parent", "application")
    row: Shop = get_object_or_404(_seen(request, rows), pk=pk)
    return row


@ability_required("market.view")
def application(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was sent, what was decided, and what can be."""
    row = _application(request, pk)
    facts = {
        "application": row,
        "decisions": _told(row),
        "shop": Shop.objects.filter(application=row).first(),
        "can_decide": may_anywhere(request.actor, "market.admit"),  # type: ignore[attr-defined]
    }
    return render(request, "market/desk/application.html", facts)


def _told(row: Application) -> list[Decision]:
    return list(Decision.objects.filter(application=row).select_related("by"))


@ability_required("market.admit", "POST")
def admission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Admit: a shop comes of it, and an invitation goes out."""
    with reading(request):
        row = _application(request, pk)

    def do(by: Actor) -> Address:
        return "market:shop", [admit_application(by=by, application=row).pk]

    done = _("Diterima. Undangannya dikirim lewat surel, bila ada.")
    return act(request, "market.admit", do, done)


def _with_reason(
    request: HttpRequest, row: Application, do: Callable[[Actor, str], None], title: str, done: str
) -> HttpResponse:
    def write(by: Actor, facts: dict[str, Any]) -> Address:
        do(by, facts["note"])
        return "market:application", [row.pk]

    return form_page(
        request,
        make=lambda: ReasonForm(request.POST or None),
        do=write,
        reason="market.decide",
        title=title,
        back=reverse("market:application", args=[row.pk]),
        done=done,
    )


@ability_required("market.admit", "GET POST")
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for more."""
    with reading(request):
        row = _application(request, pk)
    return _with_reason(
        request,
        row,
        lambda by, note: ask_applicant(by=by, application=row, question=note),
        _("Minta dilengkapi: %s") % row.shop_name,
        _("Terkirim kepada pendaftar."),
    )


@ability_required("market.admit", "GET POST")
def refusal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not admitted, and why."""
    with reading(request):
        row = _application(request, pk)
    return _with_reason(
        request,
        row,
        lambda by, note: decline_application(by=by, application=row, reason=note),
        _("Tidak menerima: %s") % row.shop_name,
        _("Terkirim kepada pendaftar."),
    )


@ability_required("market.view")
def shop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a shop stands; of its orders only how many, of its book nothing."""
    row = _shop(request, pk)
    counts = counts_of(row)
    facts = {
        "shop": row,
        "address": address("toko:shop", row.code),
        "verdict": rules.may_be_shown(row),
        "permits": list(ShopPermit.objects.filter(shop=row)),
        "seller": Seller.objects.get(shop=row),
        "orders": sum(counts.values()),
        "decisions": _told(row.application),
        "day": clock.today(),
        "can_decide": may_anywhere(request.actor, "market.admit"),  # type: ignore[attr-defined]
    }
    return render(request, "market/desk/shop.html", facts)


@ability_required("market.admit", "POST")
def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new code to hand over, shown once: for whoever has no mail, or forgot the password."""
    with reading(request):
        row = _shop(request, pk)
        seller = Seller.objects.get(shop=row)

    def do(by: Actor) -> Address:
        code = invite_seller(by=by, seller=seller)
        note_invited(by=by, shop=row)
        told = _("Kode undangan, hanya sekali ini tampil: %(code)s. Nama masuk: %(login)s.")
        messages.warning(request, told % {"code": code, "login": seller.login})
        return "market:shop", [pk]

    return act(request, "market.invite", do, _("Undangan baru dibuat; yang lama tidak berlaku."))


def _turned(request: HttpRequest, pk: UUID, verb: str, title: str, done: str) -> HttpResponse:
    with reading(request):
        row = _shop(request, pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        turn_shop(by=by, shop=row, verb=verb, note=facts.get("note", ""))
        return "market:shop", [pk]

    return form_page(
        request,
        make=lambda: ReasonForm(request.POST or None),
        do=do,
        reason=f"market.{verb}",
        title=title % row.name,
        back=reverse("market:shop", args=[pk]),
        done=done,
    )


@ability_required("market.admit", "GET POST")
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Out of sight for a while, and why."""
    return _turned(request, pk, Verb.PAUSE, _("Hentikan sementara: %s"), _("Dihentikan."))


@ability_required("market.admit", "GET POST")
def closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For good, and why."""
    return _turned(request, pk, Verb.CLOSE, _("Tutup toko: %s"), _("Ditutup."))


@ability_required("market.admit", "POST")
def resumption(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open again."""
    with reading(request):
        row = _shop(request, pk)

    def do(by: Actor) -> Address:
        turn_shop(by=by, shop=row, verb=Verb.RESUME)
        return "market:shop", [pk]

    return act(request, "market.resume", do, _("Dibuka lagi."))
