"""Why an event, a hand-out, a return, a loss or a settlement is refused."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.institutions.models import Facility, FacilityKind, Party
from berdaya.institutions.models.parties import SELLER_KINDS
from berdaya.people.rules import facility_lpka

event_code_taken = declare_reason(
    "event_code_taken",
    _lazy("Kode %(code)s sudah dipakai acara lain."),
    next_step=_lazy("Pakai kode lain, misalnya dengan tahunnya."),
)
event_days_wrong = declare_reason(
    "event_days_wrong",
    _lazy("Hari terakhir mendahului hari pertama."),
    next_step=_lazy("Periksa kedua tanggalnya."),
)
event_elsewhere = declare_reason(
    "event_elsewhere",
    _lazy("Acara ini diselenggarakan kantor lain."),
    next_step=_lazy("Minta kantor penyelenggaranya."),
)
event_over = declare_reason(
    "event_over",
    _lazy("Acara ini sudah lewat."),
    next_step=_lazy("Buat acara baru."),
)
stall_number_taken = declare_reason(
    "stall_number_taken",
    _lazy("Nomor stan itu sudah ada pada acara ini."),
    next_step=_lazy("Pakai nomor berikutnya."),
)
cash_taker_unfit = declare_reason(
    "cash_taker_unfit",
    _lazy("Pihak ini tidak dapat memegang uang stan."),
    next_step=_lazy("Pilih koperasi, satker, atau mitra UPT tuan rumah yang mempunyai buku."),
)
stall_qris_unfit = declare_reason(
    "stall_qris_unfit",
    _lazy("QRIS itu bukan milik pemegang kas, atau belum disahkan untuk hari acaranya."),
    next_step=_lazy("Daftarkan QRIS atas nama pemegang kas dan minta disahkan."),
)
invited_already = declare_reason(
    "invited_already",
    _lazy("%(unit)s sudah diundang."),
    next_step=_lazy("Tunggu jawabannya di halaman acara."),
)
not_invited = declare_reason(
    "not_invited",
    _lazy("UPT ini tidak diundang ke acara itu."),
    next_step=_lazy("Minta undangan kepada penyelenggara."),
)
not_coming = declare_reason(
    "not_coming",
    _lazy("UPT ini belum menjawab akan ikut."),
    next_step=_lazy("Jawab undangannya lebih dulu."),
)
goods_on_the_way = declare_reason(
    "goods_on_the_way",
    _lazy("Barang UPT ini sudah diserahkan ke stan."),
    next_step=_lazy("Kembalikan dulu barangnya."),
)
proposed_already = declare_reason(
    "proposed_already",
    _lazy("Produk ini sudah diusulkan untuk acara itu."),
    next_step=_lazy("Lihat usulannya di halaman acara."),
)
stall_prices_wrong = declare_reason(
    "stall_prices_wrong",
    _lazy("Harga terendah harus di atas nol dan tidak melebihi harga jual."),
    next_step=_lazy("Periksa kedua harganya."),
)
proposal_decided = declare_reason(
    "proposal_decided",
    _lazy("Usulan ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
decision_reason_missing = declare_reason(
    "decision_reason_missing",
    _lazy("Yang tidak dipilih perlu alasan."),
    next_step=_lazy("Tulis alasannya; UPT pengusul membacanya."),
)
not_chosen = declare_reason(
    "not_chosen",
    _lazy("%(what)s tidak ada di antara produk yang dipilih untuk acara ini."),
    next_step=_lazy("Usulkan dulu produknya, lalu tunggu keputusan penyelenggara."),
)
agreement_not_accepted = declare_reason(
    "agreement_not_accepted",
    _lazy("Perjanjian titip jual belum disetujui."),
    next_step=_lazy("Baca isinya, lalu beri tanda setuju."),
)
hand_out_empty = declare_reason(
    "hand_out_empty",
    _lazy("Belum ada barang yang diserahkan."),
    next_step=_lazy("Isi paling sedikit satu lot."),
)
hand_out_two_stores = declare_reason(
    "hand_out_two_stores",
    _lazy("Barangnya berada di dua gudang."),
    next_step=_lazy("Buat satu penyerahan untuk tiap gudang."),
)
not_at_the_stall = declare_reason(
    "not_at_the_stall",
    _lazy("Barang %(code)s belum diizinkan keluar."),
    next_step=_lazy("Tunggu Kepala UPT pemilik menyetujui surat izin keluarnya."),
)
received_already = declare_reason(
    "received_already",
    _lazy("Barang %(code)s sudah diterima."),
    next_step=_lazy("Muat ulang halamannya."),
)
not_received = declare_reason(
    "not_received",
    _lazy("Barang %(code)s belum diterima di stan."),
    next_step=_lazy("Hitung dan terima dulu barangnya."),
)
counted_too_many = declare_reason(
    "counted_too_many",
    _lazy("%(what)s dihitung lebih banyak daripada yang diserahkan."),
    next_step=_lazy("Hitung ulang; yang lebih dibuatkan penyerahan sendiri."),
)
count_incomplete = declare_reason(
    "count_incomplete",
    _lazy("Belum semua baris dihitung."),
    next_step=_lazy("Isi jumlah setiap baris; nol bila tidak ada."),
)
difference_unexplained = declare_reason(
    "difference_unexplained",
    _lazy("Jumlah yang dihitung berbeda tanpa penjelasan."),
    next_step=_lazy("Tulis apa yang terjadi di perjalanan."),
)
handout_same_person = declare_reason(
    "handout_same_person",
    _lazy("Yang menyerahkan barang tidak dapat menerimanya sendiri."),
    next_step=_lazy("Minta penjaga stan lain menghitungnya."),
)
more_than_left = declare_reason(
    "more_than_left",
    _lazy("%(what)s tidak ada sebanyak itu lagi di stan."),
    next_step=_lazy("Periksa jumlahnya: terjual, kembali, dan hilang sudah dikurangkan."),
)
stall_loss_unexplained = declare_reason(
    "stall_loss_unexplained",
    _lazy("Kehilangan perlu alasan."),
    next_step=_lazy("Tulis apa yang terjadi, sesingkat apa pun."),
)
loss_same_person = declare_reason(
    "loss_same_person",
    _lazy("Yang mencatat kehilangan tidak dapat memastikannya sendiri."),
    next_step=_lazy("Minta petugas lain dari UPT pemilik."),
)
loss_decided = declare_reason(
    "loss_decided",
    _lazy("Kehilangan ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
settlement_nothing = declare_reason(
    "settlement_nothing",
    _lazy("Tidak ada barang pemilik ini yang belum diperhitungkan di stan itu."),
    next_step=_lazy("Muat ulang halamannya."),
)
settlement_goods_out = declare_reason(
    "settlement_goods_out",
    _lazy("Masih ada %(qty)s %(what)s di stan."),
    next_step=_lazy("Jual, kembalikan, atau catat kehilangannya; baru hitung."),
)
settlement_loss_open = declare_reason(
    "settlement_loss_open",
    _lazy("Kehilangan %(what)s belum dipastikan pemiliknya."),
    next_step=_lazy("Minta petugas UPT pemilik memastikannya."),
)
settlement_exists = declare_reason(
    "settlement_exists",
    _lazy("Perhitungan stan ini dengan pemilik itu sudah ada: %(code)s."),
    next_step=_lazy("Buka perhitungannya."),
)
settlement_sale_changed = declare_reason(
    "settlement_sale_changed",
    _lazy("Penjualan %(code)s sudah dibayar atau dikembalikan sebagian di luar perhitungan."),
    next_step=_lazy("Selesaikan dulu penjualan itu di halamannya."),
)
settlement_same_person = declare_reason(
    "settlement_same_person",
    _lazy("Yang menghitung tidak dapat menyetujuinya sendiri."),
    next_step=_lazy("Minta Kepala UPT tuan rumah stan, atau pelaksana hariannya."),
)
settlement_decided_already = declare_reason(
    "settlement_decided_already",
    _lazy("Perhitungan %(code)s sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
settlement_decline_unexplained = declare_reason(
    "settlement_decline_unexplained",
    _lazy("Penolakan perlu alasan."),
    next_step=_lazy("Tulis apa yang harus dihitung ulang."),
)
settlement_not_approved = declare_reason(
    "settlement_not_approved",
    _lazy("Perhitungan %(code)s belum disetujui."),
    next_step=_lazy("Minta Kepala UPT tuan rumah stan menyetujuinya."),
)
settlement_paid_already = declare_reason(
    "settlement_paid_already",
    _lazy("Perhitungan %(code)s sudah dibayar."),
    next_step=_lazy("Muat ulang halamannya."),
)
settlement_money_short = declare_reason(
    "settlement_money_short",
    _lazy("Uang pemegang kas di sana hanya %(money)s."),
    next_step=_lazy("Setorkan dulu uang stan, atau bayar dari tempat lain."),
)
stall_day_wrong = declare_reason(
    "stall_day_wrong",
    _lazy("Tanggalnya belum tiba, atau mendahului langkah sebelumnya."),
    next_step=_lazy("Periksa tanggalnya."),
)


@dataclass(frozen=True)
class HandOutFacts:
    """One line as it would be handed out: `is_chosen` by the organiser for this event."""

    what: str
    qty: Decimal
    price_rp: int
    lowest_rp: int
    is_chosen: bool


def may_hand_out(lines: list[HandOutFacts], *, is_agreed: bool, is_coming: bool) -> Verdict:
    """Only what was chosen, with its prices, under the agreement."""
    reasons: list[Reason] = []
    if not is_coming:
        reasons.append(not_coming())
    if not is_agreed:
        reasons.append(agreement_not_accepted())
    if not lines:
        reasons.append(hand_out_empty())
    reasons.extend(not_chosen(what=one.what) for one in lines if not one.is_chosen)
    if any(not 0 < one.lowest_rp <= one.price_rp for one in lines):
        reasons.append(stall_prices_wrong())
    return Verdict(tuple(reasons))


@dataclass(frozen=True)
class CountFacts:
    """One line at receipt: what was handed out and what was counted (None: not counted)."""

    what: str
    qty: Decimal
    counted: Decimal | None


def may_receive(lines: list[CountFacts], note: str) -> Verdict:
    """Every line counted, none above what was handed out, a difference explained."""
    reasons: list[Reason] = []
    if any(one.counted is None or one.counted < 0 for one in lines):
        reasons.append(count_incomplete())
    told = [one for one in lines if one.counted is not None]
    reasons.extend(counted_too_many(what=one.what) for one in told if one.counted > one.qty)  # type: ignore[operator]
    if any(one.counted != one.qty for one in told) and not note.strip():
        reasons.append(difference_unexplained())
    return Verdict(tuple(reasons))


def two_people(first_id: int | None, second_id: int | None, reason: Reason) -> Verdict:
    """The second one is another person; a program's own actor stands for two."""
    return Verdict((reason,) if second_id is not None and first_id == second_id else ())


def may_host(facility: Facility, cash_taker: Party) -> Verdict:
    """Who takes a stall's cash: a seller of the host unit, never a private person."""
    reasons: list[Reason] = []
    if facility.kind == FacilityKind.LPKA:
        reasons.append(facility_lpka())
    fits = cash_taker.kind in SELLER_KINDS and cash_taker.facility_id == facility.pk
    if not fits or cash_taker.kind == "released_maker":
        reasons.append(cash_taker_unfit())
    return Verdict(tuple(reasons))


def may_be_on(day: date, today: date, after: date) -> Verdict:
    """Nothing happened on a day to come, or before what had to come first."""
    return Verdict(() if after <= day <= today else (stall_day_wrong(),))
