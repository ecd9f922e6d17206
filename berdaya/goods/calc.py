"""Converting quantities between measures."""

from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Refused, declare_reason

measures_differ = declare_reason(
    "measures_differ",
    _lazy("%(from_name)s tidak dapat dihitung menjadi %(to_name)s."),
    next_step=_lazy("Pakai satuan yang sejenis, misalnya kg dan gram, atau L dan ml."),
)


class Convertible(Protocol):
    """What a conversion needs to know of a measure."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> str: ...

    @property
    def factor_to_base(self) -> Decimal: ...


def convert(qty: Decimal, from_: Convertible, to: Convertible) -> Decimal:
    """`qty` of one measure told in another of the same dimension, exact; 1.5 kg -> 1500 g.

    Refused `measures_differ` where the dimensions differ: a bottle is no litre until a variant
    says how much is in it.
    """
    if from_.dimension != to.dimension:
        raise Refused(measures_differ(from_name=from_.name, to_name=to.name))
    return Decimal(qty) * from_.factor_to_base / to.factor_to_base
