"""May this shop open, offer, sell, be paid: pure answers with a code and a next step."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.institutions import qris
from berdaya.market.models import PAID_ONCE, UNPAID, OrderState, Product, Shop, ShopState

MOST_UNPAID = 3
MOST_PICTURES = 4
MOST_RP = 10_000_000

application_open = declare_reason(
    "market_application_open",
    _lazy("Dengan nomor telepon ini sudah ada pendaftaran yang sedang diperiksa."),
    next_step=_lazy("Buka halaman pendaftaran yang dulu, atau tunggu kabarnya."),
)
application_decided = declare_reason(
    "market_application_decided",
    _lazy("Pendaftaran ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
login_taken = declare_reason(
    "market_login_taken",
    _lazy("Surel atau nomor telepon ini sudah dipakai toko lain."),
    next_step=_lazy("Minta pemilik memberi surel atau nomor yang lain."),
)
out_of_region = declare_reason(
    "market_out_of_region",
    _lazy("Usaha ini di luar wilayah kantor Anda."),
    next_step=_lazy("Serahkan kepada dinas di wilayah usahanya."),
    forbids=True,
)
invitation_wrong = declare_reason(
    "market_invitation_wrong",
    _lazy("Kode undangan ini tidak cocok atau sudah tidak berlaku."),
    next_step=_lazy("Periksa kodenya, atau minta kode baru kepada dinas."),
)
sign_in_wrong = declare_reason(
    "market_sign_in_wrong",
    _lazy("Surel atau telepon dan kata sandi tidak cocok."),
    next_step=_lazy("Periksa huruf besar dan kecil, lalu coba lagi."),
)
shop_closed = declare_reason(
    "market_shop_closed",
    _lazy("Toko ini sedang tidak menerima pesanan."),
    next_step=_lazy("Lihat toko lain."),
)
shop_state_differs = declare_reason(
    "market_shop_state_differs",
    _lazy("Keadaan toko ini sudah berubah."),
    next_step=_lazy("Muat ulang halamannya."),
)
nothing_ordered = declare_reason(
    "market_nothing_ordered",
    _lazy("Belum ada barang yang dipilih."),
    next_step=_lazy("Isi jumlahnya paling sedikit satu."),
)
goods_gone = declare_reason(
    "market_goods_gone",
    _lazy("%(name)s tidak cukup lagi."),
    next_step=_lazy("Kurangi jumlahnya, atau pilih barang lain."),
)
goods_changed = declare_reason(
    "market_goods_changed",
    _lazy("Barang atau harganya baru saja berubah."),
    next_step=_lazy("Periksa daftarnya, lalu pesan lagi."),
)
too_dear = declare_reason(
    "market_too_dear",
    _lazy("Satu pesanan paling banyak Rp10.000.000."),
    next_step=_lazy("Bagi menjadi dua pesanan, atau hubungi penjual."),
)
method_not_offered = declare_reason(
    "market_method_not_offered",
    _lazy("Toko ini tidak menerima cara bayar itu."),
    next_step=_lazy("Pilih cara bayar yang lain."),
)
delivery_not_offered = declare_reason(
    "market_delivery_not_offered",
    _lazy("Toko ini tidak menyerahkan barang dengan cara itu."),
    next_step=_lazy("Pilih cara yang lain."),
)
unpaid_too_many = declare_reason(
    "market_unpaid_too_many",
    _lazy("Masih ada %(most)s pesanan Anda di toko ini yang belum dibayar."),
    next_step=_lazy("Bayar atau batalkan salah satunya dulu."),
)
order_moved_on = declare_reason(
    "market_order_moved_on",
    _lazy("Pesanan ini sudah berubah keadaannya."),
    next_step=_lazy("Muat ulang halamannya untuk melihat keadaan terakhir."),
)
payload_broken = declare_reason(
    "market_qris_broken",
    _lazy("Isi QRIS tidak utuh: angka pemeriksanya tidak cocok."),
    next_step=_lazy("Pindai QRIS toko sekali lagi, lalu salin seluruh isinya."),
)
payload_dynamic = declare_reason(
    "market_qris_dynamic",
    _lazy("QRIS ini hanya untuk satu pembayaran."),
    next_step=_lazy("Pakai QRIS statis, yang dicetak untuk dipasang di toko."),
)
payee_of_another = declare_reason(
    "market_payee_of_another",
    _lazy("QRIS atau rekening ini terdaftar atas nama pihak lain."),
    next_step=_lazy("Pakai QRIS atau rekening milik usaha Anda sendiri."),
)
held_more = declare_reason(
    "market_held_more",
    _lazy("%(held)s sudah dijanjikan kepada pembeli."),
    next_step=_lazy("Isi jumlah yang tidak kurang dari itu, atau selesaikan pesanannya."),
)
pictures_enough = declare_reason(
    "market_pictures_enough",
    _lazy("Satu barang paling banyak %(most)s foto."),
    next_step=_lazy("Hapus satu foto dulu."),
)
permit_taken = declare_reason(
    "market_permit_taken",
    _lazy("Nomor ini sudah terdaftar."),
    next_step=_lazy("Periksa nomornya; bila benar milik Anda, hubungi dinas."),
)
row_reversed = declare_reason(
    "market_row_reversed",
    _lazy("Baris ini sudah dibetulkan, atau tidak dapat dibetulkan."),
    next_step=_lazy("Muat ulang bukunya."),
)
row_of_order = declare_reason(
    "market_row_of_order",
    _lazy("Baris ini berasal dari pesanan."),
    next_step=_lazy("Batalkan lewat pesanannya: Uang dikembalikan."),
)

# What keeps a product or a shop from being seen; told to its owner only.
not_eaten_yet = declare_reason(
    "market_food_permit_missing",
    _lazy("Makanan kemasan memerlukan P-IRT atau BPOM MD yang berlaku."),
    next_step=_lazy("Catat nomornya di Izin, atau tandai barang sebagai sajian segar."),
)
picture_missing = declare_reason(
    "market_picture_missing",
    _lazy("Belum ada fotonya."),
    next_step=_lazy("Tambahkan paling sedikit satu foto."),
)
not_payable = declare_reason(
    "market_not_payable",
    _lazy("Pembeli belum dapat membayar Anda."),
    next_step=_lazy("Isi QRIS atau rekening Anda."),
)
not_handed = declare_reason(
    "market_not_handed",
    _lazy("Belum ada cara barang sampai kepada pembeli."),
    next_step=_lazy("Isi tempat pengambilan atau ongkos kirim di profil."),
)
not_admitted = declare_reason(
    "market_not_admitted",
    _lazy("Toko Anda sedang dihentikan oleh dinas."),
    next_step=_lazy("Hubungi dinas yang menerima pendaftaran Anda."),
)


def may_be_shown(shop: Shop) -> Verdict:
    """Whether anybody but its owner sees the shop."""
    return Verdict(tuple(_against_shop(shop)))


def _against_shop(shop: Shop) -> Iterable[Reason]:
    if shop.state != ShopState.ADMITTED:
        yield not_admitted()
    if not shop.is_payable:
        yield not_payable()
    if not shop.hands_over:
        yield not_handed()


def may_be_offered(
    product: Product, permits: Iterable[Any], day: date, *, pictures: int
) -> Verdict:
    """Whether a product may be seen: with a photo, and food with a number that holds today."""
    reasons = []
    if product.needs_permit and not has_food_number(permits, day):
        reasons.append(not_eaten_yet())
    if not pictures:
        reasons.append(picture_missing())
    return Verdict(tuple(reasons))


def has_food_number(permits: Iterable[Any], day: date) -> bool:
    """Whether a P-IRT or MD holds on that day; `valid_until` is the first day it does not."""
    return any(
        permit.kind in ("spp_irt", "bpom_md")
        and (permit.valid_until is None or permit.valid_until > day)
        for permit in permits
    )


def may_be_payload(text: str) -> Verdict:
    """Whether a wallet would take this QRIS, and an amount can be put in (domain 6.1)."""
    try:
        payload = qris.parse(text)
    except qris.BadPayload:
        return Verdict((payload_broken(),))
    return ALLOWED if payload.is_static else Verdict((payload_dynamic(),))


def may_place(shop: Shop, *, method: str, is_pickup: bool, total_rp: int, unpaid: int) -> Verdict:
    """Whether an order may be placed there like this."""
    reasons = []
    if shop.rests or not may_be_shown(shop).ok:
        reasons.append(shop_closed())
    if not (shop.qris_payload if method == "qris" else shop.bank_number):
        reasons.append(method_not_offered())
    if not (shop.pickup if is_pickup else shop.sends):
        reasons.append(delivery_not_offered())
    if total_rp > MOST_RP:
        reasons.append(too_dear())
    if unpaid >= MOST_UNPAID:
        reasons.append(unpaid_too_many(most=MOST_UNPAID))
    return Verdict(tuple(reasons))


# From which states each step leads on: the whole life of an order.
STEPS: dict[str, tuple[OrderState, ...]] = {
    OrderState.CLAIMED: (OrderState.PLACED,),
    OrderState.PAID: UNPAID,
    OrderState.PACKED: (OrderState.PAID,),
    OrderState.HANDED_OVER: (OrderState.PAID, OrderState.PACKED),
    OrderState.CANCELLED: (OrderState.PLACED,),
    OrderState.EXPIRED: UNPAID,
    OrderState.REFUNDED: PAID_ONCE[:2],
}


def steps_from(state: str) -> frozenset[str]:
    """Where an order in this state can go next."""
    return frozenset(step for step, states in STEPS.items() if state in states)
