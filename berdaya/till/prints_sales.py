"""Papers of a stall: the nota on 58 mm or A6, and the kuitansi for cash handed in."""

import io
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.money import format_qty, format_rp, in_words
from berdaya.goods.models import said_once
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.till.models import CashHandover, StallMethod, StallSale, StallSaleLine
from berdaya.till.queries_sales import rounding_step

NOTA_PAPERS: tuple[Paper, ...] = ("58mm", "a6")
CASH_IN = "stallcash"


def register() -> None:
    """Tell the register of documents how cash handed in is acknowledged."""
    declare_print("KW", cash_in_pdf, _page, subject=CASH_IN)


def nota_pdf(nota: StallSale, paper: Paper) -> bytes:
    """The nota, headed by stall and seller; no person's name stands on it."""
    return render_pdf("till/nota.typ", nota_words(nota), paper)


def nota_words(nota: StallSale) -> dict[str, Any]:
    """What a nota says, in Indonesian whoever prints it."""
    lines = list(nota.lines.select_related("variant__product", "facility").order_by("pk"))
    event = nota.stall.event
    with override("id"):
        return {
            "title": "Nota",
            "number": nota.code,
            "facility": {
                "name": nota.book.party.name,
                "above": [],
                "address": f"{event.name}, stan {nota.stall.number} · {event.venue}",
            },
            "seed": nota.facility.code,
            "is_sample": is_demo(),
            "facts": _facts(nota),
            "lines": [_line(line) for line in lines],
            "sums": _sums(nota),
            "received_rp": nota.received_rp,
            "paid": _paid(nota),
            "words": in_words(nota.received_rp),
            "mark": "BATAL" if hasattr(nota, "void") else "",
            "qr": _qr(lines[0]),
            "qr_says": "Asal barang dan pembuatnya: pindai.",
        }


def _facts(nota: StallSale) -> list[list[str]]:
    when = clock.format_instant(nota.sold_at, nota.stall.event.timezone, "id")
    facts = [["Waktu", when], ["Kasir", "Penjaga stan"], ["Bayar", nota.get_method_display()]]
    paper = getattr(nota, "paper", None)
    if paper is not None:
        facts.append(["Nota kertas", f"{paper.block.series} {paper.number}"])
    return facts


def _line(line: StallSaleLine) -> dict[str, Any]:
    product, variant = line.variant.product.name, line.variant.name
    was = f" (dari {format_rp(line.price_rp)})" if line.is_bargained else ""
    return {
        "what": said_once(product, variant),
        "how_many": f"{format_qty(line.qty)} × {format_rp(line.unit_price_rp)}{was}",
        "origin": f"{line.facility.name} · {line.lot_code}",
        "amount_rp": line.amount_rp,
    }


def _sums(nota: StallSale) -> list[list[Any]]:
    if not nota.rounding_rp:
        return []
    step = format_rp(rounding_step(nota.facility_id, nota.day))
    return [["Jumlah barang", nota.amount_rp], [f"Pembulatan ke {step}", nota.rounding_rp]]


def _paid(nota: StallSale) -> list[list[Any]]:
    if nota.method == StallMethod.CASH:
        return [["Tunai", nota.tendered_rp], ["Kembali", nota.change_rp]]
    return [[f"QRIS rujukan …{nota.qris_reference}", nota.amount_rp]]


def _qr(line: StallSaleLine) -> str:
    """The public page of the goods' origin."""
    out = io.BytesIO()
    url = f"{settings.PUBLIC_BASE_URL.rstrip('/')}/asal/{line.lot_public_code}"
    segno.make(url, error="m", micro=False).save(out, kind="svg", scale=8, border=2)
    return out.getvalue().decode()


def _handover(document: Document) -> CashHandover:
    rows = CashHandover.objects.select_related("closing__session__stall__event")
    return rows.get(pk=document.subject_ref.removeprefix(f"{CASH_IN}:"))


def _page(document: Document) -> str:
    return reverse("till:session", args=[_handover(document).closing.session_id])


def cash_in_pdf(document: Document, paper: Paper) -> bytes:
    """The kuitansi of a stall's cash, signed by the treasurer who counted it."""
    handed = _handover(document)
    session = handed.closing.session
    stall, zone = session.stall, session.stall.event.timezone
    assert handed.received_at is not None
    with override("id"):
        data = head_of(document) | {
            "facts": [
                ["Sudah terima dari", f"Penjaga stan {stall.number} {stall.label}"],
                ["Untuk", f"setoran kas {stall.event.name}, {clock.format_date(session.day)}"],
                ["Termasuk uang kembalian awal", format_rp(session.float_rp)],
                ["Diserahkan", clock.format_instant(handed.handed_at, zone, "id")],
                ["Diterima", clock.format_instant(handed.received_at, zone, "id")],
            ],
            "amount_rp": handed.amount_rp,
            "words": in_words(handed.amount_rp),
        }
        return render_pdf("proceeds/acknowledgement.typ", data, paper)
