"""Puts the products of a price list into the facility's goods."""

import re
from itertools import count

from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.intake.actions.desk import Desk
from berdaya.intake.plan import ProductPlan
from berdaya.intake.values import MEASURE_CODES, name_key

# The first that fits decides the category; it can be changed on the product's page.
CATEGORIES = (
    ("fertiliser", r"pupuk|kompos"),
    ("soap", r"sabun|deterjen"),
    ("drink", r"minum|sirup|jus|teh"),
    ("oil", r"minyak|vco"),
    ("coffee", r"kopi"),
    ("tenun", r"tenun|kain|sarung|selendang"),
    ("anyaman", r"anyam|keranjang|tikar"),
    ("snack", r"keripik|kue|roti|kerupuk|kacang|stik"),
    ("metal", r"teralis|pagar|besi|las"),
    ("furniture", r"sofa|kursi|meja|lemari|rak|mebel"),
    ("vegetable", r"sayur|cabai|tomat|kangkung|bayam|lele|ayam|telur"),
    ("service", r"jasa|cuci (?:motor|mobil)|laundry|potong rambut"),
)


def book_products(desk: Desk) -> None:
    """Every product that the facility does not have yet, with one variant."""
    known = Variant.objects.filter(facility=desk.facility).select_related("product__category")
    desk.variants = {name_key(variant.name): variant for variant in known}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    categories = {category.code: category for category in Category.objects.all()}
    numbers = count(Product.objects.filter(facility=desk.facility).count() + 1)
    for row in desk.plan.fresh(desk.plan.products):
        key = name_key(row.name)
        if key not in desk.variants:
            number = _free_number(desk, numbers)
            desk.variants[key] = _make(desk, row, number, measures, categories)
        desk.remember(row.source, f"goods.variant:{desk.variants[key].pk}")
        desk.steps.step()


def _free_number(desk: Desk, numbers: "count[int]") -> int:
    taken = set(Product.objects.filter(facility=desk.facility).values_list("code", flat=True))
    return next(number for number in numbers if _code(desk, number) not in taken)


def _code(desk: Desk, number: int) -> str:
    return f"{desk.facility.code}-P{number:03d}"


def _make(
    desk: Desk,
    row: ProductPlan,
    number: int,
    measures: dict[str, Measure],
    categories: dict[str, Category],
) -> Variant:
    product = Product.objects.create(
        facility=desk.facility,
        code=_code(desk, number),
        name=row.name,
        category=categories[category_of(row.name, row.line)],
        line_of_work=desk.line_of(row.line),
    )
    return Variant.objects.create(
        product=product,
        facility=desk.facility,
        sku=f"P{number:03d}",
        name=row.name,
        measure=measures[MEASURE_CODES.get(row.measure, "pcs")],
        list_price_rp=row.price_rp,
        pay_basis=row.pay_basis,
    )


def category_of(name: str, line: str) -> str:
    """The category whose words are in a product's name, or else in its line of work."""
    for text in (name.lower(), line.lower()):
        for code, words in CATEGORIES:
            if re.search(rf"\b(?:{words})", text):
                return code
    return "handicraft"
