"""May it be sold, refunded, paid, deposited, answered, and if not, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.money import format_rp
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.proceeds.models.exits import WITH_LETTER, ExitKind, Receiver

sale_facility_lpka = declare_reason(
    "sale_facility_lpka",
    _lazy("Hasil kerja di LPKA tidak dijual."),
    next_step=_lazy("Pakai untuk pelatihan, bukan untuk dijual."),
)
sale_empty = declare_reason(
    "sale_empty",
    _lazy("Penjualan belum berisi barang."),
    next_step=_lazy("Isi paling sedikit satu baris."),
)
sale_in_future = declare_reason(
    "sale_in_future",
    _lazy("Tanggal penjualan belum tiba."),
    next_step=_lazy("Isi tanggal barang diserahkan."),
)
lot_of_other_variant = declare_reason(
    "lot_of_other_variant",
    _lazy("Kode produksi %(lot)s bukan untuk barang ini."),
    next_step=_lazy("Kosongkan kode produksi, atau pilih yang sesuai."),
)
discount_too_large = declare_reason(
    "discount_too_large",
    _lazy("Potongan lebih besar daripada harganya."),
    next_step=_lazy("Periksa potongan dan harga satuan."),
)
staff_below_list_price = declare_reason(
    "staff_below_list_price",
    _lazy("Petugas membeli paling murah dengan harga daftar: %(price)s."),
    next_step=_lazy("Isi harga daftar tanpa potongan."),
)
regime_missing = declare_reason(
    "regime_missing",
    _lazy("Belum tercatat bagaimana uang penjual ini diperlakukan."),
    next_step=_lazy("Minta administrator mencatat PKS atau ketentuan PNBP-nya."),
)
payment_exceeds_due = declare_reason(
    "payment_exceeds_due",
    _lazy("Pembayaran melebihi tagihan; sisa tagihan %(due)s."),
    next_step=_lazy("Isi paling banyak sebesar sisa tagihan."),
)
refund_exceeds = declare_reason(
    "refund_exceeds",
    _lazy("Yang dikembalikan melebihi sisanya: %(left)s."),
    next_step=_lazy("Buka penjualan ini lagi dan lihat pengembalian yang sudah ada."),
)
refund_reason_missing = declare_reason(
    "refund_reason_missing",
    _lazy("Alasan pengembalian belum diisi."),
    next_step=_lazy("Tulis alasannya dengan singkat."),
)
void_too_late = declare_reason(
    "void_too_late",
    _lazy("Dari penjualan ini sudah ada yang dibayarkan, disetor, atau dikembalikan."),
    next_step=_lazy("Catat pengembalian dana; yang sudah dibayarkan tidak diambil kembali."),
)
nothing_payable = declare_reason(
    "nothing_payable",
    _lazy("Tidak ada premi yang dapat dibayarkan sampai tanggal itu."),
    next_step=_lazy("Periksa daftar yang sedang berjalan, atau pilih tanggal lain."),
)
payout_shares_taken = declare_reason(
    "payout_shares_taken",
    _lazy("Premi ini baru saja masuk ke daftar lain."),
    next_step=_lazy("Buka daftar yang sudah disiapkan."),
)
payout_same_person = declare_reason(
    "payout_same_person",
    _lazy("Menyiapkan, menyetujui, dan membayar dilakukan oleh tiga orang berbeda."),
    next_step=_lazy("Minta rekan lain; bila tidak ada, Kantor Wilayah dapat menggantikan."),
)
payout_not_prepared = declare_reason(
    "payout_not_prepared",
    _lazy("Daftar ini sudah tidak menunggu persetujuan."),
    next_step=_lazy("Buka daftarnya dan lihat keadaannya sekarang."),
)
payout_not_approved = declare_reason(
    "payout_not_approved",
    _lazy("Daftar ini tidak menunggu pembayaran."),
    next_step=_lazy("Minta persetujuan kepala UPT lebih dahulu, atau lihat apakah sudah dibayar."),
)
payout_reference_missing = declare_reason(
    "payout_reference_missing",
    _lazy("Nomor rujukan pembayaran belum diisi untuk nomor kerja: %(who)s."),
    next_step=_lazy("Isi nomor transfer, atau pilih 'Menunggu rekening'."),
)
payout_staff_needed = declare_reason(
    "payout_staff_needed",
    _lazy("Daftar pembayaran harus ditangani oleh petugas yang masuk dengan akunnya."),
    next_step=_lazy("Masuk dengan akun petugas."),
)
line_not_waiting = declare_reason(
    "line_not_waiting",
    _lazy("Baris ini sudah dibayar."),
    next_step=_lazy("Lihat rujukan pembayarannya pada daftar."),
)
deposit_exceeds_owed = declare_reason(
    "deposit_exceeds_owed",
    _lazy("Setoran melebihi PNBP terutang: %(owed)s."),
    next_step=_lazy("Isi paling banyak sebesar yang terutang."),
)
deposit_number_wrong = declare_reason(
    "deposit_number_wrong",
    _lazy("Kode billing 15 angka, kode akun 6 angka, NTPN 16 huruf dan angka."),
    next_step=_lazy("Salin persis dari Bukti Penerimaan Negara (BPN)."),
)
deposit_known = declare_reason(
    "deposit_known",
    _lazy("NTPN atau kode billing ini sudah tercatat."),
    next_step=_lazy("Buka daftar setoran dan cari nomornya."),
)
exit_nothing_owed = declare_reason(
    "exit_nothing_owed",
    _lazy("Tidak ada yang perlu diselesaikan untuk orang ini."),
    next_step=_lazy("Tidak perlu berita acara; simpan slip terakhirnya."),
)
exit_already_settled = declare_reason(
    "exit_already_settled",
    _lazy("Serah terima orang ini pada hari itu sudah dicatat."),
    next_step=_lazy("Buka berita acaranya."),
)
receiver_dead = declare_reason(
    "receiver_dead",
    _lazy("Orang yang meninggal tidak dapat menerima sendiri."),
    next_step=_lazy("Pilih ahli waris dan isi nomor surat keterangan warisnya."),
)
receiver_without_letter = declare_reason(
    "receiver_without_letter",
    _lazy("Orang lain menerima haknya, tetapi nomor suratnya belum diisi."),
    next_step=_lazy("Isi nomor surat kuasa atau surat keterangan waris."),
)
consignment_not_left = declare_reason(
    "consignment_not_left",
    _lazy("Yang dilaporkan melebihi sisa titipan %(lot)s."),
    next_step=_lazy("Hitung ulang terjual dan kembali."),
)
consignment_place_wrong = declare_reason(
    "consignment_place_wrong",
    _lazy("Tempat tujuan bukan tempat titip jual."),
    next_step=_lazy("Pilih tempat berjenis titip jual."),
)
consignment_two_prices = declare_reason(
    "consignment_two_prices",
    _lazy("Kode produksi %(lot)s dititipkan dengan dua harga."),
    next_step=_lazy("Buat satu titipan untuk setiap harga."),
)
objection_no_handler = declare_reason(
    "objection_no_handler",
    _lazy("Tidak ada penangan yang tidak ikut mencatat kerja atau membayar."),
    next_step=_lazy("Minta Kantor Wilayah menunjuk penangan."),
)
objection_own_work = declare_reason(
    "objection_own_work",
    _lazy("Keberatan dijawab oleh orang yang tidak mencatat kerja dan tidak membayar."),
    next_step=_lazy("Serahkan kepada penangan yang ditunjuk."),
)
objection_answered = declare_reason(
    "objection_answered",
    _lazy("Keberatan ini sudah dijawab."),
    next_step=_lazy("Baca jawabannya."),
)
policy_shares_wrong = declare_reason(
    "policy_shares_wrong",
    _lazy("Bagian-bagian dan kantong-kantong masing-masing harus berjumlah 100 %."),
    next_step=_lazy("Periksa angka persennya."),
)
policy_overlaps = declare_reason(
    "policy_overlaps",
    _lazy("Untuk masa itu sudah ada kebijakan."),
    next_step=_lazy("Pilih tanggal mulai sesudah kebijakan terakhir."),
)
policy_after_sales = declare_reason(
    "policy_after_sales",
    _lazy("Penjualan pada %(day)s sudah dibagi dengan kebijakan yang sekarang."),
    next_step=_lazy("Pilih tanggal mulai sesudah penjualan terakhir."),
)
policy_needs_two = declare_reason(
    "policy_needs_two",
    _lazy("Kebijakan diusulkan satu orang dan disetujui orang lain."),
    next_step=_lazy("Usulkan dari halaman Kebijakan Bagi Hasil."),
)
settlement_reference_missing = declare_reason(
    "settlement_reference_missing",
    _lazy("Rujukan pembayaran belum diisi."),
    next_step=_lazy("Isi nomor transfer, kuitansi, atau bukti setornya."),
)
settlement_source_wrong = declare_reason(
    "settlement_source_wrong",
    _lazy("Kewajiban ini tidak diselesaikan lewat jalan itu."),
    next_step=_lazy("QRIS masuk ke bank; hanya biaya pembayaran dapat dipotong dari QRIS."),
)
settlement_known = declare_reason(
    "settlement_known",
    _lazy("Rujukan ini sudah dipakai untuk penyelesaian lain: %(code)s."),
    next_step=_lazy("Buka penyelesaian itu, atau isi rujukan yang lain."),
)
settlement_exceeds = declare_reason(
    "settlement_exceeds",
    _lazy("Jumlahnya melebihi yang terutang pada tanggal itu: %(owed)s."),
    next_step=_lazy("Isi paling banyak sebesar yang terutang."),
)
correction_takes_back = declare_reason(
    "correction_takes_back",
    _lazy("Perbaikan ini tidak menambah bagian orang itu."),
    next_step=_lazy("Biarkan; premi yang sudah dibagi tidak diambil kembali."),
)
correction_waits = declare_reason(
    "correction_waits",
    _lazy("Untuk orang dan batch ini sudah ada usulan yang menunggu."),
    next_step=_lazy("Tunggu keputusannya, lalu usulkan lagi bila perlu."),
)
correction_nothing_due = declare_reason(
    "correction_nothing_due",
    _lazy("Dari penjualan batch ini belum ada kekurangan yang perlu dibayar."),
    next_step=_lazy("Usulkan lagi sesudah barangnya terjual."),
)
correction_changed = declare_reason(
    "correction_changed",
    _lazy("Sejak diusulkan kekurangannya berubah; sekarang %(now)s."),
    next_step=_lazy("Tolak usulan ini dan minta usulan baru."),
)
correction_decided = declare_reason(
    "correction_decided",
    _lazy("Usulan ini sudah diputuskan."),
    next_step=_lazy("Buka usulannya dan baca keputusannya."),
)
refund_own_sale = declare_reason(
    "refund_own_sale",
    _lazy("Penjualan ini Anda sendiri yang mencatatnya; dananya dikembalikan orang lain."),
    next_step=_lazy("Minta Kepala UPT atau Bendahara Penerimaan lain."),
)
proposal_same_person = declare_reason(
    "proposal_same_person",
    _lazy("Yang mengusulkan tidak boleh memutuskan usulannya sendiri."),
    next_step=_lazy("Minta rekan lain; bila tidak ada, Kantor Wilayah dapat menggantikan."),
)
day_in_future = declare_reason(
    "day_in_future",
    _lazy("Tanggal %(day)s belum tiba."),
    next_step=_lazy("Isi hari ini atau hari sebelumnya."),
)
day_too_early = declare_reason(
    "day_too_early",
    _lazy("Tanggal %(day)s lebih awal daripada %(what)s pada %(earliest)s."),
    next_step=_lazy("Isi tanggal yang sama atau sesudahnya."),
)
# What a day may not come before, in words for `day_too_early`.
PROPOSED = _lazy("usulannya")
PREPARED = _lazy("penyiapan daftarnya")
APPROVED = _lazy("persetujuannya")
MARKED_PAID = _lazy("pembayaran daftarnya")
SOLD = _lazy("penjualannya")
OLDEST_SALE = _lazy("penjualan tertua yang belum disetor")
HANDED_OVER = _lazy("penyerahannya")
LEFT = _lazy("hari keluarnya")
OWED = _lazy("premi terakhir yang menjadi haknya")
RAISED = _lazy("pengajuannya")


# A day in the language of whoever reads the refusal.
_day_words = lazy(lambda day: format_date(day, get_language() or "id"), str)


def may_be_dated(day: date, today: date, *after: tuple[Promise, date]) -> Verdict:
    """Not on a day to come, nor before what it depends on: `after` are its words and its day."""
    reasons: list[Reason] = []
    if day > today:
        reasons.append(day_in_future(day=_day_words(day)))
    for what, earliest in after:
        if day < earliest:
            words, since = _day_words(day), _day_words(earliest)
            reasons.append(day_too_early(day=words, what=what, earliest=since))
    return Verdict(tuple(reasons))


def may_receive(exit_kind: str, receiver: str, letter: str) -> Verdict:
    """Nobody takes another's money without a paper, and the dead take nothing."""
    if receiver == Receiver.SELF and exit_kind == ExitKind.DEATH:
        return Verdict((receiver_dead(),))
    if receiver in WITH_LETTER and not letter:
        return Verdict((receiver_without_letter(),))
    return ALLOWED


