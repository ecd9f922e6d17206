"""What a page of goods needs before anything can be added."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Refused, declare_reason
from berdaya.institutions.models import Facility

goods_without_unit = declare_reason(
    "goods_without_unit",
    _lazy("Anda melihat beberapa UPT sekaligus; barang selalu milik satu UPT."),
    next_step=_lazy("Pilih dulu satu UPT."),
)


def one_facility(chosen: Facility | None) -> Facility:
    """The facility chosen for this page. Refused `goods_without_unit` where several are seen."""
    if chosen is None:
        raise Refused(goods_without_unit())
    return chosen
