"""Why stock cannot move, be counted or leave."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason

stock_short = declare_reason(
    "stock_short",
    _lazy("Stok %(what)s di %(place)s tidak cukup: diminta %(asked)s, bebas %(free)s."),
    next_step=_lazy("Kurangi jumlahnya, atau pindahkan stok dari tempat lain lebih dulu."),
)
qty_not_positive = declare_reason(
    "qty_not_positive",
    _lazy("Jumlahnya harus di atas nol."),
    next_step=_lazy("Tulis jumlahnya."),
)
movement_in_future = declare_reason(
    "movement_in_future",
    _lazy("Tanggal mutasi stok belum tiba."),
    next_step=_lazy("Tulis tanggal barang benar-benar bergerak."),
)
lot_overfilled = declare_reason(
    "lot_overfilled",
    _lazy("Yang masuk melebihi jumlah jadi lot %(code)s."),
    next_step=_lazy("Periksa jumlahnya; barang tambahan adalah batch sendiri."),
)
place_elsewhere = declare_reason(
    "place_elsewhere",
    _lazy("Tempat itu bukan milik UPT yang membuat barangnya."),
    next_step=_lazy("Pilih tempat milik UPT ini."),
)
same_place = declare_reason(
    "same_place",
    _lazy("Tempat asal dan tujuan sama."),
    next_step=_lazy("Pilih tempat tujuan yang lain."),
)
reason_missing = declare_reason(
    "stock_reason_missing",
    _lazy("Selisih atau kehilangan stok perlu alasan."),
    next_step=_lazy("Tulis apa yang terjadi, sesingkat apa pun."),
)
count_exists = declare_reason(
    "count_exists",
    _lazy("Tempat ini sudah diopname pada tanggal itu."),
    next_step=_lazy("Buka opname yang sudah ada, atau hitung lagi pada hari lain."),
)
count_below_reserved = declare_reason(
    "count_below_reserved",
    _lazy("Hasil hitung lot %(code)s di bawah jumlah yang sudah dipesan."),
    next_step=_lazy("Lepaskan dulu pesanannya, lalu catat opnamenya."),
)
count_empty = declare_reason(
    "count_empty",
    _lazy("Belum ada satu lot pun yang dihitung."),
    next_step=_lazy("Tulis hasil hitung paling sedikit satu lot."),
)
pass_own = declare_reason(
    "pass_own",
    _lazy("Surat izin keluar tidak dapat disetujui oleh yang memintanya."),
    next_step=_lazy("Minta Kepala UPT atau pelaksana hariannya."),
)
pass_decided = declare_reason(
    "pass_decided",
    _lazy("Surat izin keluar %(code)s sudah diputuskan."),
    next_step=_lazy("Buka suratnya; untuk barang lain buat permintaan baru."),
)
pass_empty = declare_reason(
    "pass_empty",
    _lazy("Surat izin keluar belum memuat barang."),
    next_step=_lazy("Isi paling sedikit satu lot."),
)
pass_not_approved = declare_reason(
    "pass_not_approved",
    _lazy("Barang belum diizinkan keluar."),
    next_step=_lazy("Tunggu persetujuan Kepala UPT."),
)


@dataclass(frozen=True)
class MovementFacts:
    """What is known before stock moves; `today` is the latest day that has begun anywhere here."""

    qty: Decimal
    day: date
    today: date
    lot_facility_id: int
    place_facility_id: int


def may_move(facts: MovementFacts) -> Verdict:
    """Whether this can be a movement at all; how much is there only the database knows."""
    reasons: list[Reason] = []
    if facts.qty <= 0:
        reasons.append(qty_not_positive())
    if facts.day > facts.today:
        reasons.append(movement_in_future())
    if facts.lot_facility_id != facts.place_facility_id:
        reasons.append(place_elsewhere())
    return Verdict(tuple(reasons))


@dataclass(frozen=True)
class PassFacts:
    """A gate pass at the moment of decision."""

    code: str
    is_decided: bool
    requested_by_id: int | None
    decided_by_id: int | None


def may_decide(facts: PassFacts) -> Verdict:
    """Two people, once. A program's own actor (demo) stands for two."""
    reasons: list[Reason] = []
    if facts.is_decided:
        reasons.append(pass_decided(code=facts.code))
    if facts.decided_by_id is not None and facts.decided_by_id == facts.requested_by_id:
        reasons.append(pass_own())
    return Verdict(tuple(reasons))