def may_settle(obligation: str, source: str, reference: str) -> Verdict:
    """With a reference; QRIS arrives at the bank, and only fees are held back from QRIS."""
    ways = {"qris": {"bank"}, "fees": {"bank", "cash", "qris"}}.get(obligation, {"bank", "cash"})
    reasons: list[Reason] = []
    if source not in ways:
        reasons.append(settlement_source_wrong())
    if not reference:
        reasons.append(settlement_reference_missing())
    return Verdict(tuple(reasons))


def may_begin_policy(last_sale: date | None, later_policy: date | None) -> Verdict:
    """No policy divides anew, none overlaps one that begins on its day or later.

    `last_sale`: the party's last sale on that day or later; `later_policy`: when another begins.
    """
    reasons: list[Reason] = []
    if last_sale is not None:
        reasons.append(policy_after_sales(day=_day_words(last_sale)))
    if later_policy is not None:
        reasons.append(policy_overlaps())
    return Verdict(tuple(reasons))


def may_propose_correction(delta: int, *, is_waiting: bool) -> Verdict:
    """A correction only gives, and one at a time: what was divided is never taken back."""
    if delta <= 0:
        return Verdict((correction_takes_back(),))
    return Verdict((correction_waits(),)) if is_waiting else ALLOWED


def may_decide(staff_id: int | None, proposer_id: int) -> Verdict:
    """Two different people, each signed in."""
    if staff_id is None:
        return Verdict((payout_staff_needed(),))
    return Verdict((proposal_same_person(),)) if staff_id == proposer_id else ALLOWED


