"""The goods of the demo world: sixty products of seventeen units."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from berdaya.core.codes import desk_code
from berdaya.core.demo import DemoContext
from berdaya.core.numbers import draw
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility

SHELF = Path(__file__).parent / "data" / "demo-shelf.txt"


@dataclass(frozen=True)
class Size:
    """One variant: what is added to the name, what it holds, its list price."""

    words: str
    content: tuple[Decimal, str] | None
    price_rp: int


@dataclass(frozen=True)
class Line:
    """One line of the shelf."""

    facility: str
    category: str
    line_of_work: str
    name: str
    name_en: str
    measure: str
    pay_basis: str
    shelf_life_days: int | None
    sizes: tuple[Size, ...]


def load(ctx: DemoContext) -> None:
    """Every product with its variants; a second run adds nothing."""
    with demo_scope():
        if Product.objects.filter(is_demo=True).exists():
            return
        facilities = {row.code: row for row in Facility.objects.producing()}
        categories = {row.code: row for row in Category.objects.all()}
        measures = {row.code: row for row in Measure.objects.all()}
        lines = list(shelf())
        for line in lines:
            product = _product(line, facilities[line.facility], categories, ctx.today.year - 1)
            _variants(line, product, measures)
    ctx.say(f"products: {len(lines)}")


def shelf() -> Iterator[Line]:
    """The lines of the shelf, read; ValueError for one that is written wrongly."""
    for text in SHELF.read_text("utf-8").splitlines():
        if text.startswith("#"):
            continue
        unit, category, line, name, name_en, measure, basis, days, sizes = (
            part.strip() for part in text.split("|")
        )
        read = tuple(_size(size.strip()) for size in sizes.split(";"))
        life = int(days) if days else None
        yield Line(unit, category, line, name, name_en, measure, basis, life, read)


def _size(text: str) -> Size:
    words, *content, price = text.split("=")
    if not any(content):
        return Size(words, None, int(price))
    qty, measure = content[0].split()
    return Size(words, (Decimal(qty), measure), int(price))


def _product(line: Line, facility: Facility, categories: dict[str, Category], year: int) -> Product:
    number = draw(f"product:{facility.code}", year)
    return Product.objects.create(
        facility=facility,
        code=desk_code(facility.code, year, "P", number),
        name=line.name,
        name_en=line.name_en,
        category=categories[line.category],
        line_of_work=line.line_of_work,
        is_demo=True,
    )


def _variants(line: Line, product: Product, measures: dict[str, Measure]) -> None:
    for place, size in enumerate(line.sizes):
        qty, measure = size.content or (None, None)
        number = product.code.rpartition("-P")[2].lstrip("0")
        Variant.objects.create(
            product=product,
            facility=product.facility,
            sku=f"P{int(number):03d}" + ("" if len(line.sizes) == 1 else "ABC"[place]),
            name=f"{line.name} {size.words}".strip(),
            name_en=f"{line.name_en} {size.words}".strip(),
            measure=measures[line.measure],
            content_qty=qty,
            content_measure=measures[measure] if measure else None,
            list_price_rp=size.price_rp,
            pay_basis=line.pay_basis,
            shelf_life_days=line.shelf_life_days,
            low_stock_qty=None if product.category.is_service else _low(size.price_rp),
        )


def _low(price_rp: int) -> Decimal:
    """Few of what is dear, more of what is cheap."""
    return Decimal(2 if price_rp > 300_000 else 5 if price_rp > 50_000 else 10)
