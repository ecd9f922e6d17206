"""Hand-outs and settlements on the thread from a slip to the stall and back."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.codes import normalise
from berdaya.core.links import End, day_text, declare_kind, declare_link
from berdaya.till.models import HandOut, HandOutLine, Settlement, SettlementSale


def _hand_out(pk: str, code: str, stall: str, day: str) -> tuple[str, str, str]:
    return code, f"{stall}, {day_text(day)}", reverse("till:hand_out", args=[pk])


def _settlement(pk: str, code: str, stall: str, day: str) -> tuple[str, str, str]:
    return code, f"{stall}, {day_text(day)}", reverse("till:settlement", args=[pk])


declare_kind(
    "hand_out", _lazy("Barang di stan"), 50, HandOut.objects.all,
    ("pk", "code", "stall__label", "handed_on"), _hand_out,
    lambda text: Q(code=normalise(text)),
)  # fmt: skip
declare_kind(
    "stall_settlement", _lazy("Perhitungan stan"), 51, Settlement.objects.all,
    ("pk", "code", "stall__label", "reckoned_on"), _settlement,
    lambda text: Q(code=normalise(text)),
)  # fmt: skip
declare_link(
    HandOutLine.objects.all, End("lot", "lot", _lazy("lot")),
    End("hand_out", "hand_out", _lazy("diserahkan ke stan"), is_leaf=True),
)  # fmt: skip
declare_link(
    HandOut.objects.all, End("hand_out", "", _lazy("barang di stan")),
    End("document", "document", _lazy("berita acara"), is_leaf=True),
)  # fmt: skip
declare_link(
    SettlementSale.objects.all, End("sale", "sale", _lazy("penjualan")),
    End("stall_settlement", "settlement", _lazy("dihitung dalam"), is_leaf=True),
)  # fmt: skip
declare_link(
    Settlement.objects.all, End("stall_settlement", "", _lazy("perhitungan stan")),
    End("document", "document", _lazy("berita acara"), is_leaf=True),
)  # fmt: skip
