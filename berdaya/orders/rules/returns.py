"""May goods come back, and if not, why."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason

return_not_yet = declare_reason(
    "return_not_yet",
    _lazy("Pesanan %(code)s belum diserahkan."),
    next_step=_lazy("Retur dapat diajukan setelah barang diserahkan."),
)
return_nothing = declare_reason(
    "return_nothing",
    _lazy("Belum ada barang yang dipilih untuk diretur."),
    next_step=_lazy("Isi jumlah pada barang yang ingin dikembalikan."),
)
return_exceeds = declare_reason(
    "return_exceeds",
    _lazy("Retur %(what)s melebihi yang dibeli dan belum diretur."),
    next_step=_lazy("Kurangi jumlahnya."),
)
return_money_exceeds = declare_reason(
    "return_money_exceeds",
    _lazy("Uang yang dikembalikan untuk %(what)s melebihi harganya."),
    next_step=_lazy("Kurangi jumlah uangnya."),
)
return_decided = declare_reason(
    "return_decided",
    _lazy("Retur ini sudah diputuskan."),
    next_step=_lazy("Baca keputusannya."),
)
return_own = declare_reason(
    "return_own",
    _lazy("Retur ini Anda sendiri yang mencatat permintaannya."),
    next_step=_lazy("Minta Kepala UPT atau Bendahara Penerimaan lain memutuskannya."),
)
shipping_not_returnable = declare_reason(
    "shipping_not_returnable",
    _lazy("Ongkir pesanan ini tidak dapat dikembalikan dari modal kerja."),
    next_step=_lazy("Kembalikan harga barangnya saja."),
)


@dataclass(frozen=True)
class ReturnFacts:
    """So much of a line is asked back, and so much of it is still with the buyer."""

    what: str
    qty: Decimal
    left: Decimal


def may_ask_return(code: str, is_handed_over: bool, asked: Iterable[ReturnFacts]) -> Verdict:
    """Only after the hand-over, something, and no more than the buyer still has."""
    rows = list(asked)
    if not is_handed_over:
        return Verdict((return_not_yet(code=code),))
    if not rows:
        return Verdict((return_nothing(),))
    exceeding = tuple(return_exceeds(what=row.what) for row in rows if not 0 < row.qty <= row.left)
    return Verdict(exceeding) if exceeding else ALLOWED


def may_settle_return(
    *, is_decided: bool, asked_by_id: int | None, staff_id: int | None
) -> Verdict:
    """Once, and by another person than the one who recorded the wish at the desk."""
    if is_decided:
        return Verdict((return_decided(),))
    is_own = staff_id is not None and staff_id == asked_by_id
    return Verdict((return_own(),)) if is_own else ALLOWED
