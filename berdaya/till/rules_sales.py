"""Why a stall may not open, sell, take a nota back or close."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_qty, format_rp
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, combine, declare_reason
from berdaya.till.calc_cash import MOST_QRIS_RP

session_open_exists = declare_reason(
    "session_open_exists",
    _lazy("Stan ini sudah dibuka."),
    next_step=_lazy("Lanjutkan berjualan di stan yang terbuka, atau tutup dulu kasnya."),
)
session_closed = declare_reason(
    "session_closed",
    _lazy("Kas stan ini sudah ditutup."),
    next_step=_lazy("Buka stan lagi sebelum berjualan."),
)
stall_over = declare_reason(
    "stall_over",
    _lazy("Stan ini belum siap: belum ada barang yang diterima."),
    next_step=_lazy("Terima dulu serah barangnya di halaman stan."),
)
qris_false = declare_reason(
    "qris_false",
    _lazy("QRIS yang terpajang bukan milik stan ini: yang terdaftar %(name)s, %(nmid)s."),
    next_step=_lazy(
        "Jangan terima QRIS. Copot stikernya, simpan sebagai bukti, pasang yang asli, lalu periksa"
        " lagi. Sementara itu buka stan dengan tunai saja."
    ),
)
qris_unregistered = declare_reason(
    "qris_unregistered",
    _lazy("Untuk stan ini belum ada QRIS yang terdaftar dan disahkan."),
    next_step=_lazy("Buka dengan tunai saja, atau minta bendahara mendaftarkan QRIS-nya."),
)
sale_id_taken = declare_reason(
    "sale_id_taken",
    _lazy("Dengan tanda yang sama sudah tercatat penjualan lain."),
    next_step=_lazy("Buka layar jual lagi dan isi keranjangnya dari awal."),
)
stall_line_unknown = declare_reason(
    "stall_line_unknown",
    _lazy("Barang itu tidak diserahkan kepada stan ini."),
    next_step=_lazy("Muat ulang layar jual; terima serah barang baru di halaman stan."),
)
basket_empty = declare_reason(
    "basket_empty",
    _lazy("Keranjang masih kosong."),
    next_step=_lazy("Sentuh barang yang dibeli."),
)
stall_sold_out = declare_reason(
    "stall_sold_out",
    _lazy("%(what)s tinggal %(left)s di stan."),
    next_step=_lazy("Kurangi jumlahnya, atau pilih barang lain."),
)
price_below_lowest = declare_reason(
    "price_below_lowest",
    _lazy("%(what)s paling murah %(lowest)s."),
    next_step=_lazy(
        "Tawarkan harga terendah itu; di bawahnya hanya pemilik barang yang memutuskan."
    ),
)
price_above = declare_reason(
    "price_above",
    _lazy("%(what)s berharga %(price)s, tidak lebih."),
    next_step=_lazy("Pakai harga yang tertera."),
)
price_reason_missing = declare_reason(
    "price_reason_missing",
    _lazy("Harga %(what)s diturunkan tanpa alasan."),
    next_step=_lazy("Tulis alasannya, misalnya beli tiga."),
)
cash_short = declare_reason(
    "cash_short",
    _lazy("Uang yang diterima kurang dari %(due)s."),
    next_step=_lazy("Periksa uangnya, atau terima sisanya dulu."),
)
qris_not_offered = declare_reason(
    "qris_not_offered",
    _lazy("Stan ini dibuka tanpa QRIS."),
    next_step=_lazy("Terima tunai. Untuk QRIS, tutup kas lalu buka lagi dengan QRIS diperiksa."),
)
qris_too_large = declare_reason(
    "qris_too_large",
    _lazy("Satu pembayaran QRIS paling banyak %(most)s."),
    next_step=_lazy("Bagi menjadi dua nota, atau terima tunai."),
)
qris_reference_missing = declare_reason(
    "qris_reference_missing",
    _lazy("Empat angka akhir rujukan QRIS belum ditulis."),
    next_step=_lazy("Baca dari bukti bayar pembeli; bendahara mencarinya dengan angka itu."),
)
qris_proven = declare_reason(
    "qris_proven",
    _lazy("QRIS nota ini sudah terbukti masuk."),
    next_step=_lazy("Minta bendahara mengembalikan dananya kepada pembeli."),
)
qris_not_waiting = declare_reason(
    "qris_not_waiting",
    _lazy("QRIS nota ini tidak menunggu pencocokan."),
    next_step=_lazy("Muat ulang halamannya."),
)
proof_own = declare_reason(
    "proof_own",
    _lazy("Yang menjual tidak mencocokkan QRIS-nya sendiri."),
    next_step=_lazy("Minta bendahara mencocokkannya dengan mutasi."),
)
write_off_early = declare_reason(
    "write_off_early",
    _lazy("Kas stan nota ini belum ditutup."),
    next_step=_lazy("Cari dulu uangnya; nota yang keliru dibatalkan di stan sebelum kas ditutup."),
)
write_off_asked = declare_reason(
    "write_off_asked",
    _lazy("Penghapusan QRIS nota ini sudah diminta."),
    next_step=_lazy("Tunggu keputusan Kepala UPT di Hari Ini."),
)
write_off_decided = declare_reason(
    "write_off_decided",
    _lazy("Permintaan ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
write_off_same_person = declare_reason(
    "write_off_same_person",
    _lazy("Yang menjual atau meminta penghapusan QRIS tidak memutuskannya."),
    next_step=_lazy("Minta Kepala UPT, atau pelaksana hariannya."),
)
write_off_money_came = declare_reason(
    "write_off_money_came",
    _lazy("Di QRIS dalam perjalanan hanya tersisa %(left)s: sebagian sudah dicatat masuk bank."),
    next_step=_lazy("Cocokkan notanya dengan mutasi, atau betulkan dulu catatan bank."),
)
rounding_overlaps = declare_reason(
    "rounding_overlaps",
    _lazy("Untuk hari itu sudah ada aturan pembulatan."),
    next_step=_lazy("Pilih hari sesudah aturan yang terakhir mulai berlaku."),
)
rounding_past = declare_reason(
    "rounding_past",
    _lazy("Pada hari itu atau sesudahnya sudah ada nota."),
    next_step=_lazy("Pilih hari sesudah nota yang terakhir."),
)
nota_reason_missing = declare_reason(
    "nota_reason_missing",
    _lazy("Alasannya belum ditulis."),
    next_step=_lazy("Tulis apa yang terjadi, sesingkat apa pun."),
)
void_late = declare_reason(
    "void_late",
    _lazy("Nota hanya dapat dibatalkan pada harinya, selama kasnya belum ditutup."),
    next_step=_lazy("Minta kepala UPT atau bendahara mencatat pengembalian dana."),
)
void_own = declare_reason(
    "void_own",
    _lazy("Yang membuat nota tidak membatalkannya sendiri."),
    next_step=_lazy("Minta rekan di stan masuk dengan PIN-nya, atau hubungi bendahara."),
)
void_again = declare_reason(
    "void_again",
    _lazy("Nota %(code)s sudah batal."),
    next_step=_lazy("Nomornya tetap dipakai; tidak perlu apa-apa lagi."),
)
block_overlaps = declare_reason(
    "block_overlaps",
    _lazy("Sebagian nomor itu sudah ada di blok lain dengan seri yang sama."),
    next_step=_lazy("Periksa seri dan nomor pada sampul bloknya."),
)
block_range_wrong = declare_reason(
    "block_range_wrong",
    _lazy("Sebuah blok memuat 1 sampai 200 nomor berurutan."),
    next_step=_lazy("Periksa nomor pertama dan terakhir."),
)
block_number_unknown = declare_reason(
    "block_number_unknown",
    _lazy("Nomor %(number)s tidak ada di blok yang dipegang stan ini."),
    next_step=_lazy("Periksa seri dan nomor pada kertasnya."),
)
block_number_used = declare_reason(
    "block_number_used",
    _lazy("Nomor %(number)s sudah dicatat."),
    next_step=_lazy("Buka blok notanya dan lihat nomor itu."),
)
closing_gaps = declare_reason(
    "closing_gaps",
    _lazy("%(count)s nomor nota kertas belum dijelaskan, mulai %(first)s."),
    next_step=_lazy("Catat nota itu, atau tulis rusak, hilang, atau tidak terpakai."),
)
closing_unproven = declare_reason(
    "closing_unproven",
    _lazy("%(count)s QRIS belum terbukti dan belum diberi catatan."),
    next_step=_lazy("Periksa mutasi bersama bendahara, atau tulis catatan pada notanya."),
)
closing_reason_missing = declare_reason(
    "closing_reason_missing",
    _lazy("Uang berselisih %(difference)s dari yang seharusnya."),
    next_step=_lazy("Hitung sekali lagi; bila tetap, tulis alasannya."),
)
handover_own = declare_reason(
    "handover_own",
    _lazy("Yang menyetor tidak menerima setorannya sendiri."),
    next_step=_lazy("Minta bendahara menghitung dan menerimanya."),
)
handover_done = declare_reason(
    "handover_done",
    _lazy("Setoran ini sudah diterima."),
    next_step=_lazy("Cetak kuitansinya."),
)


def may_show(registered: tuple[str, str], shown: tuple[str, str]) -> Verdict:
    """(NMID, merchant name) as displayed must be the registered ones, but for case and spaces."""
    if _plain(shown) != _plain(registered):
        return Verdict((qris_false(name=registered[1], nmid=registered[0]),))
    return ALLOWED


def _plain(account: tuple[str, str]) -> tuple[str, str]:
    nmid, name = account
    return "".join(nmid.upper().split()), " ".join(name.upper().split())


@dataclass(frozen=True)
class LineFacts:
    """One line as asked: the price of one, the usual and the lowest price, what is left."""

    what: str
    qty: Decimal
    unit_price_rp: int
    price_rp: int
    lowest_rp: int
    reason: str


def may_price(line: LineFacts) -> Verdict:
    """Between the lowest price and the usual one; below the usual one with a reason."""
    if line.unit_price_rp > line.price_rp:
        return Verdict((price_above(what=line.what, price=format_rp(line.price_rp)),))
    if line.unit_price_rp < line.lowest_rp:
        return Verdict((price_below_lowest(what=line.what, lowest=format_rp(line.lowest_rp)),))
    if line.unit_price_rp < line.price_rp and not line.reason:
        return Verdict((price_reason_missing(what=line.what),))
    return ALLOWED


def may_sell_lines(lines: Sequence[LineFacts]) -> Verdict:
    """Something, and every price within its bounds."""
    return combine(map(may_price, lines)) if lines else Verdict((basket_empty(),))


def sold_out(what: str, left: Decimal) -> Reason:
    """How much of it there is."""
    return stall_sold_out(what=what, left=format_qty(left))


@dataclass(frozen=True)
class PayFacts:
    """How a nota is paid: what is due, in cash after rounding, and what was taken."""

    method: str
    due_rp: int
    tendered_rp: int
    reference: str
    has_qris: bool


def may_pay(pay: PayFacts) -> Verdict:
    """Cash that reaches; QRIS where it was checked, within its limit, with its last digits."""
    if pay.method == "cash":
        short = pay.tendered_rp < pay.due_rp
        return Verdict((cash_short(due=format_rp(pay.due_rp)),)) if short else ALLOWED
    reasons: list[Reason] = []
    if not pay.has_qris:
        reasons.append(qris_not_offered())
    if pay.due_rp > MOST_QRIS_RP:
        reasons.append(qris_too_large(most=format_rp(MOST_QRIS_RP)))
    if not (pay.reference.isascii() and pay.reference.isalnum() and len(pay.reference) >= 4):
        reasons.append(qris_reference_missing())
    return Verdict(tuple(reasons))


@dataclass(frozen=True)
class VoidFacts:
    """A nota that somebody says is wrong."""

    code: str
    is_void: bool
    is_today: bool
    is_session_open: bool
    is_proven: bool
    sold_by_id: int | None
    voided_by_id: int | None
    reason: str


def may_void(facts: VoidFacts) -> Verdict:
    """Once, on its day, before the cash is counted, by another person, no QRIS that came."""
    reasons: list[Reason] = []
    if facts.is_void:
        return Verdict((void_again(code=facts.code),))
    if not (facts.is_today and facts.is_session_open):
        reasons.append(void_late())
    if facts.voided_by_id is not None and facts.voided_by_id == facts.sold_by_id:
        reasons.append(void_own())
    if facts.is_proven:
        reasons.append(qris_proven())
    if not facts.reason:
        reasons.append(nota_reason_missing())
    return Verdict(tuple(reasons))


def may_close(gaps: Sequence[str], unproven: int, difference_rp: int, reason: str) -> Verdict:
    """`gaps`: paper numbers nobody explained; `unproven`: QRIS notas without proof and note."""
    reasons: list[Reason] = []
    if gaps:
        reasons.append(closing_gaps(count=len(gaps), first=gaps[0]))
    if unproven:
        reasons.append(closing_unproven(count=unproven))
    if difference_rp and not reason:
        reasons.append(closing_reason_missing(difference=format_rp(difference_rp)))
    return Verdict(tuple(reasons))
