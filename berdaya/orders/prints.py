"""Orders on paper: the pick list for inside without a word of who buys, the label for outside."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty
from berdaya.goods.models import said_once
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.orders.models import HeldOutcome, Hold, Order
from berdaya.orders.queries import open_holds
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of


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


def register() -> None:
    """The register of documents prints what goes with an order."""
    declare_print("SJ", delivery_note_pdf, order_page, subject="order")


def order_page(document: Document) -> str:
    """The address of the order a document goes with."""
    return reverse("orders:order", args=[document.subject_ref.removeprefix("order:")])


def delivery_note_pdf(document: Document, paper: Paper) -> bytes:
    """The delivery note (surat jalan) of a packed order."""
    return render_pdf("stock/gate_pass.typ", delivery_note_words(document), paper)


def delivery_note_words(document: Document) -> dict[str, Any]:
    """What it says: goods, lots and where to, never to whom."""
    code = document.subject_ref.removeprefix("order:")
    order = Order.objects.select_related("contact__region__parent", "facility").get(code=code)
    region = order.contact.region
    where = region.parent.name if region and region.parent else "alamat pada label"
    return head_of(document) | {
        "facts": [["Pesanan", order.code], ["Tujuan", where], ["Berat", f"{order.weight_g} g"]],
        "paragraphs": ["Bersama ini kami kirimkan barang-barang berikut:"],
        "table": _goods_of(order),
        "closing": ["Barang telah diterima dalam keadaan baik dan cukup jumlahnya."],
        "gate": ["Diterima oleh", "tanggal …………………………", "Kurir atau penerima"],
    }


def _goods_of(order: Order) -> dict[str, Any]:
    """The lots as they were packed, also once they are handed over."""
    holds = Hold.objects.filter(line__order=order).exclude(outcome=HeldOutcome.FREED)
    rows = [
        [str(number), one.lot.variant.full_label, one.lot.code, format_qty(one.qty),
         one.lot.variant.measure.name]
        for number, one in enumerate(
            holds.select_related("lot__variant__product", "lot__variant__measure").order_by("pk"), 1
        )
    ]  # fmt: skip
    return {
        "heads": ["No.", "Barang", "Kode produksi", "Jumlah", "Satuan"],
        "rows": rows,
        "kinds": ["right", "left", "left", "right", "left"],
        "wide": 1,
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
