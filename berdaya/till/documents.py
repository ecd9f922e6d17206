"""Numbered papers of a stall: BAST out and back, and the record of a reckoning."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty, format_rp, in_words
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.proceeds.calc import line_amount
from berdaya.till import agreement
from berdaya.till.models import HandBack, HandOut, HandOutLine, HandOutLoss, Settlement

HEADS = ["No.", "Barang", "Kode produksi", "Jumlah", "Satuan", "Harga satuan", "Nilai"]
RECKONED = ["No.", "Barang", "Diserahkan", "Kembali", "Hilang", "Terjual", "Jumlah"]
GOODS = ("lot", "variant__measure", "variant__product")


def register() -> None:
    """Tell the register of documents how each is printed, and which page it came from."""
    declare_print("BAST", hand_out_pdf, _page_of_hand_out, subject="handout")
    declare_print("BAST", hand_back_pdf, _page_of_hand_back, subject="handback")
    declare_print("BAPT", settlement_pdf, _page_of_settlement)


def _code(document: Document) -> str:
    return document.subject_ref.partition(":")[2]


def _page_of_hand_out(document: Document) -> str:
    return reverse("till:hand_out", args=[HandOut.objects.get(code=_code(document)).pk])


def _page_of_hand_back(document: Document) -> str:
    row = HandBack.objects.get(code=_code(document))
    return reverse("till:hand_out", args=[row.hand_out_id])


def _page_of_settlement(document: Document) -> str:
    return reverse("till:settlement", args=[Settlement.objects.get(code=_code(document)).pk])


def hand_out_pdf(document: Document, paper: Paper) -> bytes:
    """What was handed to the stall, as counted there, under which agreement."""
    rows = HandOut.objects.select_related("book__party", "stall__event", "stall__cash_taker")
    made = rows.get(code=_code(document))
    lines = made.lines.select_related(*GOODS).order_by("pk")
    facts = [
        ["Pihak pertama", made.book.party.name],
        ["Pihak kedua", made.stall.cash_taker.name],
        ["Acara dan stan", f"{made.stall.event.name}, {made.stall.label}"],
        ["Tanggal serah terima", clock.format_date(document.day)],
        ["Kode", made.code],
    ]
    closing = [f"{n}. {text}" for n, text in enumerate(agreement.TEXTS[made.agreement_version], 1)]
    if made.receipt_note:
        closing.append(f"Selisih saat diterima: {made.receipt_note}")
    told = _handed(((one, one.received_qty or 0) for one in lines), made.stall.cash_taker.name)
    # The agreement speaks of the lowest price on the list.
    for row, line in zip(told["rows"], lines, strict=True):
        row[1] = f"{row[1]} (harga terendah {format_rp(line.lowest_rp)})"
    opening = "Pihak pertama menitipkan kepada pihak kedua barang berikut untuk dijual:"
    return _printed(document, paper, told | {"facts": facts, "closing": closing}, opening)


def hand_back_pdf(document: Document, paper: Paper) -> bytes:
    """What the stall gave back to the owner's store."""
    rows = HandBack.objects.select_related(
        "hand_out__book__party", "hand_out__stall__event", "hand_out__stall__cash_taker"
    )
    back = rows.get(code=_code(document))
    made = back.hand_out
    lines = back.lines.select_related(*(f"line__{name}" for name in GOODS)).order_by("pk")
    facts = [
        ["Pihak pertama", made.stall.cash_taker.name],
        ["Pihak kedua", made.book.party.name],
        ["Acara dan stan", f"{made.stall.event.name}, {made.stall.label}"],
        ["Tanggal serah terima", clock.format_date(back.day)],
        ["Kode", f"{back.code} (dari {made.code})"],
    ]
    told = _handed(((one.line, one.qty) for one in lines), made.book.party.name)
    closing = [back.note] if back.note else []
    opening = "Pihak pertama mengembalikan kepada pihak kedua barang yang tidak terjual berikut:"
    return _printed(document, paper, told | {"facts": facts, "closing": closing}, opening)


def _printed(document: Document, paper: Paper, told: dict[str, Any], opening: str) -> bytes:
    with override("id"):
        data = head_of(document) | told | {"heads": HEADS, "opening": opening}
        return render_pdf("proceeds/handover.typ", data, paper)


def _handed(rows: Iterable[tuple[HandOutLine, Any]], receiver: str) -> dict[str, Any]:
    listed = [(line, qty, line_amount(qty, line.price_rp, 0)) for line, qty in rows]
    total = sum(amount for *_rest, amount in listed)
    return {
        "rows": [
            [
                str(number), line.variant.full_label, line.lot.code, format_qty(qty),
                line.variant.measure.name, format_rp(line.price_rp), format_rp(amount),
            ]
            for number, (line, qty, amount) in enumerate(listed, start=1)
        ],
        "total": ["", "Jumlah", "", "", "", "", format_rp(total)],
        "words": in_words(total),
        "receiver": receiver,
    }  # fmt: skip


def settlement_pdf(document: Document, paper: Paper) -> bytes:
    """What was handed out, back, lost and sold, and what the cash-taker owes for it."""
    rows = Settlement.objects.select_related("book__party", "stall__event", "stall__cash_taker")
    made = rows.get(code=_code(document))
    lines = made.lines.select_related("variant__product").order_by("variant__name", "pk")
    with override("id"):
        data = head_of(document) | {
            "facts": [
                ["Pemilik barang", made.book.party.name],
                ["Pemegang kas", made.stall.cash_taker.name],
                ["Acara dan stan", f"{made.stall.event.name}, {made.stall.label}"],
                ["Kode perhitungan", made.code],
            ],
            "opening": "Kedua pihak menghitung barang titipan dan hasil penjualannya:",
            "heads": RECKONED,
            "rows": [
                [
                    str(number), one.variant.full_label, format_qty(one.qty),
                    format_qty(one.returned_qty), format_qty(one.lost_qty),
                    format_qty(one.sold_qty), format_rp(one.amount_rp),
                ]
                for number, one in enumerate(lines, start=1)
            ],
            "total": ["", "Jumlah", "", "", "", "", format_rp(made.sold_rp)],
            "money": [
                ["Penjualan", format_rp(made.sold_rp)],
                *_replaced(made),
                ["Biaya QRIS", format_rp(made.fee_rp)],
                ["Dibayarkan kepada pemilik", format_rp(made.payable_rp)],
            ],
            "words": in_words(made.payable_rp),
            "closing": [
                "Setiap barang: diserahkan dikurangi kembali dan hilang sama dengan terjual."
            ],
        }  # fmt: skip
        return render_pdf("till/settlement.typ", data, paper)


def _replaced(made: Settlement) -> list[list[str]]:
    """What the cash-taker bought because it was lost at its cost; goods and price on the line."""
    rows = HandOutLoss.objects.filter(sale__in=made.sales.values("sale"))
    lost = rows.select_related("line__variant__product", "line__variant__measure").order_by("pk")
    return [
        [
            f"Hilang, diganti pemegang kas: {format_qty(one.qty)} {one.line.variant.measure.name}"
            f" {one.line.variant.full_label} × {format_rp(one.line.lowest_rp)}",
            format_rp(line_amount(one.qty, one.line.lowest_rp, 0)),
        ]
        for one in lost
    ]
