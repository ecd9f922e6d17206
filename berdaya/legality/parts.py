"""A product's page says where it may be sold, and what is missing where it may not."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.goods.models import Product
from berdaya.goods.parts import ProductPart, ProductRow
from berdaya.institutions.rules import may, may_anywhere
from berdaya.legality.forms_rules import LIFTED
from berdaya.legality.queries.verdicts import Fault, MarketVerdict, verdicts_of
from berdaya.legality.tables import market_label

FAULTS = {
    **LIFTED,
    "permit_revoked": _lazy("izin dicabut"),
    "permit_wrong_scope": _lazy("sertifikatnya untuk dapur"),
    "permit_wrong_variant": _lazy("izinnya tidak menyebut varian ini"),
    "facility_lpka": _lazy("barang anak binaan tidak dijual"),
}


def sold_where(product: Product, actor: Actor) -> ProductPart:
    """A row a market; one statement."""
    day = clock.today(product.facility.timezone)
    rows = () if product.category.is_service else tuple(map(_row, verdicts_of(product.pk, day)))
    links = []
    if may_anywhere(actor, "permit.view"):
        links.append((_lazy("Izin dan Sertifikat"), reverse("legality:permits")))
    if may(actor, "permit.edit", product.facility_id).ok:
        links.append((_lazy("Asal dan motif"), reverse("legality:origin", args=[product.pk])))
    return ProductPart(_lazy("Boleh dijual di mana?"), rows, tuple(links))


def _row(one: MarketVerdict) -> ProductRow:
    label = market_label(one.market)
    if not one.ok:
        return ProductRow(label, _lazy("Belum boleh"), "warn", tuple(map(_fault, one.faults)))
    if one.until is None:
        return ProductRow(label, _lazy("Boleh"), "done")
    last = clock.format_date(one.until - timedelta(days=1))
    return ProductRow(label, _lazy("Boleh"), "done", (_("sampai %(day)s") % {"day": last},))


def _fault(fault: Fault) -> str:
    words = str(FAULTS.get(fault.code, _lazy("belum memenuhi syarat")))
    return f"{fault.kinds}: {words}" if fault.kinds else words
