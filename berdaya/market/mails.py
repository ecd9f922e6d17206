"""Mails under the neutral name: plain text, no word, sender or message id of any other house."""

import secrets
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from berdaya.core.scope import Actor
from berdaya.market.actions.entering import INVITED_DAYS, invite_seller
from berdaya.market.models import Application, ApplicationState, Order, OrderState
from berdaya.market.queries import order_with


def order_moved(order_id: str, state: str) -> int:
    """Tell the buyer of a state, and the seller of an order; returns how many mails went out.

    Goods, amounts and states only: neither the buyer's name nor address. Nothing once it moved on.
    """
    code = Order.objects.filter(pk=order_id, state=state).values_list("code", flat=True).first()
    order = order_with(code) if code else None
    if order is None:
        return 0
    sent = _send(
        order.contact.email,
        order.language,
        lambda: _order_subject(order),
        "market/mail/order.txt",
        {
            "order": order,
            "state": order.state,
            "lines": order.lines.all(),
            "address": partial(address, "toko:order", order.code),
        },
    )
    if state == OrderState.PLACED:
        sent += _send(
            order.shop.email,
            "id",
            lambda: _("Pesanan baru di toko Anda"),
            "market/mail/new_order.txt",
            {
                "order": order,
                "lines": order.lines.all(),
                "address": partial(address, "usaha:orders"),
            },
        )
    return sent


def application_moved(by: Actor, application_id: str) -> int:
    """Tell the applicant, with an invitation once admitted; returns how many mails went out."""
    application = Application.objects.get(pk=application_id)
    facts: dict[str, Any] = {"application": application, "state": application.state}
    if not application.email:
        return 0
    if application.state == ApplicationState.ADMITTED:
        seller = application.shop.seller
        if seller.password:
            return 0
        facts |= {"code": invite_seller(by=by, seller=seller), "login": seller.login}
        facts |= {"days": INVITED_DAYS, "address": partial(address, "usaha:invitation")}
    else:
        facts["address"] = partial(address, "usaha:application", application.code)
    return _send(
        application.email,
        application.language,
        lambda: _("Pendaftaran usaha: %(name)s") % {"name": application.shop_name},
        "market/mail/application.txt",
        facts,
    )


def address(name: str, *args: str) -> str:
    """The whole address of a page under the neutral name, in the active language."""
    return settings.NEUTRAL_BASE_URL.rstrip("/") + reverse(name, args=args)


def _order_subject(order: Order) -> str:
    words = {
        OrderState.PLACED: _("Pesanan di %(shop)s: menunggu pembayaran"),
        OrderState.PAID: _("Pesanan di %(shop)s: pembayaran diterima"),
        OrderState.PACKED: _("Pesanan di %(shop)s: sudah dikemas"),
        OrderState.HANDED_OVER: _("Pesanan di %(shop)s: sudah diserahkan"),
        OrderState.EXPIRED: _("Pesanan di %(shop)s: batas waktu bayar lewat"),
        OrderState.CANCELLED: _("Pesanan di %(shop)s: dibatalkan"),
        OrderState.REFUNDED: _("Pesanan di %(shop)s: uang dikembalikan"),
    }
    return words[OrderState(order.state)] % {"shop": order.shop.name}


def _send(to: str, language: str, subject: Any, template: str, facts: dict[str, Any]) -> int:
    if not to:
        return 0
    with translation.override(language):
        host = urlsplit(settings.NEUTRAL_BASE_URL).hostname
        facts = {**facts, "address": facts["address"]()}
        mail = EmailMessage(
            subject(),
            render_to_string(template, facts),
            settings.NEUTRAL_MAIL_FROM,
            [to],
            # Django would name this machine.
            headers={"Message-ID": f"<{secrets.token_hex(16)}@{host}>"},
        )
        return mail.send()
