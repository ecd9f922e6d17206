"""Money on paper: the nota, the payout list, the slip to fold, the record of leaving."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.codes import format_code
from berdaya.core.money import format_qty, format_rp, in_words
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.papers.queries import letterhead
from berdaya.proceeds.models import Channel, ExitSettlement, PayoutRun, Sale, Slip
from berdaya.proceeds.queries import work_numbers


def register() -> None:
    """Tell the register of documents how payout lists and records of leaving are printed."""
    declare_print("DPP", payout_pdf, lambda paper: _page(paper, "proceeds:payout"))
    declare_print("BAK", exit_pdf, lambda paper: _page(paper, "proceeds:exit"))


def _page(document: Document, name: str) -> str:
    return reverse(name, args=[document.subject_ref.partition(":")[2]])


def nota_pdf(sale: Sale, paper: Paper) -> bytes:
    """The nota on A6 or 58 mm: seller, number, goods with lot, amount in words, who sold."""
    parts = sale.allocations.select_related("lot", "line__variant__product").order_by("pk")
    lines: dict[Any, dict[str, Any]] = {}
    for part in parts:
        line = part.line
        told = lines.setdefault(
            line.pk,
            {
                "what": f"{line.variant.product.name} {line.variant.name}".strip(),
                "how_many": f"{format_qty(line.qty)} × {format_rp(line.unit_price_rp)}",
                "discount_rp": line.discount_rp,
                "amount_rp": line.amount_rp,
                "lots": [],
            },
        )
        told["lots"].append(part.lot.code)
    with override("id"):
        methods = [str(payment.get_method_display()) for payment in sale.payments.all()]
        data = {
            "title": "Nota Penjualan",
            "number": sale.receipt_no,
            "footer": sale.code,
            "facility": letterhead(sale.facility),
            "seed": sale.facility.code,
            "is_sample": is_demo(),
            "facts": [
                ["Penjual", sale.book.party.name],
                ["Tanggal", clock.format_date(sale.sold_on)],
                ["Dicatat", clock.format_instant(sale.recorded_at, sale.facility.timezone)],
                ["Pembeli", sale.buyer_label or str(sale.get_buyer_kind_display())],
                ["Kode", sale.code],
                *([["Nota manual", sale.own_receipt_no]] if sale.own_receipt_no else []),
            ],
            "lines": list(lines.values()),
            "total_rp": sale.amount_rp,
            "paid": ", ".join(dict.fromkeys(methods)) or "Belum dibayar",
            "due_rp": max(sale.due_rp, 0),
            "words": in_words(sale.amount_rp),
            "cashier": sale.recorded_by.display_name if sale.recorded_by else "",
        }
    return render_pdf("proceeds/nota.typ", data, paper)


def payout_pdf(document: Document) -> bytes:
    """The payout list on F4: work numbers only, for signatures one by one."""
    run = PayoutRun.objects.select_related("book__party").get(
        code=document.subject_ref.removeprefix("payout:")
    )
    lines = list(run.lines.filter(is_withdrawn=False).select_related("participant").order_by("pk"))
    numbers = work_numbers(run.facility_id, [line.participant_id for line in lines])
    lines.sort(key=lambda line: (numbers[line.participant_id], line.pk))
    total = sum(line.amount_rp for line in lines)
    with override("id"):
        rows = [
            [
                str(place),
                numbers[line.participant_id],
                line.participant.pseudonym,
                format_rp(line.saved_rp),
                format_rp(line.spendable_rp),
                format_rp(line.family_rp),
                format_rp(line.amount_rp),
                str(Channel(line.channel).label),
                line.reference,
                "",
            ]
            for place, line in enumerate(lines, start=1)
        ]
    data = head_of(document) | {
        "facts": [
            ["Kode daftar", run.code],
            ["Buku", run.book.party.name],
            ["Premi sampai", clock.format_date(run.until)],
        ],
        "rows": rows,
        "total": ["", "", "Jumlah", "", "", "", format_rp(total), "", "", ""],
        "words": in_words(total),
    }
    return render_pdf("proceeds/payout.typ", data, "f4")


def exit_pdf(document: Document) -> bytes:
    """The handover record on leaving (BA serah terima saat keluar) on A4."""
    row = ExitSettlement.objects.select_related("participant", "facility").get(
        code=document.subject_ref.removeprefix("exit:")
    )
    number = work_numbers(row.facility_id, [row.participant_id])[row.participant_id]
    with override("id"):
        facts = [
            ["Nomor kerja", number],
            ["Nama samaran", row.participant.pseudonym],
            ["Keluar pada", clock.format_date(row.left_on)],
            ["Sebab", str(row.get_exit_kind_display())],
            ["Dibayar dengan", str(row.get_method_display())],
            ["Rujukan", row.reference],
        ]
        pending = str(row.get_pending_treatment_display())
    lines = row.lines.select_related("book__party").order_by("pk")
    data = head_of(document) | {
        "facts": facts,
        "rows": [
            [
                line.book.party.name,
                *map(
                    format_rp,
                    (
                        line.saved_rp,
                        line.spendable_rp,
                        line.family_rp,
                        line.waiting_rp,
                        line.amount_rp,
                    ),
                ),
            ]
            for line in lines
        ],
        "total": ["Jumlah", "", "", "", "", format_rp(row.amount_rp)],
        "words": in_words(row.amount_rp),
        "pending": f"Premi yang belum final: {pending}"
        + (f" (sekarang {format_rp(row.pending_rp)})." if row.pending_rp else "."),
        "receiver": row.receiver,
    }
    return render_pdf("proceeds/exit.typ", data, "a4")


UNITS = {
    "hours": "menit kerja",
    "pieces": "bagian hasil (1.000 = satu buah)",
    "equal": "bagian sama",
}
KINDS = {"return": "Pengembalian dari pembeli", "payout": "Dibayarkan", "correction": "Perbaikan"}


def slip_words(slip: Slip) -> dict[str, Any]:
    """A slip in plain Indonesian sentences, each number one that can be worked out by hand."""
    told = slip.content
    return {
        "code": slip.code,
        "cover_code": format_code(slip.cover_code),
        "facility": told["facility"],
        "work_number": told["work_number"],
        "month": clock.format_date(slip.month).partition(" ")[2],
        "shares": [_share_words(share) for share in told["shares"]],
        "notes": [_note_words(note) for note in told["notes"]],
        "earned": f"Premi saya bulan ini {format_rp(told['earned_rp'])}.",
        "floor": _floor_words(slip),
        "balances": [
            ["Tabungan", format_rp(told["saved_rp"])],
            ["Dapat dipakai", format_rp(told["spendable_rp"])],
            ["Untuk keluarga", format_rp(told["family_rp"])],
            ["Belum final", format_rp(told["pending_rp"])],
            ["Menunggu rekening atau bebas", format_rp(told["waiting_rp"])],
        ],
        "issued": clock.format_date(slip.issued_on),
        "earned_amount": format_rp(told["earned_rp"]),
    }


def _floor_words(slip: Slip) -> str:
    if not slip.shortfall_rp:
        return ""
    return (
        f"Batas bawah sebulan {format_rp(slip.floor_rp)}; bulan ini kurang"
        f" {format_rp(slip.shortfall_rp)}. Kekurangan ini dilaporkan kepada kepala unit."
    )


def _share_words(share: dict[str, Any]) -> list[str]:
    day = clock.format_date(date.fromisoformat(share["sold_on"]))
    mine, whole = _count(share["my_weight"]), _count(share["total_weight"])
    words = [
        f"{share['qty']} {share['goods']} (kode produksi {share['lot_code']}) terjual {day}:"
        f" {share['qty']} × {format_rp(share['unit_price_rp'])}, sesudah potongan"
        f" {format_rp(share['amount_rp'])}. Nota {share['receipt_no']}, kode {share['sale_code']}.",
        _base_words(share),
        f"Bagian pembuat {_percent(share['makers_bp'])} dari {format_rp(share['base_rp'])}"
        f" = {format_rp(share['pot_rp'])} (rupiah pecahan untuk pembuat).",
        f"Bagian saya: {mine} dari {whole} {UNITS[share['weight_unit']]}:"
        f" {format_rp(share['pot_rp'])} × {mine} : {whole} = {format_rp(share['share_rp'])}.",
        _pocket_words(share),
    ]
    if share["is_pending"]:
        final = clock.format_date(date.fromisoformat(share["final_on"]))
        words.append(f"Belum dapat dibayarkan; penjualan ini final pada {final}.")
    return words


def _base_words(share: dict[str, Any]) -> str:
    names = (
        ("pajak", "tax_rp"),
        ("biaya bayar", "fee_rp"),
        ("bahan", "material_rp"),
        ("kemasan", "packing_rp"),
    )
    costs = [f"{word} {format_rp(share[name])}" for word, name in names if share[name]]
    if not costs:
        return f"Tidak ada yang dikurangi; yang dibagi {format_rp(share['base_rp'])}."
    return f"Dikurangi {', '.join(costs)}; yang dibagi {format_rp(share['base_rp'])}."


def _pocket_words(share: dict[str, Any]) -> str:
    names = (("tabungan", "saved_rp"), ("dapat dipakai", "spendable_rp"), ("keluarga", "family_rp"))
    return "Masuk: " + ", ".join(
        f"{word} {format_rp(share[name])}" for word, name in names if share[name]
    ) + "."  # fmt: skip


def _note_words(note: dict[str, Any]) -> str:
    day = clock.format_date(date.fromisoformat(note["day"]))
    sign = "-" if note["kind"] == "return" else ""
    code = f" ({note['code']})" if note["code"] else ""
    with override("id"):
        how = str(Channel(note["words"]).label) if note["kind"] == "payout" else note["words"]
    more = f", {how}" if how else ""
    return f"{KINDS[note['kind']]} {day}{code}: {sign}{format_rp(note['amount_rp'])}{more}."


def _percent(bp: int) -> str:
    return f"{bp / 100:g} %".replace(".", ",")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def slips_pdf(facility: Facility, slips: Sequence[Slip], paper: Paper) -> bytes:
    """Slips on A5 to fold (inside, then the outside with the cover code) or 80 mm, one a person."""
    data = {
        "title": "Slip Premi",
        "facility": letterhead(facility),
        "seed": facility.code,
        "is_sample": is_demo(),
        "footer": "Rahasia pribadi",
        "slips": [slip_words(slip) for slip in slips],
    }
    return render_pdf("proceeds/slip.typ", data, paper)
