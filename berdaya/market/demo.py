"""Twelve own businesses from one list, with orders and books; all invented, all marked as such."""

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from PIL import Image, ImageDraw

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor
from berdaya.institutions.demo import demo_scope, static_payload
from berdaya.institutions.models import Region, Staff
from berdaya.market import pictures
from berdaya.market.actions.applying import admit_application, ask_applicant, send_application
from berdaya.market.actions.ordering import (
    Buyer,
    claim_payment,
    confirm_paid,
    hand_over,
    place_order,
)
from berdaya.market.calc import Wanted
from berdaya.market.models import (
    Application,
    BookRow,
    Order,
    Picture,
    Product,
    Seller,
    Shop,
    ShopPermit,
)

# Regency, shop, trade, owner, and what it offers at which price; P-IRT where it needs one.
SHOPS = (
    ("53.71", "Tenun Contoh Loli", "cloth", "Ibu Kenari", (("Selendang ikat biru", 275_000),
     ("Syal tenun tipis", 145_000), ("Taplak meja ikat", 190_000))),
    ("53.04", "Anyaman Contoh Fatu", "plaiting", "Pak Rotan", (("Keranjang lontar", 85_000),
     ("Tikar pandan", 160_000))),
    ("53.09", "Kopi Contoh Inerie", "coffee", "Ibu Kopi", (("Kopi arabika 250 g", 68_000),
     ("Kopi robusta 250 g", 48_000))),
    ("53.08", "Kue Contoh Kelimutu", "food", "Ibu Kelapa", (("Kue rambut", 25_000),
     ("Jagung titi", 22_000), ("Keripik pisang", 18_000))),
    ("53.11", "Kain Contoh Praing", "cloth", "Ibu Nila", (("Sarung tenun", 420_000),
     ("Tas kain tenun", 135_000))),
    ("53.10", "Kayu Contoh Golo", "craft", "Pak Cendana", (("Mangkuk kayu", 75_000),
     ("Sendok kayu, isi 6", 54_000))),
    ("53.71", "Roti Contoh Oebobo", "food", "Ibu Pandan", (("Roti kenari", 30_000),
     ("Kue lontar", 35_000))),
    ("53.06", "Tenun Contoh Ile", "cloth", "Ibu Tarum", (("Selempang tenun", 165_000),
     ("Dompet tenun", 60_000))),
    ("53.07", "Anyaman Contoh Nian", "plaiting", "Ibu Gewang", (("Tas anyam", 95_000),
     ("Tempat sirih", 70_000), ("Topi anyam", 55_000))),
    ("53.15", "Kopi Contoh Colol", "coffee", "Pak Jati", (("Kopi biji 500 g", 118_000),
     ("Kopi bubuk 200 g", 42_000))),
    ("53.14", "Gula Contoh Nusa", "food", "Pak Lontar", (("Gula lempeng", 28_000),
     ("Gula semut 250 g", 32_000))),
    ("53.05", "Sabun Contoh Nusa Kenari", "other", "Ibu Kemiri", (("Sabun minyak kelapa", 20_000),
     ("Minyak kemiri 100 ml", 38_000))),
)  # fmt: skip
# Who still waits: one to be looked at, one that was asked for more.
WAITING = (("53.71", "Jahit Contoh Lasiana", "cloth", "Ibu Seroja"),
           ("53.01", "Madu Contoh Amfoang", "food", "Pak Asam"))  # fmt: skip
ABOUT = {
    "cloth": "Ditenun sendiri di rumah, dengan benang yang dicelup warna alam.",
    "plaiting": "Dianyam dari daun yang dipetik dan dijemur sendiri.",
    "coffee": "Biji dari kebun sendiri dan tetangga, disangrai sedikit demi sedikit.",
    "food": "Dibuat setiap pagi di dapur sendiri, tanpa pengawet.",
    "craft": "Dibuat dengan tangan dari kayu sisa mebel.",
    "other": "Dibuat sendiri dalam jumlah kecil dari bahan setempat.",
}
DYES = (("#e8dcc4", "#1f2a52"), ("#f0e2cf", "#8f2f24"), ("#ece4d2", "#9a6a12"),
        ("#e6e1d0", "#3f5b3a"), ("#efe6d6", "#5b3a2a"))  # fmt: skip
# Drawn once and kept under many names: encoding is what takes time.
DRAWINGS = 6
DAYS_AGO = (40, 26, 12, 6, 3, 1)


@dataclass(frozen=True)
class _World:
    by: Actor
    chance: random.Random
    regions: dict[str, Region]
    password: str
    drawings: list[bytes]


def load(ctx: DemoContext) -> None:
    """Once; a world that has shops keeps them."""
    with demo_scope() as scope:
        if Shop.objects.exists():
            return
        codes = {row[0] for row in (*SHOPS, *WAITING)}
        chance = ctx.chance("market")
        world = _World(
            scope.actor,
            chance,
            {row.pk: row for row in Region.objects.filter(pk__in=codes)},
            Staff.objects.filter(is_demo=True).values_list("password", flat=True)[0],
            [pictures.encoded(drawn(chance)) for _number in range(DRAWINGS)],
        )
        for number, row in enumerate(SHOPS):
            with clock.travel(clock.now() - timedelta(days=150 - number * 7)):
                _open(world, number, row)
        _sell(world)
        _wait(world)
    ctx.say(f"own businesses: {len(SHOPS)}")


