"""Notas on the thread: by their code to the sale in each owner's book."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.links import End, day_text, declare_kind, declare_link
from berdaya.core.money import format_rp
from berdaya.till.models import StallSale, StallSalePart


def _nota(code: str, day: str, amount: str, pk: str) -> tuple[str, str, str]:
    """What was taken, never from whom."""
    label = f"{day_text(day)}, {format_rp(int(amount))}"
    return code, label, reverse("till:nota", args=[pk])


declare_kind(
    "nota", _lazy("Nota stan"), 57, StallSale.objects.all, ("code", "day", "amount_rp", "id"),
    _nota, lambda text: Q(code=text.strip().upper()),
)  # fmt: skip

NOTA = End("nota", "stall_sale", _lazy("dari nota"))
declare_link(
    StallSalePart.objects.all, NOTA, End("sale", "sale", _lazy("tercatat sebagai")), "amount_rp"
)
