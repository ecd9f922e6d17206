"""Money on paper: the nota, the payout list, the slip to fold."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.codes import format_code
from berdaya.core.money import WHOLE_BP, format_qty, format_rp, in_words
from berdaya.goods.models import said_once
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.models import Document
from berdaya.papers.prints import declare_print, head_of
from berdaya.papers.queries import letterhead
from berdaya.proceeds.actions.objections import ANSWER_DAYS
from berdaya.proceeds.models import (
    BuyerKind,
    Channel,
    PayoutLine,
    PayoutRun,
    Sale,
    Slip,
)
from berdaya.proceeds.models.payouts import PAID_OUT
from berdaya.proceeds.queries import POCKETS, work_numbers

STAFF_MARK = "Pembelian oleh petugas, dengan harga daftar."
STEPS = (
    "book__party",
    "prepared_by",
    "approval__approved_by",
    "payment__paid_by",
)


def register() -> None:
    """Tell the register of documents how payout lists are printed."""
    declare_print("DPP", payout_pdf, lambda paper: _page(paper, "proceeds:payout"))


def _page(document: Document, name: str) -> str:
    return reverse(name, args=[document.subject_ref.partition(":")[2]])


def nota_pdf(sale: Sale, paper: Paper) -> bytes:
    """The nota on A6 or 58 mm."""
    return render_pdf("proceeds/nota.typ", nota_words(sale), paper)


def nota_words(sale: Sale) -> dict[str, Any]:
    """What a nota says, headed by who sells; no maker and no officer stands on it."""
    parts = sale.allocations.select_related("lot", "line__variant__product").order_by("pk")
    lines: dict[Any, dict[str, Any]] = {}
    for part in parts:
        line = part.line
        told = lines.setdefault(
            line.pk,
            {
                "what": said_once(line.variant.product.name, line.variant.name),
                "how_many": f"{format_qty(line.qty)} × {format_rp(line.unit_price_rp)}",
                "discount_rp": line.discount_rp,
                "amount_rp": line.amount_rp,
                "lots": [],
            },
        )
        told["lots"].append(part.lot.code)
    discount = sum(told["discount_rp"] for told in lines.values())
    with override("id"):
        return {
            "title": "Nota Penjualan",
            "number": sale.receipt_no,
            "footer": sale.code,
            "facility": _seller(sale),
            "seed": sale.facility.code,
            "is_sample": is_demo(),
            "facts": _nota_facts(sale),
            "lines": list(lines.values()),
            "sums": [
                ["Sebelum potongan", sale.amount_rp + discount],
                ["Potongan", -discount],
            ]
            if discount
            else [],
            "total_rp": sale.amount_rp,
            "paid": _nota_paid(sale),
            "words": in_words(sale.amount_rp),
            "mark": STAFF_MARK if sale.buyer_kind == BuyerKind.STAFF else "",
        }


def _seller(sale: Sale) -> dict[str, Any]:
    """The head of a nota names the book's party, not the unit behind it."""
    return {"name": sale.book.party.name, "above": [], "address": sale.facility.town}


def _nota_facts(sale: Sale) -> list[list[str]]:
    facts = [
        ["Tanggal", clock.format_date(sale.sold_on)],
        ["Pembeli", sale.buyer_label or str(sale.get_buyer_kind_display())],
        ["Kode", sale.code],
    ]
    return [*facts, ["Nota manual", sale.own_receipt_no]] if sale.own_receipt_no else facts


def _nota_paid(sale: Sale) -> list[list[Any]]:
    """Payments as they came, money given back, and what is left to pay."""
    rows: list[list[Any]] = [
        [
            f"{'Dibayar' if payment.amount_rp > 0 else 'Dikembalikan'}"
            f" {payment.paid_on:%d-%m-%Y} ({payment.get_method_display()})",
            abs(payment.amount_rp),
        ]
        for payment in sale.payments.all()
    ]
    if sale.due_rp > 0:
        rows.append(["Belum dibayar", sale.due_rp])
    return rows


def payout_pdf(document: Document, paper: Paper) -> bytes:
    """The payout list: work numbers only, for signatures one by one."""
    run = PayoutRun.objects.select_related(*STEPS).get(
        code=document.subject_ref.removeprefix("payout:")
    )
    lines = list(run.lines.filter(is_withdrawn=False).select_related("completion").order_by("pk"))
    numbers = work_numbers(run.facility_id, [line.participant_id for line in lines])
    lines.sort(key=lambda line: (numbers[line.participant_id], line.pk))
    sums = [sum(getattr(line, f"{name}_rp") for line in lines) for name in (*POCKETS, "amount")]
    with override("id"):
        rows = [
            [
                str(place),
                numbers[line.participant_id],
                format_rp(line.saved_rp),
                format_rp(line.spendable_rp),
                format_rp(line.family_rp),
                format_rp(line.amount_rp),
                _how_paid(line),
                f"{place}.",
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
        "total": ["", "Jumlah", *map(format_rp, sums), "", ""],
        "words": in_words(sums[-1]),
        "steps": _steps(run),
    }
    return render_pdf("proceeds/payout.typ", data, paper)


def _how_paid(line: PayoutLine) -> str:
    """Channel, reference and date; of a line that waited, those by which it was paid at last."""
    done = getattr(line, "completion", None) or line
    since = "" if done.channel in PAID_OUT else "sejak "
    day = f"{since}{done.paid_on:%d-%m-%Y}" if done.paid_on else ""
    return " · ".join(
        word for word in (str(Channel(done.channel).label), done.reference, day) if word
    )


def _steps(run: PayoutRun) -> list[list[str]]:
    """The three people and their days, as far as the list has come."""
    steps = [("Disiapkan", run.prepared_by, run.prepared_on)]
    if hasattr(run, "approval"):
        steps.append(("Disetujui", run.approval.approved_by, run.approval.approved_on))
    if hasattr(run, "payment"):
        steps.append(("Dibayar", run.payment.paid_by, run.payment.paid_on))
    return [[word, f"{staff.display_name}, {clock.format_date(day)}"] for word, staff, day in steps]


UNITS = {
    "hours": "menit kerja",
    "pieces": "bagian hasil (1.000 = satu buah)",
    "equal": "bagian sama",
}
OBJECTION = (
    "Ada yang tidak cocok? Sampaikan keberatan kepada petugas mana pun, kapan saja, lisan atau"
    f" tertulis. Jawabannya paling lambat {ANSWER_DAYS} hari kemudian, dari orang yang tidak"
    " mencatat kerja dan tidak membayar. Keberatan tidak mengurangi hak apa pun."
)
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
        "earned_sum": _earned_words(told),
        "objection": OBJECTION,
    }


