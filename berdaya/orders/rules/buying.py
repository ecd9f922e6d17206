"""May it be ordered and paid like this, and if not, why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_rp
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason

abroad_by_offer = declare_reason(
    "abroad_by_offer",
    _lazy("Toko ini belum mengirim ke %(country)s."),
    next_step=_lazy("Pilih alamat di Indonesia, atau hubungi penjualnya untuk surat penawaran."),
)
cart_empty = declare_reason(
    "cart_empty",
    _lazy("Keranjang masih kosong."),
    next_step=_lazy("Pilih barang dulu."),
)
cart_full = declare_reason(
    "cart_full",
    _lazy("Keranjang sudah memuat %(most)s macam barang."),
    next_step=_lazy("Pesan dulu isinya, lalu lanjutkan belanja."),
)
cart_changed = declare_reason(
    "cart_changed",
    _lazy("Isi keranjang berubah sejak halaman ini dibuka."),
    next_step=_lazy("Periksa isi dan jumlahnya, lalu pesan lagi bila setuju."),
)
goods_sold_out = declare_reason(
    "goods_sold_out",
    _lazy("%(what)s baru saja habis."),
    next_step=_lazy("Keluarkan dari keranjang, atau lihat barang serupa."),
)
goods_short = declare_reason(
    "goods_short",
    _lazy("%(what)s tinggal %(left)s."),
    next_step=_lazy("Kurangi jumlahnya, atau lihat barang serupa."),
)
goods_price_changed = declare_reason(
    "goods_price_changed",
    _lazy("Harga %(what)s berubah menjadi %(price)s."),
    next_step=_lazy("Periksa jumlahnya, lalu pesan lagi bila setuju."),
)
goods_not_shown = declare_reason(
    "goods_not_shown",
    _lazy("%(what)s sedang tidak dijual."),
    next_step=_lazy("Keluarkan dari keranjang, atau lihat barang serupa."),
)
goods_stopped = declare_reason(
    "goods_stopped",
    _lazy("%(what)s belum boleh dijual: surat izinnya sedang tidak berlaku."),
    next_step=_lazy("Keluarkan dari keranjang; barangnya kembali setelah izinnya diperbarui."),
)
method_not_offered = declare_reason(
    "method_not_offered",
    _lazy("%(seller)s tidak menerima cara bayar ini untuk %(amount)s."),
    next_step=_lazy("Pilih cara bayar yang lain."),
)
method_over_limit = declare_reason(
    "method_over_limit",
    _lazy("QRIS hanya sampai %(most)s sekali bayar; pesanan dari %(seller)s %(amount)s."),
    next_step=_lazy("Bayar dengan transfer bank, atau kurangi isi pesanan."),
)
pickup_not_offered = declare_reason(
    "pickup_not_offered",
    _lazy("Barang dari %(seller)s tidak dapat diambil sendiri."),
    next_step=_lazy("Pilih dikirim."),
)
shipping_unknown = declare_reason(
    "shipping_unknown",
    _lazy("Ongkos kirim ke alamat itu belum diketahui."),
    next_step=_lazy("Pilih ambil sendiri, atau hubungi penjualnya."),
)
amounts_exhausted = declare_reason(
    "amounts_exhausted",
    _lazy("Terlalu banyak pesanan sedang menunggu pembayaran dengan jumlah yang sama."),
    next_step=_lazy("Coba lagi beberapa menit lagi; barangnya belum dipesan."),
)
unpaid_too_many = declare_reason(
    "unpaid_too_many",
    _lazy("Dari nomor atau peramban ini sudah ada %(most)s pesanan yang belum dibayar."),
    next_step=_lazy("Bayar atau batalkan salah satunya dulu; barang ini masih di keranjang."),
)
rate_overlaps = declare_reason(
    "rate_overlaps",
    _lazy("Untuk masa itu sudah ada tarif atau ketentuan."),
    next_step=_lazy("Pilih tanggal mulai sesudah yang terakhir."),
)


@dataclass(frozen=True)
class LineFacts:
    """A cart line as the buyer saw it and as it is now.

    `room`: how many can be made to order, None without a limit. `is_lawful`: its permits hold.
    """

    what: str
    is_shown: bool
    qty: int
    free: int
    is_made_to_order: bool
    seen_price_rp: int
    price_rp: int
    room: int | None = None
    is_lawful: bool = True

    @property
    def can_be_made(self) -> bool:
        """Whether all of it could be made where stock does not reach."""
        return self.is_made_to_order and (self.room is None or self.room >= self.qty)


def may_order(lines: Iterable[LineFacts]) -> Verdict:
    """Everything that changed since the buyer looked, told at once, before it bites."""
    rows = list(lines)
    if not rows:
        return Verdict((cart_empty(),))
    return Verdict(tuple(reason for row in rows for reason in _against(row)))


def _against(row: LineFacts) -> list[Reason]:
    if not row.is_shown:
        return [goods_not_shown(what=row.what)]
    if not row.is_lawful:
        return [goods_stopped(what=row.what)]
    found: list[Reason] = []
    if row.price_rp != row.seen_price_rp:
        found.append(goods_price_changed(what=row.what, price=format_rp(row.price_rp)))
    if row.free < row.qty and not row.can_be_made:
        found.append(short(row.what, max(row.free, row.room or 0)))
    return found


def short(what: str, free: int) -> Reason:
    """Sold out, or fewer left than asked."""
    return goods_short(what=what, left=free) if free > 0 else goods_sold_out(what=what)


@dataclass(frozen=True)
class MethodFacts:
    """A parcel and a method of payment; `most_rp` None: no limit."""

    seller: str
    has_account: bool
    total_rp: int
    most_rp: int | None


def may_pay_by(facts: MethodFacts) -> Verdict:
    """The seller has a registered account for it, and the amount stays within the limit."""
    amount = format_rp(facts.total_rp)
    if not facts.has_account:
        return Verdict((method_not_offered(seller=facts.seller, amount=amount),))
    if facts.most_rp is not None and facts.total_rp > facts.most_rp:
        most = format_rp(facts.most_rp)
        return Verdict((method_over_limit(seller=facts.seller, amount=amount, most=most),))
    return ALLOWED


def may_place_more(unpaid: int, most: int) -> Verdict:
    """Unpaid checkouts of one phone or cart hold goods that others would buy, so they are few."""
    return ALLOWED if unpaid < most else Verdict((unpaid_too_many(most=most),))
