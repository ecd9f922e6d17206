"""Shops for tests: applied for, admitted and stocked by the same actions that people use."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.test import Client
from PIL import Image

from berdaya.core.scope import acting
from berdaya.institutions.demo import static_payload
from berdaya.institutions.models import Appointment, Region, Staff
from berdaya.institutions.queries import actor_of
from berdaya.market.access import market_scope
from berdaya.market.actions.applying import admit_application, send_application
from berdaya.market.actions.entering import accept_invitation, invite_seller
from berdaya.market.actions.ordering import Buyer, place_order
from berdaya.market.actions.selling import add_picture, add_product, change_payee, change_shop
from berdaya.market.calc import Wanted
from berdaya.market.models import Order, Product, Seller, Shop
from tests.world import TODAY, World

PASSWORD = "kelapa-muda-senja"
SAME = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Market:
    """The officer of the UMKM side, and every shop by name."""

    world: World
    officer: Staff
    shops: dict[str, Shop] = field(default_factory=dict)

    @property
    def desk(self) -> Any:
        """The officer as who acts."""
        return actor_of(self.officer, TODAY)


def officer(world: World) -> Staff:
    """Whoever of the cast is the UMKM side's officer."""
    with world.everywhere():
        held = Appointment.objects.filter(role="umkm_officer").select_related("staff").first()
    assert held is not None
    return held.staff


def region(world: World) -> Region:
    """The regency in which tests happen."""
    return Region.objects.filter(level="regency").order_by("pk")[0]


def facts(world: World, name: str, number: int = 1, **other: Any) -> dict[str, Any]:
    """What an applicant sends."""
    return {
        "shop_name": name,
        "owner": f"Pemilik {name}",
        "shows_owner": False,
        "region": region(world),
        "phone": f"+6281200{number:06d}",
        "email": f"toko{number}@contoh.id",
        "nib": "",
        "trade": "cloth",
        "about": f"Kain dari {name}, ditenun sendiri.",
        "language": "id",
        **other,
    }


def photo(shade: int = 120) -> BytesIO:
    """A photo as a phone takes it, with notes on it."""
    out = BytesIO()
    image = Image.linear_gradient("L").resize((1200, 900)).convert("RGB")
    image.paste((shade, 80, 60), (200, 200, 700, 600))
    exif = Image.Exif()
    exif[0x010F] = "Kamera Contoh"
    image.save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def apply(world: World, name: str, number: int = 1, **other: Any) -> Any:
    """Send the form."""
    with market_scope() as by:
        return send_application(
            by=by, request_key=uuid4(), facts=facts(world, name, number, **other)
        )


def open_shop(market: Market, name: str, number: int = 1, **other: Any) -> Shop:
    """Applied, admitted, invited, stocked with two cloths and ready to be paid."""
    application = apply(market.world, name, number, **other)
    with acting(market.desk, "test") as scope:
        shop = admit_application(by=scope.actor, application=application)
        seller = Seller.objects.get(shop=shop)
    with market_scope() as by:
        code = invite_seller(by=by, seller=seller)
        accept_invitation(by=by, login=seller.login, code=code, password=PASSWORD)
        change_payee(
            by=by,
            shop=shop,
            qris_payload=static_payload(f"ID1099{number:09d}", name.upper(), "Belu", number),
            bank="Bank Contoh",
            bank_number=f"88010{number:04d}",
            bank_holder=name,
        )
        change_shop(by=by, shop=shop, pickup="Pasar Contoh", sends=True, delivery_rp=15_000)
        for place, thing in enumerate(("Selendang", "Sarung")):
            add_goods(by, shop, f"{thing} {name}", 150_000 + place * 50_000, shade=number + place)
    with market_scope():
        market.shops[name] = Shop.objects.get(pk=shop.pk)
    return market.shops[name]


def add_goods(by: Any, shop: Shop, name: str, price_rp: int, **other: Any) -> Product:
    """A thing with a photo."""
    shade = other.pop("shade", 90)
    known = {
        "name": name,
        "about": "",
        "trade": "cloth",
        "is_fresh": False,
        "price_rp": price_rp,
        "on_hand": 3,
        "is_shown": True,
    }
    row = add_product(by=by, shop=shop, facts=known | other)
    add_picture(by=by, product=row, file=photo(shade))
    return row


def goods_of(shop: Shop) -> list[Product]:
    """What it has, by name."""
    with market_scope():
        return list(Product.objects.filter(shop=shop).order_by("name"))


def place(shop: Shop, qty: int = 1, **other: Any) -> Order:
    """Order so many of the shop's first product, to be fetched."""
    row = goods_of(shop)[0]
    known: dict[str, Any] = {
        "request_key": uuid4(),
        "wanted": [Wanted(row.code, qty, row.price_rp)],
        "buyer": Buyer("Pembeli Rekaan", "+6281299990001", "pembeli@contoh.id"),
        "method": "qris",
        "is_pickup": True,
        "language": "id",
    }
    with market_scope() as by:
        return place_order(by=by, shop=shop, **(known | other))


def again(row: Any) -> Any:
    """The row as it stands now."""
    with market_scope():
        return type(row).objects.get(pk=row.pk)


def seller_client(shop: Shop) -> Client:
    """A browser in which the shop's owner is signed in."""
    with market_scope():
        login = Seller.objects.get(shop=shop).login
    browser = Client(headers=SAME)
    answer = browser.post("/usaha/masuk", {"login": login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser
