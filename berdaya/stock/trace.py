"""Lots, stock movements and gate passes on the thread from a slip to the item and back."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.codes import format_code, normalise
from berdaya.core.links import End, day_text, declare_kind, declare_link
from berdaya.core.money import format_qty
from berdaya.core.names import named
from berdaya.goods.models import Product, said_once
from berdaya.papers.models import Document
from berdaya.stock.models import GatePass, GatePassLine, Lot, MovementKind, StockMovement

PRODUCT = ("variant__product__name", "variant__product__name_en")
VARIANT = (*PRODUCT, "variant__name", "variant__name_en")


def variant_text(name: str, name_en: str, variant: str, variant_en: str) -> str:
    """What was made, as a person calls it, out of the columns VARIANT."""
    return said_once(named(name, name_en), named(variant, variant_en))


def qty_text(qty: str) -> str:
    """A quantity as the page's language writes it."""
    return format_qty(Decimal(qty), get_language() or "id")


def _lot(code: str, qty: str, *names: str) -> tuple[str, str, str]:
    label = f"{qty_text(qty)} × {variant_text(*names)}"
    return code, label, reverse("stock:lot", args=[code])


def _item(public_code: str, *names: str) -> tuple[str, str, str]:
    return public_code, f"{variant_text(*names)}, {format_code(public_code)}", ""


def _product(code: str, name: str, name_en: str) -> tuple[str, str, str]:
    return code, named(name, name_en), reverse("goods:product", args=[code])


def _movement(pk: str, day: str, kind: str, qty: str, place: str, ref: str) -> tuple[str, str, str]:
    words = f"{MovementKind(kind).label} {qty_text(qty)}, {place} {ref}".strip()
    return pk, f"{day_text(day)}: {words}", ""


def _pass(code: str, destination: str, day: str) -> tuple[str, str, str]:
    label = f"{destination}, {day_text(day)}"
    return code, label, reverse("stock:gate_pass", args=[code])


def _document(pk: str, number: str, name: str, name_en: str) -> tuple[str, str, str]:
    return number, named(name, name_en), reverse("papers:document", args=[pk])


def _meant_movement(text: str) -> Q | None:
    """By its id, which is all the number it has."""
    try:
        return Q(pk=UUID(text.strip()))
    except ValueError:
        return None


declare_kind(
    "lot", _lazy("Lot"), 40, Lot.objects.all, ("code", "made_qty", *VARIANT), _lot,
    lambda text: Q(code=normalise(text)) | Q(public_code=normalise(text)),
)  # fmt: skip
declare_kind(
    "item", _lazy("Kode untuk pembeli"), 45, Lot.objects.all, ("public_code", *VARIANT), _item
)
declare_kind(
    "product", _lazy("Produk"), 46, Product.objects.all, ("code", "name", "name_en"), _product,
    lambda text: Q(code=text.strip().upper()),
)  # fmt: skip
declare_kind(
    "movement", _lazy("Mutasi stok"), 47, StockMovement.objects.all,
    ("pk", "day", "kind", "qty", "place__name", "reference"), _movement,
    _meant_movement,
)  # fmt: skip
declare_kind(
    "gate_pass", _lazy("Izin keluar barang"), 48, GatePass.objects.all,
    ("code", "destination", "day"), _pass, lambda text: Q(code=normalise(text)),
)  # fmt: skip
declare_kind(
    "document", _lazy("Dokumen"), 49, Document.objects.all,
    ("pk", "number_text", "type__name", "type__name_en"), _document,
    lambda text: Q(number_text=text.strip()),
)  # fmt: skip

LOT = End("lot", "lot", _lazy("lot"))
OWN_LOT = End("lot", "", _lazy("lot"))
declare_link(Lot.objects.all, OWN_LOT, End("item", "", _lazy("kode pembeli"), is_leaf=True))
declare_link(
    Lot.objects.all, OWN_LOT, End("product", "variant__product", _lazy("produk"), is_leaf=True)
)
declare_link(
    StockMovement.objects.all, LOT, End("movement", "", _lazy("mutasi stok"), is_leaf=True)
)
declare_link(
    GatePassLine.objects.all, LOT,
    End("gate_pass", "gate_pass", _lazy("keluar dengan"), is_leaf=True),
)  # fmt: skip
declare_link(
    GatePass.objects.all, End("gate_pass", "", _lazy("izin keluar")),
    End("document", "document", _lazy("surat"), is_leaf=True),
)  # fmt: skip