def _apply(world: _World, number: int, row: tuple[str, str, str, str]) -> Application:
    region, name, trade, owner = row
    facts = {
        "shop_name": name, "owner": owner, "shows_owner": number % 3 == 0, "trade": trade,
        "region": world.regions[region], "phone": f"+6281200{number:06d}",
        "email": f"toko{number + 1}@contoh.id", "about": ABOUT[trade], "language": "id",
        "nib": f"91201000{number:05d}" if number % 2 else "",
    }  # fmt: skip
    return send_application(by=world.by, request_key=_key(world), facts=facts)


def _key(world: _World) -> UUID:
    return UUID(int=world.chance.getrandbits(128), version=4)


def _open(world: _World, number: int, row: tuple) -> None:
    region, name, trade, owner, goods = row
    made = _apply(world, number, (region, name, trade, owner))
    shop = admit_application(by=world.by, application=made)
    town = world.regions[region].name.removeprefix("Kabupaten ").removeprefix("Kota ")
    nmid = f"ID1099{700_000_000 + number * 131:09d}"
    Shop.objects.filter(pk=shop.pk).update(
        is_demo=True, pickup=f"Pasar {town}", sends=True, delivery_rp=18_000 + number % 4 * 2_000,
        qris_payload=static_payload(nmid, name.upper(), town, 700 + number),
        bank="Bank Contoh", bank_number=f"7001{number:06d}", bank_holder=owner,
    )  # fmt: skip
    Seller.objects.filter(shop=shop).update(password=world.password)
    if trade in ("food", "coffee"):
        number_text = f"P-IRT 20{number % 9 + 1}5371{number:02d}{number:04d}-30"
        ShopPermit.objects.create(shop=shop, kind="spp_irt", number=number_text)
    rows = [
        Product(
            shop=shop, name=thing, about=f"{thing} dari {name}.", trade=trade, price_rp=price,
            on_hand=world.chance.randint(3, 14),
        )
        for thing, price in goods
    ]  # fmt: skip
    Product.objects.bulk_create(rows)
    Picture.objects.bulk_create(
        Picture(name=pictures.keep_as_new(world.chance.choice(world.drawings)), product=one)
        for one in rows
    )


def drawn(chance: random.Random) -> Image.Image:
    """A woven field, plainly a drawing: stripes and diamonds in two of five dyes."""
    ground, figure = chance.choice(DYES)
    image = Image.new("RGB", (pictures.SIDE, pictures.SIDE), ground)
    pen, step = ImageDraw.Draw(image), chance.choice((80, 100, 160))
    for top in range(0, pictures.SIDE, step):
        if chance.random() < 0.4:
            pen.rectangle((0, top, pictures.SIDE, top + step // 3), fill=figure)
            continue
        for left in range(step // 2, pictures.SIDE, step):
            half, middle = step // 3, top + step // 2
            pen.polygon(
                [(left, middle - half), (left + half, middle), (left, middle + half),
                 (left - half, middle)], fill=figure,
            )  # fmt: skip
    return image


def _sell(world: _World) -> None:
    """An order each, in every state, and what the sellers wrote down themselves."""
    now, rows = clock.now(), []
    goods = {one.shop_id: one for one in Product.objects.order_by("-name")}
    for number, shop in enumerate(Shop.objects.order_by("application__phone")):
        product, ago = goods[shop.pk], DAYS_AGO[number % len(DAYS_AGO)]
        with clock.travel(now - timedelta(days=ago, minutes=number)):
            order = place_order(
                by=world.by, shop=shop, request_key=_key(world), method="qris",
                wanted=[Wanted(product.code, 1, product.price_rp)], is_pickup=bool(number % 2),
                buyer=Buyer("Pembeli Rekaan", f"+62812999{number:05d}",
                            "", "" if number % 2 else "Jalan Contoh 1"), language="id",
            )  # fmt: skip
            _carry_on(world.by, order, number, ago)
        spent = now - timedelta(days=20)
        rows.append(
            BookRow(
                shop=shop, kind="expense", purpose="material", day=clock.local(spent).date(),
                amount_rp=-world.chance.randrange(40, 200) * 1_000, note="Bahan baku",
                recorded_at=spent,
            )
        )  # fmt: skip
    BookRow.objects.bulk_create(rows)


def _carry_on(by: Actor, order: Order, number: int, ago: int) -> None:
    """Older orders are done; the latest wait for the buyer or the seller."""
    if ago == 1:
        if number > len(DAYS_AGO):
            claim_payment(by=by, order=order)
        return
    confirm_paid(by=by, order=order)
    if ago > 3:
        hand_over(by=by, order=order)


def _wait(world: _World) -> None:
    for place, row in enumerate(WAITING):
        made = _apply(world, len(SHOPS) + place, row)
        if place:
            question = "Tuliskan bagaimana madunya disaring dan di mana dikemas."
            ask_applicant(by=world.by, application=made, question=question)
