"""Goods of Atambua with everything a label needs: coffee, pork floss, a shawl, a basket."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berdaya.core import clock
from berdaya.core.codes import public_code
from berdaya.core.scope import Actor
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.labels.actions.texts import write_text
from berdaya.labels.models import LabelText
from berdaya.labels.queries import goods_lots
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import HalalStanding, Permit, PermitKind
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import Lot, Place
from tests.world import SINCE, World

MADE = clock.today() - timedelta(days=13)
PIRT, HALAL = "P-IRT 2105304010012-29", "ID53110000662051022"
COFFEE = {
    "ingredients": "Biji kopi arabika 100%", "ingredients_en": "100% arabica coffee beans",
    "storage": "Di tempat sejuk dan kering", "storage_en": "Keep cool and dry",
}  # fmt: skip
FLOSS = {
    "ingredients": "Daging babi 72%, gula lontar, kecap (kedelai, gandum), bawang, garam",
    "storage": "Di tempat sejuk dan kering", "has_pork": True,
}  # fmt: skip
SHAWL = {
    "composition": [["cotton", 6000], ["rayon", 4000]], "size": "40 × 180 cm",
    "care": ["wash_hand", "bleach_no", "dry_shade", "iron_low", "clean_no"],
    "care_note": "Pisahkan warna gelap",
}  # fmt: skip
BASKET = {
    "material": "Daun lontar", "material_en": "Lontar leaf", "size": "30 × 30 × 25 cm",
    "care_note": "Lap dengan kain lembap",
}  # fmt: skip


def everybody(world: World) -> Actor:
    """Who may do everything everywhere; inside `world.everywhere()`."""
    return Actor("system:tests", None, frozenset(one.pk for one in world.facilities.values()))


def make_variant(
    world: World,
    category: str,
    name: str,
    *,
    content: tuple[str, str] | None = None,
    shelf_life_days: int | None = None,
    at: str = "LP-ATB",
) -> Variant:
    """One product with one variant; `content` such as ("200", "g")."""
    facility = world.facilities[at]
    number = Product.objects.count() + 1
    product = Product.objects.create(
        facility=facility, code=f"{at}-P{number}", name=name, name_en=f"{name} EN",
        category=Category.objects.get(code=category), line_of_work="contoh",
    )  # fmt: skip
    qty, measure = content or (None, None)
    return Variant.objects.create(
        product=product, facility=facility, sku=f"{at[-3:]}-{number}", name=name,
        name_en=f"{name} EN", measure=Measure.objects.get(code="bungkus"),
        content_qty=Decimal(qty) if qty else None,
        content_measure=Measure.objects.get(code=measure) if measure else None,
        list_price_rp=50_000, shelf_life_days=shelf_life_days,
    )  # fmt: skip


def make_lot(
    world: World,
    variant: Variant,
    *,
    made_on: date = MADE,
    expires_on: date | None = None,
    qty: int = 60,
) -> Lot:
    """A lot in stock, loaded as labels need it."""
    number = Lot.objects.count() + 1
    lot = Lot.objects.create(
        code=f"{variant.facility.code}-26-L{number:04d}", public_code=public_code(),
        facility=variant.facility, variant=variant, made_on=made_on, expires_on=expires_on,
        made_qty=Decimal(qty), recorded_at=clock.now(),
    )  # fmt: skip
    place, _new = Place.objects.get_or_create(
        facility=variant.facility, name="Galeri label", defaults={"kind": "gallery"}
    )
    receive_lot(
        by=everybody(world), lot=lot, place=place, day=made_on, qty=Decimal(qty), reference="contoh"
    )
    return loaded(lot)


def loaded(lot: Lot) -> Lot:
    """Read anew with what labels need."""
    return goods_lots().filter(pk=lot.pk).first() or lot


def permit(world: World, product: Product, kind: str, number: str, **more: Any) -> Permit:
    """A permit in force since SINCE, held by Atambua's cooperative."""
    facts = {
        "holder": world.parties["coop_atb"], "place": world.atb, "issued_on": SINCE,
        "valid_from": SINCE, "valid_until": date(2030, 1, 1) if kind == "spp_irt" else None,
    }  # fmt: skip
    return record_permit(
        by=everybody(world), kind=PermitKind.objects.get(code=kind), number=number,
        products=[product], **facts | more,
    )  # fmt: skip


def text(world: World, variant: Variant, said: dict[str, Any]) -> LabelText:
    return write_text(by=everybody(world), variant=variant, **said)


def coffee(world: World, *, is_certified: bool = True, said: dict[str, Any] | None = None) -> Lot:
    """Ground coffee with P-IRT and halal certificate: nothing is missing."""
    variant = make_variant(
        world, "coffee", "Kopi bubuk contoh", content=("200", "g"), shelf_life_days=270
    )
    permit(world, variant.product, "spp_irt", PIRT)
    if is_certified:
        permit(world, variant.product, "halal", HALAL)
    text(world, variant, COFFEE if said is None else said)
    return make_lot(world, variant, expires_on=MADE + timedelta(days=270))


def floss(world: World, status: str = "not_halal") -> Lot:
    """Pork floss: declared not halal, or whatever `status` says ("" for nothing)."""
    variant = make_variant(
        world, "snack", "Abon se'i contoh", content=("100", "g"), shelf_life_days=90
    )
    permit(world, variant.product, "spp_irt", "P-IRT 2015304020012-29")
    if status:
        stand(variant.product, status)
    text(world, variant, FLOSS)
    return make_lot(world, variant, expires_on=MADE + timedelta(days=90))


def stand(product: Product, status: str) -> HalalStanding:
    return HalalStanding.objects.create(
        product=product, facility=product.facility, status=status, basis="contoh", valid_from=SINCE,
        recorded_at=clock.now(),
    )  # fmt: skip


def shawl(world: World) -> Lot:
    variant = make_variant(world, "tenun", "Selendang contoh")
    text(world, variant, SHAWL)
    return make_lot(world, variant)


def basket(world: World) -> Lot:
    variant = make_variant(world, "anyaman", "Keranjang contoh")
    text(world, variant, BASKET)
    return make_lot(world, variant)