@dataclass(frozen=True)
class SaleFacts:
    """What decides whether a sale may be recorded."""

    facility_kind: str
    sold_on: date
    today: date
    line_count: int


def may_sell(facts: SaleFacts) -> Verdict:
    """No sale of an LPKA, none without goods, none that has not happened."""
    reasons: list[Reason] = []
    if facts.facility_kind == "lpka":
        reasons.append(sale_facility_lpka())
    if not facts.line_count:
        reasons.append(sale_empty())
    if facts.sold_on > facts.today:
        reasons.append(sale_in_future())
    return Verdict(tuple(reasons))


def may_buy_at(buyer_kind: str, qty: Decimal, amount_rp: int, list_price_rp: int) -> Verdict:
    """Staff pay at least the list price: no gain from people's work (Mandela Rule 97)."""
    if buyer_kind == "staff" and amount_rp < int(qty * list_price_rp):
        return Verdict((staff_below_list_price(price=format_rp(list_price_rp)),))
    return ALLOWED


def may_refund(staff_id: int | None, seller_id: int | None) -> Verdict:
    """Not who recorded the sale: money is given back by another person."""
    is_own = staff_id is not None and staff_id == seller_id
    return Verdict((refund_own_sale(),)) if is_own else ALLOWED


def may_take_part(staff_id: int | None, others: Iterable[int]) -> Verdict:
    """Three different people, each signed in."""
    if staff_id is None:
        return Verdict((payout_staff_needed(),))
    return Verdict((payout_same_person(),)) if staff_id in set(others) else ALLOWED


def may_answer(staff_id: int | None, involved: Iterable[int]) -> Verdict:
    """Neither somebody who logged the work or the sale, nor somebody who paid."""
    if staff_id is None:
        return Verdict((payout_staff_needed(),))
    return Verdict((objection_own_work(),)) if staff_id in set(involved) else ALLOWED
