"""Orders on the thread: by their code to the sale that handed them over, and to what is held."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.codes import normalise
from berdaya.core.links import End, declare_kind, declare_link
from berdaya.core.money import format_rp
from berdaya.orders.models import HeldOutcome, Hold, Order, OrderState, Shipment
from berdaya.stock.trace import LOT


def _order(code: str, state: str, payable: str) -> tuple[str, str, str]:
    """What was promised and how it stands; never who bought it."""
    label = f"{OrderState(state).label}, {format_rp(int(payable))}"
    return code, label, reverse("orders:order", args=[code])


declare_kind(
    "order", _lazy("Pesanan"), 55, Order.objects.all, ("code", "state", "payable_rp"), _order,
    lambda text: Q(code=normalise(text)),
)  # fmt: skip

ORDER = End("order", "order", _lazy("dari pesanan"))
declare_link(
    Shipment.objects.all, ORDER, End("sale", "sale", _lazy("diserahkan sebagai")),
    "sale__amount_rp",
)  # fmt: skip
declare_link(
    lambda: Hold.objects.filter(outcome=HeldOutcome.OPEN), LOT,
    End("order", "line__order", _lazy("ditahan untuk"), is_leaf=True),
)  # fmt: skip
