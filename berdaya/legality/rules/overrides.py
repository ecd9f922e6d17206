"""May an exception be asked for, and who decides?"""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason
from berdaya.legality.rules import listing, shipping

MOST_DAYS = 366

override_not_possible = declare_reason(
    "override_not_possible",
    _lazy("Untuk ini tidak ada izin khusus."),
    next_step=_lazy("Penuhi syaratnya; halaman produk menyebut jalannya."),
)
override_period = declare_reason(
    "override_period",
    _lazy("Izin khusus berlaku dari hari ini atau sesudahnya, paling lama setahun."),
    next_step=_lazy("Perbaiki tanggalnya; sesudah itu dapat diminta lagi."),
)
override_unnamed = declare_reason(
    "override_unnamed",
    _lazy("Dasar hukum dan alasannya belum ditulis."),
    next_step=_lazy("Sebut peraturan dan pasalnya, dan mengapa berlaku untuk barang ini."),
)
override_lot_elsewhere = declare_reason(
    "override_lot_elsewhere",
    _lazy("Kode produksi ini bukan dari produk itu."),
    next_step=_lazy("Pilih produk dan kode produksi yang sama."),
)
override_same_person = declare_reason(
    "override_same_person",
    _lazy("Yang meminta izin khusus tidak memutuskannya."),
    next_step=_lazy("Minta orang kedua di kantor pusat membuka permintaan ini."),
    forbids=True,
)
override_decided = declare_reason(
    "override_decided",
    _lazy("Permintaan ini sudah diputuskan."),
    next_step=_lazy("Buka kembali halamannya."),
)


def may_request(
    code: str, market: str, first: date, until: date, today: date, legal_basis: str, reason: str
) -> Verdict:
    """Only reasons to which the law leaves a door, on a named basis, for a year at most.

    `until` is the first day without it.
    """
    found = Verdict()
    liftable = shipping.LIFTABLE if market.startswith("export:") else listing.LIFTABLE
    if code not in liftable:
        found += override_not_possible()
    if first < today or not first < until <= first + timedelta(days=MOST_DAYS):
        found += override_period()
    if not legal_basis.strip() or not reason.strip():
        found += override_unnamed()
    return found


def may_decide(actor_id: int | None, requested_by_id: int | None, is_decided: bool) -> Verdict:
    """A second person decides, once."""
    found = Verdict()
    if actor_id is not None and actor_id == requested_by_id:
        found += override_same_person()
    if is_decided:
        found += override_decided()
    return found
