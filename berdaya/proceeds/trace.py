"""Sales, slips, payouts, deposits and exits on the thread, and what of them hangs on a lot."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.codes import normalise
from berdaya.core.links import End, code_and_day, day_text, declare_kind, declare_link
from berdaya.core.money import format_rp
from berdaya.proceeds.models import (
    Allocation,
    Consignment,
    ConsignmentLine,
    ExitSettlement,
    Objection,
    ObligationLine,
    ObligationSettlement,
    PayoutRun,
    PnbpDeposit,
    PnbpDepositLine,
    PremiCorrection,
    PremiCorrectionDecision,
    PremiShare,
    Refund,
    Sale,
    Slip,
    SlipLine,
)
from berdaya.stock.trace import LOT
from berdaya.workshop.trace import BATCH, MAKER

Told = tuple[str, str, str]


def _dated(day: str, amount: str) -> str:
    return f"{day_text(day)}, {format_rp(int(amount))}"


def _sale(code: str, day: str, amount: str, receipt: str) -> Told:
    return code, f"{_dated(day, amount)}, {receipt}", reverse("proceeds:sale", args=[code])


def _refund(sale: str, day: str, amount: str) -> Told:
    return f"{sale}/{day}", _dated(day, amount), reverse("proceeds:sale", args=[sale])


def _slip(code: str, month: str, earned: str) -> Told:
    """Whose it is stands inside."""
    year, number, _first = month.split("-")
    return code, f"{number}/{year}, {format_rp(int(earned))}", reverse("proceeds:slip", args=[code])


def _payout(code: str, day: str, amount: str) -> Told:
    return code, _dated(day, amount), reverse("proceeds:payout", args=[code])


def _deposit(code: str, day: str, amount: str, ntpn: str) -> Told:
    return code, f"{_dated(day, amount)}, NTPN {ntpn}", reverse("proceeds:deposit", args=[code])


def _settlement(code: str, day: str, amount: str, reference: str) -> Told:
    url = reverse("proceeds:settlement", args=[code])
    return code, f"{_dated(day, amount)}, {reference}", url


def _exit(code: str, day: str, amount: str) -> Told:
    return code, _dated(day, amount), reverse("proceeds:exit", args=[code])


def _objection(code: str, day: str) -> Told:
    return code, day_text(day), reverse("proceeds:objection", args=[code])


def _correction(code: str, day: str, amount: str) -> Told:
    return code, _dated(day, amount), reverse("proceeds:correction", args=[code])


def _consignment(code: str, day: str, place: str) -> Told:
    return code, f"{day_text(day)}, {place}", reverse("proceeds:consignment", args=[code])


def _by_code(text: str) -> Q:
    return Q(code=normalise(text))


declare_kind(
    "consignment", _lazy("Titip jual"), 50, Consignment.objects.all,
    ("code", "handed_on", "place__name"), _consignment, _by_code,
)  # fmt: skip
declare_kind(
    "sale", _lazy("Penjualan"), 60, Sale.objects.all,
    ("code", "sold_on", "amount_rp", "receipt_no"), _sale,
    lambda text: _by_code(text) | Q(receipt_no=text.strip()),
)  # fmt: skip
declare_kind(
    "refund", _lazy("Pengembalian"), 65, Refund.objects.all,
    ("sale__code", "refunded_on", "amount_rp"), _refund,
    lambda text: code_and_day(text, "sale__code", "refunded_on"),
)  # fmt: skip
declare_kind(
    "slip", _lazy("Slip premi"), 70, Slip.objects.all, ("code", "month", "earned_rp"), _slip,
    lambda text: _by_code(text) | Q(cover_code=normalise(text)),
)  # fmt: skip
declare_kind(
    "objection", _lazy("Keberatan premi"), 75, Objection.objects.all,
    ("code", "raised_on"), _objection, _by_code,
)  # fmt: skip
declare_kind(
    "correction", _lazy("Perbaikan premi"), 68, PremiCorrection.objects.all,
    ("code", "proposed_on", "amount_rp"), _correction, _by_code,
)  # fmt: skip
declare_kind(
    "payout", _lazy("Pembayaran premi"), 80, PayoutRun.objects.all,
    ("code", "prepared_on", "total_rp"), _payout, _by_code,
)  # fmt: skip
declare_kind(
    "exit", _lazy("Serah terima saat keluar"), 85, ExitSettlement.objects.all,
    ("code", "left_on", "amount_rp"), _exit, _by_code,
)  # fmt: skip
declare_kind(
    "deposit", _lazy("Setoran PNBP"), 90, PnbpDeposit.objects.all,
    ("code", "deposited_on", "amount_rp", "ntpn"), _deposit,
    lambda text: _by_code(text) | Q(ntpn=text.strip().upper()),
)  # fmt: skip

declare_kind(
    "settlement", _lazy("Penyelesaian kewajiban"), 95, ObligationSettlement.objects.all,
    ("code", "settled_on", "amount_rp", "reference"), _settlement,
    lambda text: _by_code(text) | Q(reference=text.strip()) if text.strip() else _by_code(text),
)  # fmt: skip

SALE = End("sale", "sale", _lazy("dari penjualan"))
SHARE_SALE = End("sale", "share__sale", _lazy("dari penjualan"))
SLIP = End("slip", "slip", _lazy("pada slip"))
PAYOUT = _lazy("dibayar dengan")
EXIT = _lazy("dibayar saat keluar")


def _without_slip() -> "QuerySet[PremiShare]":
    return PremiShare.objects.filter(slip_line__isnull=True)


# A sale's part of a lot; a share of it goes over its slip, where it stands on one, to who paid it.
declare_link(Allocation.objects.all, LOT, End("sale", "sale", _lazy("terjual")), "amount_rp")
declare_link(SlipLine.objects.all, SHARE_SALE, SLIP, "share__amount_rp")
declare_link(
    SlipLine.objects.all, SLIP, End("payout", "share__payout_line__run", PAYOUT),
    "share__amount_rp",
)  # fmt: skip
declare_link(
    SlipLine.objects.all, SLIP, End("exit", "share__exit_settlement", EXIT), "share__amount_rp"
)
declare_link(_without_slip, SALE, End("payout", "payout_line__run", PAYOUT), "amount_rp")
declare_link(_without_slip, SALE, End("exit", "exit_settlement", EXIT), "amount_rp")
declare_link(Slip.objects.all, MAKER, End("slip", "", _lazy("slip")), "earned_rp")
declare_link(
    PnbpDepositLine.objects.all, SALE,
    End("deposit", "deposit", _lazy("PNBP disetor"), is_leaf=True), "amount_rp",
)  # fmt: skip
declare_link(
    ObligationLine.objects.all, SALE,
    End("settlement", "settlement", _lazy("kewajiban diselesaikan"), is_leaf=True), "amount_rp",
)  # fmt: skip
declare_link(
    Refund.objects.all, SALE, End("refund", "", _lazy("dikembalikan"), is_leaf=True), "amount_rp"
)
CORRECTION = End("correction", "correction", pgettext_lazy("proceeds", "diperbaiki"))
declare_link(
    PremiCorrection.objects.all,
    BATCH,
    End("correction", "", pgettext_lazy("proceeds", "diperbaiki")),
    "amount_rp",
)
declare_link(
    PremiCorrectionDecision.objects.all, CORRECTION,
    End("slip", "share__slip_line__slip", _lazy("pada slip")), "share__amount_rp",
)  # fmt: skip
declare_link(
    PremiCorrectionDecision.objects.all, CORRECTION,
    End("payout", "share__payout_line__run", PAYOUT), "share__amount_rp",
)  # fmt: skip
declare_link(
    PremiCorrectionDecision.objects.all, CORRECTION,
    End("exit", "share__exit_settlement", EXIT), "share__amount_rp",
)  # fmt: skip
declare_link(Objection.objects.all, SLIP, End("objection", "", _lazy("keberatan"), is_leaf=True))
declare_link(
    ConsignmentLine.objects.all, LOT,
    End("consignment", "consignment", _lazy("dititipkan"), is_leaf=True),
)  # fmt: skip
