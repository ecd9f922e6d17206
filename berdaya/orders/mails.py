"""Mails to buyers: plain text, in the buyer's language, with the way to the order's page."""

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.orders.models import Checkout, Order, OrderLine, OrderState
from berdaya.orders.queries import STOPPABLE, law_of, with_told
from berdaya.orders.telling import slipped_to, tell


def send_slip(order_id: str, day: date) -> bool:
    """Tell the buyer the later day and the right to cancel, while the order is still made."""
    order = _whole(order_id)
    if not order.contact.email or slipped_to(order) is None:
        return False
    with translation.override(order.checkout.language):
        told = {"order": order, "day": day, "address": page_address(order.checkout)}
        body = render_to_string("orders/shop/mail_slip.txt", told | {"lines": order.lines.all()})
        subject = _("Pesanan %(code)s: selesai lebih lambat") % {"code": order.code}
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [order.contact.email])
    return True


def send_stop(order_id: str, *, is_stopped: bool) -> bool:
    """Tell the buyer that the law stopped the goods, or that they go on; only while it is so."""
    order = _whole(order_id)
    is_so = order.state in STOPPABLE and law_of(order).ok != is_stopped
    if not order.contact.email or not is_so:
        return False
    with translation.override(order.checkout.language):
        told = {"order": order, "is_stopped": is_stopped, "address": page_address(order.checkout)}
        body = render_to_string("orders/shop/mail_stop.txt", told | {"lines": order.lines.all()})
        words = _("Pesanan %(code)s: ditahan") if is_stopped else _("Pesanan %(code)s: diteruskan")
        send_mail(
            words % {"code": order.code}, body, settings.DEFAULT_FROM_EMAIL, [order.contact.email]
        )
    return True


def _whole(order_id: str) -> Order:
    lines = Prefetch("lines", with_told(OrderLine.objects.select_related("version")))
    rows = Order.objects.select_related(
        "contact", "checkout", "facility", "book__party", "shipment", "pickup_place"
    )
    return rows.prefetch_related(lines, "claims").get(pk=order_id)


def send_state(order_id: str, state: str) -> bool:
    """Tell the buyer of a state, if an address was given and the order is still in it.

    Goods, amounts and states only: neither name, address nor gift text. False: nothing sent.
    """
    order = _whole(order_id)
    if not order.contact.email or order.state != state:
        return False
    with translation.override(order.checkout.language):
        body = render_to_string("orders/shop/mail.txt", _facts(order))
        send_mail(_subject(order), body, settings.DEFAULT_FROM_EMAIL, [order.contact.email])
    return True


def page_address(checkout: Checkout) -> str:
    """The whole address of a checkout's page, in the active language."""
    return settings.PUBLIC_BASE_URL + reverse("orders:placed", args=[checkout.code])


def _subject(order: Order) -> str:
    words = {
        OrderState.PLACED: _("Pesanan %(code)s: menunggu pembayaran"),
        OrderState.PAID: _("Pesanan %(code)s: pembayaran diterima"),
        OrderState.HANDED_OVER: _("Pesanan %(code)s: sudah diserahkan"),
        OrderState.EXPIRED: _("Pesanan %(code)s: batas waktu bayar lewat"),
        OrderState.CANCELLED: _("Pesanan %(code)s: dibatalkan"),
    }
    return words[OrderState(order.state)] % {"code": order.code}


def _facts(order: Order) -> dict[str, object]:
    shipment = getattr(order, "shipment", None)
    return {
        "order": order,
        "told": tell(order, clock.now(), is_stopped=not law_of(order).ok),
        "lines": order.lines.all(),
        "seller": order.book.party.name,
        "tracking_no": shipment.tracking_no if shipment else "",
        "address": page_address(order.checkout),
    }
