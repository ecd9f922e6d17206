"""Orders on paper: the pick list for inside without a word of who buys, the label for outside."""

from typing import Any

from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty
from berdaya.goods.models import said_once
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import render_pdf
from berdaya.orders.models import Order
from berdaya.orders.queries import open_holds


def picklist_pdf(order: Order) -> bytes:
    """The pick list (daftar ambil) on A5: order code, goods, lot, place, quantity, and no more.

    Makers pack: what they handle says nothing about the buyer (design, people).
    """
    return render_pdf("orders/picklist.typ", picklist_words(order), "a5")


def picklist_words(order: Order) -> dict[str, Any]:
    """What the pick list says; read from order, lines and holds only, never from the contact."""
    lines = list(order.lines.select_related("variant__product").order_by("pk"))
    holds = list(open_holds(order))
    rows = []
    for line in lines:
        what = said_once(line.variant.product.name, line.variant.name)
        mine = [hold for hold in holds if hold.line_id == line.pk]
        rows += [[what, hold.lot.code, hold.place.name, format_qty(hold.qty), ""] for hold in mine]
        missing = line.qty - sum(hold.qty for hold in mine)
        if missing:
            rows.append([what, "belum ada lot", "", format_qty(missing), ""])
    with override("id"):
        return {
            "title": "Daftar Ambil",
            "number": order.code,
            "footer": order.code,
            "facility": {"name": order.facility.name, "above": [], "address": order.facility.town},
            "seed": order.facility.code,
            "is_sample": is_demo(),
            "facts": [
                ["Pesanan", order.code],
                ["Dipesan", clock.format_date(clock.local(order.placed_at).date())],
                ["Penyerahan", "Diambil di galeri" if order.is_pickup else "Dikirim"],
            ],
            "rows": rows,
        }


def label_pdf(order: Order) -> bytes:
    """The label on A6 with the buyer's address; a gift text stands on a strip to cut off."""
    return render_pdf("orders/label.typ", label_words(order), "a6")


def label_words(order: Order) -> dict[str, Any]:
    """Who gets the parcel, and who sends it."""
    contact = order.contact
    places, region = [], contact.region
    while region is not None:
        places.append(region.name)
        region = region.parent
    with override("id"):
        return {
            "title": f"Label {order.code}",
            "number": order.code,
            "footer": order.code,
            "seed": order.facility.code,
            "is_sample": is_demo(),
            "code": order.code,
            "sender": [order.book.party.name, order.facility.town],
            "name": contact.name,
            "phone": contact.phone,
            "address": contact.address,
            "places": [", ".join(places), contact.postcode],
            "is_pickup": order.is_pickup,
            "weight": f"{format_qty(order.weight_g)} g",
            "gift": contact.gift_note,
        }
