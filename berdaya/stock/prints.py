"""Stock on paper: the stock card, the gate pass, the delivery note, labels of a lot."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty
from berdaya.goods.models import Variant
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.stock.models import GatePass, Lot, Place
from berdaya.stock.queries import CardLine, StockCard, stock_card

STOCK_CARD = "KS"


def register() -> None:
    """Tell the register of documents how the papers of stock are printed."""
    declare_print(STOCK_CARD, card_pdf, page_of_card)
    declare_print("SIKB", gate_pass_pdf, page_of)
    declare_print("SJ", delivery_note_pdf, page_of)


def page_of(document: Document) -> str:
    """The gate pass that the document is about."""
    return reverse("stock:gate_pass", args=[document.subject_ref.removeprefix("gate:")])


def card_subject(variant: Variant, card: StockCard, place: Place | None) -> str:
    """What a printed stock card is about: the variant at a place (0: all) over some days."""
    return f"card:{variant.pk}:{place.pk if place else 0}:{card.start}:{card.end}"


def page_of_card(document: Document) -> str:
    """The stock card on the screen, of the same days."""
    _card, variant, place, start, end = document.subject_ref.split(":")
    asked = {"dari": start, "sampai": end} | ({"tempat": place} if int(place) else {})
    return f"{reverse('stock:card', args=[variant])}?{urlencode(asked)}"


def card_pdf(document: Document, paper: Paper) -> bytes:
    """The stock card (kartu stok), in Indonesian, as units file it."""
    _card, variant_id, place_id, start, end = document.subject_ref.split(":")
    variant = Variant.objects.select_related("measure", "product").get(pk=variant_id)
    place = Place.objects.filter(pk=place_id).first()
    days = date.fromisoformat(start), date.fromisoformat(end)
    card = stock_card(variant.pk, place and place.pk, *days)
    printed = clock.format_instant(clock.now(), document.facility.timezone)
    with override("id"):
        data = head_of(document) | {
            "footer": f"{document.number_text} · {variant.sku} · {printed}",
            "facts": [
                ["Barang", variant.full_label],
                ["Kode barang", variant.sku],
                ["Satuan", variant.measure.name],
                ["Tempat", place.name if place else "Semua tempat"],
                ["Masa", f"{clock.format_date(card.start)} s.d. {clock.format_date(card.end)}"],
            ],
            "opening": ["", "", "Saldo awal", "", "", format_qty(card.opening)],
            "rows": [_card_row(line) for line in card.lines],
            "total": [
                "", "", "Jumlah", format_qty(card.came), format_qty(card.went),
                format_qty(card.closing),
            ],
        }  # fmt: skip
    return render_pdf("stock/card.typ", data, paper)


def origin_url(row: Lot) -> str:
    """Where anybody may ask whether an item of this lot is genuine."""
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}/asal/{row.public_code}"


def qr_svg(row: Lot) -> bytes:
    """The QR of the lot's public address."""
    svg = BytesIO()
    drawn = segno.make(origin_url(row), error="m", micro=False)
    drawn.save(svg, kind="svg", scale=4, border=4, dark="#141B36", light="#FFFFFF")
    return svg.getvalue()


def labels_data(row: Lot) -> dict[str, Any]:
    """What a label of this lot says, in Indonesian: what, where, and how to look it up."""
    with override("id"):
        return {
            "name": row.variant.full_label,
            "place": row.facility.name,
            "words": "Pindai: asal, izin, dan pembagian hasilnya",
            "code": row.public_code_text,
            "qr": qr_svg(row).decode(),
        }


def labels_pdf(row: Lot) -> bytes:
    """A sheet of 24 labels on A4; its variant, product and facility must be loaded."""
    return render_pdf("stock/labels.typ", labels_data(row), "a4")


def _card_row(line: CardLine) -> list[str]:
    moved = line.movement
    words = [str(moved.get_kind_display()), moved.lot.code, moved.place.name, moved.note]
    came = format_qty(line.came) if line.came is not None else ""
    went = format_qty(line.went) if line.went is not None else ""
    said = " · ".join(word for word in words if word)
    day = moved.day.strftime("%d-%m-%Y")
    return [day, moved.reference, said, came, went, format_qty(line.balance)]


def gate_pass_pdf(document: Document, paper: Paper) -> bytes:
    """The gate pass (surat izin keluar barang)."""
    found = _pass_of(document)
    data = head_of(document) | {
        "facts": _pass_facts(found),
        "paragraphs": _said(found, "Diizinkan keluar dari lingkungan UPT barang-barang berikut:"),
        "table": _pass_table(found),
        "closing": ["Petugas pintu (P2U) memeriksa jumlah dan jenis barang sebelum barang keluar."],
        "gate": ["Diperiksa di P2U", "tanggal ………………… pukul …………", "Petugas P2U"],
    }
    return render_pdf("stock/gate_pass.typ", data, paper)


def delivery_note_pdf(document: Document, paper: Paper) -> bytes:
    """The delivery note (surat jalan): received and signed at the other end."""
    found = _pass_of(document)
    data = head_of(document) | {
        "facts": _pass_facts(found),
        "paragraphs": _said(found, "Bersama ini kami kirimkan barang-barang berikut:"),
        "table": _pass_table(found),
        "closing": ["Barang telah diterima dalam keadaan baik dan cukup jumlahnya."],
        "gate": ["Diterima oleh", "tanggal …………………………", "Penerima"],
    }
    return render_pdf("stock/gate_pass.typ", data, paper)


def _pass_of(document: Document) -> GatePass:
    rows = GatePass.objects.select_related("place", "to_place")
    return rows.get(code=document.subject_ref.removeprefix("gate:"))


def _said(found: GatePass, words: str) -> list[str]:
    """What the paper says, or that it says nothing any more."""
    is_withdrawn = found.withdrawn_at is not None
    return ["DICABUT. Surat ini tidak berlaku lagi."] if is_withdrawn else [words]


def _pass_facts(found: GatePass) -> list[list[str]]:
    facts = [
        ["Kode", found.code],
        ["Keluar dari", found.place.name],
        ["Tujuan", found.destination],
        ["Tanggal keluar", clock.format_date(found.day)],
        ["Pembawa", found.carrier],
        ["Kendaraan", found.vehicle],
    ]
    return [fact for fact in facts if fact[1]]


def _pass_table(found: GatePass) -> dict[str, Any]:
    lines = found.lines.select_related("lot__variant__measure", "lot__variant__product")
    rows = [
        [
            str(number),
            line.lot.variant.full_label,
            line.lot.code,
            format_qty(line.qty),
            line.lot.variant.measure.name,
        ]
        for number, line in enumerate(lines.order_by("pk"), start=1)
    ]
    return {
        "heads": ["No.", "Barang", "Kode produksi", "Jumlah", "Satuan"],
        "rows": rows,
        "kinds": ["right", "left", "left", "right", "left"],
        "wide": 1,
    }
