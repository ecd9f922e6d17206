"""May it be claimed, matched, waited for or given back, and if not, why."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.money import format_rp
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason

claim_too_late = declare_reason(
    "claim_too_late",
    _lazy("Batas waktu bayar pesanan %(code)s sudah lewat."),
    next_step=_lazy(
        "Jika uangnya sudah terkirim, hubungi penjual: uang Anda dicari dan tidak hilang."
    ),
)
claims_too_many = declare_reason(
    "claims_too_many",
    _lazy("Sudah ada dua pesanan lain yang menunggu pencocokan dari nomor atau perangkat ini."),
    next_step=_lazy("Tunggu sampai bendahara mencocokkannya."),
)
claim_refused_twice = declare_reason(
    "claim_refused_twice",
    _lazy("Uang untuk pesanan %(code)s sudah dua kali dicari dan tidak ditemukan."),
    next_step=_lazy("Tunjukkan bukti bayarnya kepada penjual; bendahara mencocokkannya."),
)
order_has_money = declare_reason(
    "order_has_money",
    _lazy("Pesanan %(code)s sudah dibayar atau sedang dicocokkan, jadi tidak dibatalkan di sini."),
    next_step=_lazy("Hubungi penjual; uang yang sudah masuk dikembalikan."),
)
payee_of_other = declare_reason(
    "payee_of_other",
    _lazy("Rekening itu bukan milik penjual ini."),
    next_step=_lazy("Pilih rekening atau QRIS milik penjualnya."),
)
reference_used = declare_reason(
    "reference_used",
    _lazy("Rujukan %(reference)s sudah tercatat dengan isi yang lain."),
    next_step=_lazy("Periksa jumlah dan tanggalnya di rekening koran, atau tulis rujukan lengkap."),
)
money_matched = declare_reason(
    "money_matched",
    _lazy("Uang ini sudah dicocokkan dengan pesanan %(code)s."),
    next_step=_lazy("Buka pesanan itu dan lihat uangnya."),
)
money_returned = declare_reason(
    "money_returned",
    _lazy("Uang ini sudah dikembalikan kepada pembeli."),
    next_step=_lazy("Muat lagi halamannya."),
)
money_of_other_seller = declare_reason(
    "money_of_other_seller",
    _lazy("Uang ini masuk ke rekening penjual lain."),
    next_step=_lazy("Pilih pesanan dari penjual pemilik rekening itu."),
)
money_before_order = declare_reason(
    "money_before_order",
    _lazy("Uang ini masuk sebelum pesanan %(code)s dibuat."),
    next_step=_lazy("Cari pesanan yang lebih lama dengan jumlah yang sama."),
)
money_back_exceeds = declare_reason(
    "money_back_exceeds",
    _lazy("Yang dapat dikembalikan paling banyak %(left)s."),
    next_step=_lazy("Periksa jumlahnya, atau batalkan pesanannya dulu."),
)
money_not_enough = declare_reason(
    "money_not_enough",
    _lazy("Uangnya belum cukup untuk pesanan %(code)s: masih kurang %(due)s."),
    next_step=_lazy("Tunggu sisanya, atau kembalikan uangnya."),
)
deadline_passed = declare_reason(
    "deadline_passed",
    _lazy("Batas waktu yang baru harus sesudah sekarang."),
    next_step=_lazy("Pilih waktu yang akan datang."),
)
rest_too_late = declare_reason(
    "rest_too_late",
    _lazy("Sisanya ditunggu paling lama sampai %(day)s."),
    next_step=_lazy(
        "Pilih batas yang lebih awal, atau batalkan pesanannya dan kembalikan uangnya."
    ),
)
money_unmatched = declare_reason(
    "money_unmatched",
    _lazy("Uang ini sudah tidak terpasang pada sebuah pesanan."),
    next_step=_lazy("Muat lagi halamannya; uangnya menunggu di Pencocokan."),
)
money_sold = declare_reason(
    "money_sold",
    _lazy("Pesanan %(code)s sudah diserahkan; uangnya sudah menjadi penjualan."),
    next_step=_lazy("Catat retur pada pesanan itu, atau minta koreksi kepada bendahara."),
)
statement_wrong = declare_reason(
    "statement_wrong",
    _lazy("Baris %(number)s tidak terbaca: %(text)s"),
    next_step=_lazy("Tulis tanggal; jumlah; rujukan. Contoh: 23-11-2026; 402.871; TRX0042"),
)
statement_empty = declare_reason(
    "statement_empty",
    _lazy("Belum ada baris yang ditempel."),
    next_step=_lazy("Tempel dari rekening koran, satu pembayaran satu baris."),
)


@dataclass(frozen=True)
class ClaimFacts:
    """How many other checkouts of the same phone or device have claims that wait already, and
    how often a claim of this order (`code`) was refused."""

    open_claims: int
    code: str = ""
    refused: int = 0


MOST_OPEN_CLAIMS = 2
MOST_REFUSED_CLAIMS = 2


def may_claim(facts: ClaimFacts) -> Verdict:
    """At most two open claims per phone and device, and no third one of an order whose money was
    sought twice (design, money)."""
    if facts.refused >= MOST_REFUSED_CLAIMS:
        return Verdict((claim_refused_twice(code=facts.code),))
    if facts.open_claims >= MOST_OPEN_CLAIMS:
        return Verdict((claims_too_many(),))
    return ALLOWED


@dataclass(frozen=True)
class MatchFacts:
    """What decides whether money belongs to an order; `taken_by` is another order's code."""

    code: str
    taken_by: str
    is_returned: bool
    is_same_seller: bool
    received_on: date
    placed_on: date


def may_match(facts: MatchFacts) -> Verdict:
    """Money counts once, for an order of its seller that was there when it came."""
    reasons: list[Reason] = []
    if facts.taken_by:
        reasons.append(money_matched(code=facts.taken_by))
    if facts.is_returned:
        reasons.append(money_returned())
    if not facts.is_same_seller:
        reasons.append(money_of_other_seller())
    if facts.received_on < facts.placed_on:
        reasons.append(money_before_order(code=facts.code))
    return Verdict(tuple(reasons))


def may_give_back(amount_rp: int, left_rp: int) -> Verdict:
    """Never more than is there."""
    if 0 < amount_rp <= left_rp:
        return ALLOWED
    return Verdict((money_back_exceeds(left=format_rp(max(left_rp, 0))),))


def may_wait(until: date, last_day: date) -> Verdict:
    """The rest is waited for until a last day, and no new deadline goes beyond it."""
    if until <= last_day:
        return ALLOWED
    return Verdict((rest_too_late(day=format_date(last_day)),))


def may_unmatch(code: str, is_matched: bool, is_handed_over: bool, left_rp: int) -> Verdict:
    """Only before the goods changed hands, and while the money is still here (`left_rp` is what
    the order keeps without it)."""
    if not is_matched:
        return Verdict((money_unmatched(),))
    if is_handed_over:
        return Verdict((money_sold(code=code),))
    return ALLOWED if left_rp >= 0 else Verdict((money_returned(),))