def _floor_words(slip: Slip) -> str:
    if not slip.shortfall_rp:
        return ""
    return (
        f"Batas bawah sebulan {format_rp(slip.floor_rp)}; bulan ini kurang"
        f" {format_rp(slip.shortfall_rp)}. Kekurangan ini dilaporkan kepada kepala unit."
    )


def _earned_words(told: dict[str, Any]) -> str:
    """The sum of the lines above, where there is something to add up."""
    amounts = [share["share_rp"] for share in told["shares"]]
    signs = {"return": -1, "correction": 1}
    amounts += [
        signs[note["kind"]] * note["amount_rp"] for note in told["notes"] if note["kind"] in signs
    ]
    if len(amounts) < 2:
        return ""
    first, *more = amounts
    added = "".join(f" {'+' if one >= 0 else '−'} {format_rp(abs(one))}" for one in more)
    return f"{format_rp(first)}{added} = {format_rp(sum(amounts))}."


def _share_words(share: dict[str, Any]) -> list[str]:
    day = clock.format_date(date.fromisoformat(share["sold_on"]))
    words = [
        _price_words(share),
        f"Terjual {day}, nota {share['receipt_no']}, kode {share['sale_code']};"
        f" lot {share['lot_code']}.",
        _base_words(share),
        _pot_words(share),
        _mine_words(share),
        _pocket_words(share),
    ]
    if share["is_pending"]:
        final = clock.format_date(date.fromisoformat(share["final_on"]))
        words.append(f"Belum dapat dibayarkan: penjualan ini final pada {final}.")
    return words


def _price_words(share: dict[str, Any]) -> str:
    """Price times quantity, and what was let off; half a rupiah rounds up."""
    qty = Decimal(share["qty"].replace(".", "").replace(",", "."))
    full = int((qty * share["unit_price_rp"]).quantize(Decimal(1), ROUND_HALF_UP))
    words = f"{share['goods']}: {share['qty']} × {format_rp(share['unit_price_rp'])}"
    words += f" = {format_rp(full)}"
    off = full - share["amount_rp"]
    if off > 0:
        words += f", dikurangi potongan harga {format_rp(off)} = {format_rp(share['amount_rp'])}"
    elif off:
        words += f"; dengan pembulatan nota {format_rp(share['amount_rp'])}"
    return words + "."


def _pot_words(share: dict[str, Any]) -> str:
    exact = share["base_rp"] * share["makers_bp"] == share["pot_rp"] * WHOLE_BP
    rest = "" if exact else " (pecahan rupiah untuk pembuat)"
    return (
        f"Bagian semua pembuat: {_percent(share['makers_bp'])} × {format_rp(share['base_rp'])}"
        f" = {format_rp(share['pot_rp'])}{rest}."
    )


def _mine_words(share: dict[str, Any]) -> str:
    mine, everybody = share["my_weight"], share["total_weight"]
    exact = share["pot_rp"] * mine == share["share_rp"] * everybody
    rest = "" if exact else " (dibulatkan)"
    return (
        f"Bagian saya: {_count(mine)} dari {_count(everybody)} {UNITS[share['weight_unit']]}:"
        f" {format_rp(share['pot_rp'])} × {_count(mine)} ÷ {_count(everybody)}"
        f" = {format_rp(share['share_rp'])}{rest}."
    )


def _base_words(share: dict[str, Any]) -> str:
    names = (
        ("pajak", "tax_rp"),
        ("biaya bayar", "fee_rp"),
        ("bahan", "material_rp"),
        ("kemasan", "packing_rp"),
    )
    costs = [f"{word} {format_rp(share[name])}" for word, name in names if share[name]]
    spent = sum(share[name] for _word, name in names)
    if not costs:
        why = " (dibagi dari omzet)" if share["is_turnover"] else ""
        return f"Tidak ada yang dikurangi{why}; yang dibagi {format_rp(share['base_rp'])}."
    return (
        f"Dikurangi {', '.join(costs)}: {format_rp(share['amount_rp'])} − {format_rp(spent)}"
        f" = {format_rp(share['base_rp'])} yang dibagi."
    )


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
    return f"{bp / 100:g}%".replace(".", ",")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def slips_pdf(facility: Facility, slips: Sequence[Slip], paper: Paper) -> bytes:
    """Slips, one a person: A5 with its receipt strip, which stays outside when folded, or 80 mm."""
    data = {
        "title": "Slip Premi",
        "facility": letterhead(facility),
        "seed": facility.code,
        "is_sample": is_demo(),
        "footer": "Rahasia pribadi",
        "slips": [slip_words(slip) for slip in slips],
    }
    return render_pdf("proceeds/slip.typ", data, paper)
