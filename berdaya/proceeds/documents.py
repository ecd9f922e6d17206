"""Numbered papers of a sale: the handover record (BAST) and the acknowledgement (kuitansi)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty, format_rp, in_words
from berdaya.core.scope import Actor
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.papers.queries import signers_for
from berdaya.proceeds.calc import line_amount
from berdaya.proceeds.models import Consignment, Payment, Sale

HANDOVER, ACKNOWLEDGEMENT = "BAST", "KW"
HEADS = ["No.", "Barang", "Kode produksi", "Jumlah", "Satuan", "Harga satuan", "Nilai"]
GOODS = ("lot__variant__measure", "lot__variant__product")
RECEIVED = "Barang telah diperiksa dan diterima dalam keadaan baik dan cukup jumlahnya."
STILL_OURS = (
    "Barang dititipkan untuk dijual dan tetap milik pihak pertama sampai diselesaikan;"
    " yang tidak terjual dikembalikan."
)


def register() -> None:
    """Tell the register of documents how both are printed."""
    declare_print(HANDOVER, handover_pdf, page_of_handover)
    declare_print(ACKNOWLEDGEMENT, acknowledgement_pdf, page_of_payment)


def page_of_handover(document: Document) -> str:
    """The sale or consignment whose goods were handed over."""
    kind, _sign, code = document.subject_ref.partition(":")
    return reverse(f"proceeds:{kind}", args=[code])


def handover_pdf(document: Document, paper: Paper) -> bytes:
    """The handover record: what was handed to whom, signed by both sides."""
    kind, _sign, code = document.subject_ref.partition(":")
    with override("id"):
        told = _consigned(code) if kind == "consignment" else _sold(code)
        data = head_of(document) | told | {"heads": HEADS}
        return render_pdf("proceeds/handover.typ", data, paper)


def _sold(code: str) -> dict[str, Any]:
    sale = Sale.objects.select_related("book__party").get(code=code)
    parts = sale.allocations.select_related(*GOODS, "line").order_by("pk")
    rows = [(one.lot, one.qty, one.line.unit_price_rp, one.amount_rp) for one in parts]
    receiver = sale.buyer_label or str(sale.get_buyer_kind_display())
    facts = [["Nota", sale.receipt_no], ["Kode", sale.code]]
    return _handed(sale.book.party.name, receiver, sale.sold_on, facts, rows) | {
        "closing": [RECEIVED]
    }


def _consigned(code: str) -> dict[str, Any]:
    made = Consignment.objects.select_related("book__party", "place").get(code=code)
    lines = made.lines.select_related(*GOODS).order_by("pk")
    rows = [
        (one.lot, one.qty, one.unit_price_rp, line_amount(one.qty, one.unit_price_rp, 0))
        for one in lines
    ]
    facts = [["Kode titip jual", made.code]]
    return _handed(made.book.party.name, made.place.name, made.handed_on, facts, rows) | {
        "closing": [STILL_OURS, RECEIVED]
    }


def _handed(
    giver: str, receiver: str, day: date, facts: list[list[str]], rows: Iterable[tuple[Any, ...]]
) -> dict[str, Any]:
    listed = list(rows)
    total = sum(amount for *_rest, amount in listed)
    return {
        "facts": [
            ["Pihak pertama", giver],
            ["Pihak kedua", receiver],
            ["Tanggal serah terima", clock.format_date(day)],
            *facts,
        ],
        "opening": "Pihak pertama menyerahkan kepada pihak kedua barang berikut:",
        "rows": [
            [
                str(number), lot.variant.full_label, lot.code, format_qty(qty),
                lot.variant.measure.name, format_rp(price), format_rp(amount),
            ]
            for number, (lot, qty, price, amount) in enumerate(listed, start=1)
        ],
        "total": ["", "Jumlah", "", "", "", "", format_rp(total)],
        "words": in_words(total),
        "receiver": receiver,
    }  # fmt: skip


def payment_subject(payment: Payment) -> str:
    """What an acknowledgement is about."""
    return f"payment:{payment.pk}"


def _payment_of(document: Document) -> Payment:
    rows = Payment.objects.select_related("sale__book__party", "sale__facility")
    return rows.get(pk=document.subject_ref.removeprefix("payment:"))


def page_of_payment(document: Document) -> str:
    """The sale that was paid."""
    return reverse("proceeds:sale", args=[_payment_of(document).sale.code])


def receivers_of(by: Actor, payment: Payment) -> list[dict[str, str]]:
    """Who signs for the money: the unit's treasurer for state revenue, else the cooperative's."""
    is_state = payment.sale.regime == "gross_pnbp"
    role = "receipts_treasurer" if is_state else "cooperative_officer"
    return signers_for(payment.sale.facility, [role], payment.paid_on, by.user_id)


def acknowledgement_pdf(document: Document, paper: Paper) -> bytes:
    """The kuitansi of one payment, headed by who sold."""
    payment = _payment_of(document)
    sale = payment.sale
    with override("id"):
        data = head_of(document) | {
            "facility": {
                "name": sale.book.party.name, "above": [], "address": sale.facility.town,
            },
            "facts": [
                ["Sudah terima dari", sale.buyer_label or str(sale.get_buyer_kind_display())],
                ["Untuk pembayaran", f"nota {sale.receipt_no} ({sale.code})"],
                ["Dibayar pada", clock.format_date(payment.paid_on)],
                ["Cara bayar", f"{payment.get_method_display()} {payment.reference}".strip()],
            ],
            "amount_rp": payment.amount_rp,
            "words": in_words(payment.amount_rp),
        }  # fmt: skip
        return render_pdf("proceeds/acknowledgement.typ", data, paper)
