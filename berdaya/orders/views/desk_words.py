"""How the steps of an order read on the desk."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.parts import Moment
from berdaya.orders.models import RESUMED, SLIPPED, STOPPED, Order, OrderState, OrderStep

WORDS = {
    "money_in": _lazy("Uang masuk"),
    "money_back": _lazy("Uang dikembalikan"),
    "money_unmatched": _lazy("Uang dilepas"),
    "amount": _lazy("Jumlah yang harus dibayar berubah"),
    "deadline": _lazy("Batas bayar baru"),
    "lot_swapped": _lazy("Lot ditukar"),
    "lot_given": _lazy("Lot dipilih"),
    SLIPPED: _lazy("Janji mundur"),
    STOPPED: _lazy("Izin barangnya habis; pembeli diberi tahu"),
    RESUMED: _lazy("Izin barangnya berlaku lagi; pembeli diberi tahu"),
    "return_asked": _lazy("Retur diajukan"),
    "return_accepted": _lazy("Retur diterima"),
    "return_refused": _lazy("Retur ditolak"),
}
TONES = {
    OrderState.PAID: "done",
    OrderState.HANDED_OVER: "done",
    OrderState.COMPLETED: "done",
    OrderState.EXPIRED: "bad",
    OrderState.CANCELLED: "bad",
}


def moments_of(order: Order) -> list[Moment]:
    """Everything that happened, newest first; one query."""
    steps = order.steps.select_related("by").order_by("-at", "-pk")
    return [_moment(step, order.facility.timezone) for step in steps[:100]]


def _moment(step: OrderStep, zone: str) -> Moment:
    is_state = step.kind in OrderState.values
    what = OrderState(step.kind).label if is_state else WORDS.get(step.kind, step.kind)
    return Moment(
        when=clock.format_instant(step.at, zone, get_language() or "id"),
        what=what,
        who=step.by.display_name if step.by else "",
        note=step.note,
        tone=TONES.get(OrderState(step.kind), "") if is_state else "",
    )
