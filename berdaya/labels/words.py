"""Closed lists of a label: kinds, fibres, and care symbols with their words.

The symbols are our own drawings of what ISO 3758 describes (to be confirmed before export: the
GINETEX pictures are a trade mark in some countries); the words always stand beside them.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    FOOD = "food", _lazy("Pangan olahan")
    FRESH = "fresh", _lazy("Pangan segar")
    TEXTILE = "textile", _lazy("Tekstil")
    GOODS = "goods", _lazy("Kerajinan dan barang lain")


FRESH_CATEGORIES = frozenset({"vegetable"})
TEXTILE_CATEGORIES = frozenset({"tenun"})


def kind_of(category_code: str, is_food: bool) -> Kind:
    """Which label goods of a category carry."""
    if category_code in FRESH_CATEGORIES:
        return Kind.FRESH
    if is_food:
        return Kind.FOOD
    return Kind.TEXTILE if category_code in TEXTILE_CATEGORIES else Kind.GOODS


class Audience(models.TextChoices):
    OWN = "own", _lazy("Toko dan stan kita")
    OUTSIDE = "outside", _lazy("Toko luar")


class Speech(models.TextChoices):
    ID = "id", pgettext_lazy("labels", "Indonesia")
    BOTH = "both", _lazy("Indonesia dan Inggris")


FIBRES: dict[str, tuple[str, str]] = {
    "cotton": ("katun", "cotton"),
    "rayon": ("rayon (viskosa)", "rayon (viscose)"),
    "silk": ("sutra", "silk"),
    "wool": ("wol", "wool"),
    "linen": ("linen", "linen"),
    "polyester": ("poliester", "polyester"),
    "acrylic": ("akrilik", "acrylic"),
    "nylon": ("nilon", "nylon"),
    "metallic": ("benang logam", "metallic yarn"),
    "plant": ("serat tumbuhan lain", "other plant fibre"),
}


@dataclass(frozen=True)
class Care:
    """One instruction: which group it belongs to, its words, and what is drawn (24 × 24)."""

    group: str
    name: str
    name_en: str
    drawing: str


GROUPS = ("wash", "bleach", "dry", "iron", "clean")
_TUB = '<path d="M2 7l2.5 13h15L22 7"/><path d="M2.4 9.5c2-2 4-2 6 0s4 2 6 0 5-2 7.2 0"/>'
_BLEACH = '<path d="M12 3L22 20H2Z"/>'
_SQUARE = '<path d="M3 3h18v18H3Z"/>'
_IRON = '<path d="M2 18h20L19.5 8H8.5M2 18c0-4 2.5-6 6.5-6h12"/>'
_CIRCLE = '<circle cx="12" cy="12" r="9"/>'
_NO = '<path d="M2 2l20 20M22 2L2 22"/>'


def _dots(count: int) -> str:
    first = 12.5 - (count - 1) * 2
    return "".join(
        f'<circle cx="{first + 4 * place}" cy="15" r="1.1" fill="#000" stroke="none"/>'
        for place in range(count)
    )


# The number on the tub is drawn, for a letter would need a font: 30 in strokes.
_THIRTY = (
    '<path d="M7 12.5h3.6l-2.2 2.2c2.6-.2 2.8 3.4 0 3.4-.8 0-1.3-.3-1.7-.8"/>'
    '<ellipse cx="14.6" cy="15.3" rx="2" ry="2.8"/>'
)
_HAND = '<path d="M6 17l3-5.5M9.2 15.5l2.4-4.6M12 16l2-4.2M14.8 16.3l1.4-3.4" />'

CARE: dict[str, Care] = {
    "wash_hand": Care("wash", "Cuci tangan", "Hand wash", _TUB + _HAND),
    "wash_30": Care("wash", "Cuci sampai 30 °C, lembut", "Wash up to 30 °C, gentle",
                    _TUB + _THIRTY + '<path d="M5 22.5h14"/>'),
    "wash_no": Care("wash", "Jangan dicuci", "Do not wash", _TUB + _NO),
    "bleach_no": Care("bleach", "Jangan pakai pemutih", "Do not bleach", _BLEACH + _NO),
    "bleach_oxygen": Care("bleach", "Pemutih tanpa klorin saja", "Non-chlorine bleach only",
                          _BLEACH + '<path d="M10.5 10L6 20M15 10.6L10.5 20"/>'),
    "dry_shade": Care("dry", "Jemur di tempat teduh", "Line dry in shade",
                      _SQUARE + '<path d="M12 6v12M3.5 9L9 3.5M3.5 6L6 3.5"/>'),
    "dry_flat": Care("dry", "Keringkan mendatar", "Dry flat", _SQUARE + '<path d="M6 12h12"/>'),
    "dry_no_tumble": Care("dry", "Jangan pakai mesin pengering", "Do not tumble dry",
                          _SQUARE + '<circle cx="12" cy="12" r="7.5"/>' + _NO),
    "iron_low": Care("iron", "Setrika suhu rendah", "Iron low", _IRON + _dots(1)),
    "iron_medium": Care("iron", "Setrika suhu sedang", "Iron medium", _IRON + _dots(2)),
    "iron_no": Care("iron", "Jangan disetrika", "Do not iron", _IRON + _NO),
    "clean_no": Care("clean", "Jangan cuci kering", "Do not dry clean", _CIRCLE + _NO),
    "clean_dry": Care("clean", "Boleh cuci kering", "May be dry cleaned",
                      _CIRCLE + '<path d="M10 16.5v-9h3a2.5 2.5 0 010 5h-3"/>'),
}  # fmt: skip
GROUP_NAMES = {
    "wash": _lazy("Cuci"),
    "bleach": _lazy("Pemutih"),
    "dry": _lazy("Keringkan"),
    "iron": _lazy("Setrika"),
    "clean": _lazy("Cuci kering"),
}


def care_svg(code: str) -> str:
    """The drawing of one instruction, black on white."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000"'
        f' stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round">{CARE[code].drawing}'
        "</svg>"
    )
