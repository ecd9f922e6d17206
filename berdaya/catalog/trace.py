"""Listings on the thread: under which address the goods of a lot were offered."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models import Listing
from berdaya.core.links import End, declare_kind, declare_link
from berdaya.core.names import named
from berdaya.stock.models import Lot
from berdaya.stock.trace import OWN_LOT


def _listing(slug: str, name: str | None, name_en: str | None) -> tuple[str, str, str]:
    return slug, named(name, name_en) or slug, reverse("catalog:listing", args=[slug])


declare_kind(
    "listing", _lazy("Tayang"), 46, Listing.objects.all,
    ("slug", "current__name", "current__name_en"), _listing,
    lambda text: Q(slug=text.strip().lower()),
)  # fmt: skip
declare_link(
    Lot.objects.all, OWN_LOT,
    End("listing", "variant__listing", _lazy("ditayangkan sebagai"), is_leaf=True),
)  # fmt: skip
