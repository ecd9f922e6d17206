"""May the desk match, give back, pack, hand over, cancel or take back, and if not, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.money import format_rp
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason

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
line_without_lot = declare_reason(
    "line_without_lot",
    _lazy("%(what)s belum lengkap: baru %(held)s dari %(qty)s ada lotnya."),
    next_step=_lazy("Pilih lotnya di halaman pengemasan."),
)
lot_expired = declare_reason(
    "lot_expired",
    _lazy("Lot %(lot)s sudah lewat masa baiknya."),
    next_step=_lazy("Tukar dengan lot lain."),
)
swap_reason_missing = declare_reason(
    "swap_reason_missing",
    _lazy("Alasan menukar lot belum diisi."),
    next_step=_lazy("Tulis singkat, misalnya: ada noda."),
)
swap_lot_wrong = declare_reason(
    "swap_lot_wrong",
    _lazy("Lot %(lot)s tidak dapat dipakai untuk barang ini."),
    next_step=_lazy("Pilih lot lain dari daftar."),
)
swap_too_many = declare_reason(
    "swap_too_many",
    _lazy("Jumlahnya melebihi yang dipesan; paling banyak %(most)s."),
    next_step=_lazy("Kurangi jumlahnya."),
)
swap_stock_gone = declare_reason(
    "swap_stock_gone",
    _lazy("Stok lot %(lot)s baru saja diambil orang lain."),
    next_step=_lazy("Muat lagi dan pilih lot lain."),
)
reason_needed = declare_reason(
    "reason_needed",
    _lazy("Alasannya belum diisi."),
    next_step=_lazy("Tulis alasan singkat yang juga dapat dibaca pembeli."),
)
order_nothing_inside = declare_reason(
    "order_nothing_inside",
    _lazy("Barang pesanan ini tidak ada yang di dalam, atau izinnya sudah diminta."),
    next_step=_lazy("Lihat izin keluar barang di halaman pesanan."),
)
order_pass_missing = declare_reason(
    "order_pass_missing",
    _lazy("Barang dari %(place)s belum diizinkan keluar."),
    next_step=_lazy("Minta izin keluar di halaman pesanan; Kepala UPT memutuskannya di Hari Ini."),
)
tracking_used = declare_reason(
    "tracking_used",
    _lazy("Nomor resi itu sudah dipakai pesanan lain."),
    next_step=_lazy("Periksa nomor pada resi kurir."),
)
courier_missing = declare_reason(
    "courier_missing",
    _lazy("Kurirnya belum diisi."),
    next_step=_lazy("Tulis nama kurir, misalnya JNE atau POS."),
)
handed_in_future = declare_reason(
    "handed_in_future",
    _lazy("Tanggal itu belum tiba."),
    next_step=_lazy("Isi tanggal barang benar-benar diserahkan."),
)
handed_too_early = declare_reason(
    "handed_too_early",
    _lazy("Tanggal itu lebih awal daripada %(day)s."),
    next_step=_lazy("Periksa tanggalnya."),
)
return_asked = declare_reason(
    "return_asked",
    _lazy("Retur untuk pesanan ini sudah diajukan dan belum diputuskan."),
    next_step=_lazy("Putuskan yang itu dulu."),
)
return_decided = declare_reason(
    "return_decided",
    _lazy("Retur ini sudah diputuskan."),
    next_step=_lazy("Baca keputusannya."),
)
return_exceeds = declare_reason(
    "return_exceeds",
    _lazy("Yang diretur melebihi yang diserahkan: %(what)s."),
    next_step=_lazy("Periksa jumlah dan uangnya."),
)
return_empty = declare_reason(
    "return_empty",
    _lazy("Belum ada barang yang diretur."),
    next_step=_lazy("Isi jumlah paling sedikit satu barang."),
)
shipping_not_returnable = declare_reason(
    "shipping_not_returnable",
    _lazy("Ongkir pesanan ini tidak dapat dikembalikan dari modal kerja."),
    next_step=_lazy("Kembalikan harga barangnya saja."),
)
contact_masked = declare_reason(
    "contact_masked",
    _lazy("Data pembeli sudah disamarkan."),
    next_step=_lazy("Tidak ada yang perlu dicetak: pesanannya sudah lama selesai."),
)
label_not_now = declare_reason(
    "label_not_now",
    _lazy("Label dicetak untuk pesanan yang sudah lunas dan akan dikirim."),
    next_step=_lazy("Lihat keadaan pesanannya."),
)
rate_overlaps = declare_reason(
    "rate_overlaps",
    _lazy("Untuk masa itu sudah ada tarif atau ketentuan."),
    next_step=_lazy("Pilih tanggal mulai sesudah yang terakhir."),
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


@dataclass(frozen=True)
class PackFacts:
    """One line on the packing table: what is asked, what has a lot, and lots that have expired."""

    what: str
    qty: Decimal
    held: Decimal
    expired: tuple[str, ...] = ()


def may_pack(lines: Iterable[PackFacts]) -> Verdict:
    """Every piece has a lot that is still good; all that is wrong is told at once."""
    reasons: list[Reason] = []
    for line in lines:
        if line.held != line.qty:
            reasons.append(
                line_without_lot(what=line.what, held=f"{line.held:f}", qty=f"{line.qty:f}")
            )
        reasons += [lot_expired(lot=code) for code in line.expired]
    return Verdict(tuple(reasons))


@dataclass(frozen=True)
class HandFacts:
    """A day on which goods changed hands, between the earliest it can be and today."""

    day: date
    earliest: date
    today: date
    is_sent: bool = False
    courier: str = ""


def may_hand_over(facts: HandFacts) -> Verdict:
    """Not tomorrow, not before it was paid for, and a parcel names its courier."""
    reasons: list[Reason] = []
    if facts.day > facts.today:
        reasons.append(handed_in_future())
    if facts.day < facts.earliest:
        reasons.append(handed_too_early(day=format_date(facts.earliest)))
    if facts.is_sent and not facts.courier.strip():
        reasons.append(courier_missing())
    return Verdict(tuple(reasons))


LABELLED = ("paid", "packed", "handed_over")


def may_label(state: str, is_masked: bool) -> Verdict:
    """A label is for a parcel that is paid and not yet there, and its buyer still known."""
    if is_masked:
        return Verdict((contact_masked(),))
    return ALLOWED if state in LABELLED else Verdict((label_not_now(),))
