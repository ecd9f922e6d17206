"""May it be packed, labelled, handed over or cancelled, and if not, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason

order_moved_on = declare_reason(
    "order_moved_on",
    _lazy("Pesanan %(code)s sudah berubah: sekarang %(state)s."),
    next_step=_lazy("Muat lagi halamannya dan lihat keadaannya."),
)
reason_needed = declare_reason(
    "reason_needed",
    _lazy("Alasannya belum diisi."),
    next_step=_lazy("Tulis alasan singkat yang juga dapat dibaca pembeli."),
)
line_without_lot = declare_reason(
    "line_without_lot",
    _lazy("%(what)s belum lengkap: baru %(held)s dari %(qty)s ada lotnya."),
    next_step=_lazy("Pilih lotnya di halaman pengemasan."),
)
lot_expired = declare_reason(
    "lot_expired",
    _lazy("Lot %(lot)s sudah lewat masa baiknya."),
    next_step=_lazy("Buka paketnya bila sudah dikemas, lalu tukar dengan lot lain."),
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
