"""A seller's own pages: how the shop stands, its words, how it is paid, its numbers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.market import calc, rules
from berdaya.market.actions.selling import change_payee, change_shop, record_permit
from berdaya.market.forms.selling import PayeeForm, PermitForm, ShopForm
from berdaya.market.models import Product, ShopPermit
from berdaya.market.queries import money_of, offered, waiting_orders
from berdaya.market.views.shared import Address, form_page, home, seller_page, shop_of

SHOP = ("name", "about", "shows_owner", "pickup", "sends", "delivery_rp", "rests")
PAYEE = ("qris_payload", "bank", "bank_number", "bank_holder")


@seller_page()
def overview(request: HttpRequest) -> HttpResponse:
    """What is to be done, what keeps the shop from being seen, what the month brought."""
    shop, day = shop_of(request), clock.today()
    months = calc.months_of(money_of(shop))
    this = next((one for one in months if one.month == day.replace(day=1)), None)
    shown = offered(day).filter(shop=shop).count()
    facts = {
        "shop": shop,
        "verdict": rules.may_be_shown(shop),
        "orders": list(waiting_orders(shop)[:20]),
        "month": this or calc.Month(day.replace(day=1), 0, 0),
        "shown": shown,
        "products": Product.objects.filter(shop=shop).count(),
    }
    return render(request, "market/own/overview.html", facts)


@seller_page("GET POST")
def profile(request: HttpRequest) -> HttpResponse:
    """The shop's words and how goods reach a buyer."""
    shop = shop_of(request)
    first = {name: getattr(shop, name) for name in SHOP}

    def do(by: Actor, form: forms.Form) -> Address:
        change_shop(by=by, shop=shop, **form.cleaned_data)
        return "usaha:home", []

    return form_page(
        request,
        make=lambda: ShopForm(request.POST or None, initial=first),
        do=do,
        title=_("Toko Anda"),
        back=home(),
        done=_("Tersimpan."),
    )


@seller_page("GET POST")
def payee(request: HttpRequest) -> HttpResponse:
    """Where buyers pay: straight to the seller."""
    shop = shop_of(request)
    first = {name: getattr(shop, name) for name in PAYEE}

    def do(by: Actor, form: forms.Form) -> Address:
        change_payee(by=by, shop=shop, **form.cleaned_data)
        return "usaha:home", []

    return form_page(
        request,
        make=lambda: PayeeForm(request.POST or None, initial=first),
        do=do,
        title=_("Cara pembeli membayar Anda"),
        back=home(),
        done=_("Tersimpan. Pesanan yang sudah ada tetap memakai yang lama."),
    )


@seller_page("GET POST")
def permits(request: HttpRequest) -> HttpResponse:
    """Numbers of one's own: new ones, or ones that their issuer has moved to this business."""
    shop = shop_of(request)

    def do(by: Actor, form: forms.Form) -> Address:
        told: dict[str, Any] = form.cleaned_data
        last = told["last_day"]
        until = last + timedelta(days=1) if last else None
        record_permit(by=by, shop=shop, kind=told["kind"], number=told["number"], valid_until=until)
        return "usaha:permits", []

    return form_page(
        request,
        make=lambda: PermitForm(request.POST or None),
        do=do,
        title=_("Izin dan nomor"),
        back=home(),
        done=_("Tercatat."),
        template="market/own/permits.html",
        permits=ShopPermit.objects.filter(shop=shop),
        day=clock.today(),
    )
