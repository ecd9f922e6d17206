"""A buyer's browser, and a second seller in another place."""

from decimal import Decimal
from typing import Any

from django.test import Client

from berdaya.catalog.actions.listings import Proposal, approve_listing, propose_listing
from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.codes import public_code
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Region
from berdaya.ledger.actions.books import open_book
from berdaya.orders.models import Checkout
from berdaya.stock.actions.movements import receive_lot
from berdaya.stock.models import Lot, Place
from tests.orders.scene import Shop, let_pay, permit
from tests.proceeds.scene import MADE
from tests.world import SINCE

# What a planted buyer types; none of it may turn up in a log line or an audit row.
TYPED = {
    "name": "Prawira Rekaan",
    "phone": "0812 0000 0077",
    "email": "prawira@contoh.example",
    "address": "Gang Rahasia 99",
    "province": "53",
    "regency": "53.04",
    "region": "53.04.01",
    "postcode": "85711",
    "gift_note": "Untuk ibu tercinta",
    "method": "qris",
}
PHONE = "+6281200000077"


class Buyer:
    """Fills a cart and orders, without an account; in English with `lang="en"`."""

    def __init__(self, lang: str = "id") -> None:
        self.root = "/en" if lang == "en" else ""
        self.client = Client(headers={"Sec-Fetch-Site": "same-origin"})

    def put(self, listing: Listing, qty: int = 1) -> Any:
        """Press "masukkan keranjang"."""
        values = {"listing": listing.slug, "qty": qty}
        return self.client.post(f"{self.root}/keranjang/isi/", values)

    def cart(self) -> Any:
        """The cart's page."""
        return self.client.get(f"{self.root}/keranjang/")

    def change(self, listing: Listing, do: str = "ubah", qty: int = 1) -> Any:
        """Press a button of a line."""
        values = {"listing": listing.pk, "qty": qty, "do": do}
        return self.client.post(f"{self.root}/keranjang/ubah/", values)

    def form(self) -> Any:
        """The checkout's page."""
        return self.client.get(f"{self.root}/keranjang/pesan/")

    def key(self) -> str:
        """The key that the form carries now."""
        return str(self.form().context["form"]["request_key"].value())

    def order(self, key: str = "", **values: str) -> Any:
        """Send the form as TYPED, but for `values`."""
        posted = TYPED | {"request_key": key or self.key()} | values
        return self.client.post(f"{self.root}/keranjang/pesan/", posted)

    def placed(self, answer: Any) -> Any:
        """The page that an order led to."""
        return self.client.get(answer["Location"])

    def press(self, order: Any, what: str, **values: str) -> Any:
        """Press a button of an order's section."""
        page = f"{self.root}/pesanan/{order.checkout.code}/{order.code}/{what}/"
        return self.client.post(page, values)


def ordered(shop: Shop, qty: int = 1, **values: str) -> tuple[Buyer, Checkout]:
    """A buyer with one checkout behind them."""
    buyer = Buyer()
    buyer.put(shop.listing, qty)
    buyer.order(**values)
    return buyer, Checkout.objects.latest("pk")


def open_second(shop: Shop, stock: int = 5, price_rp: int = 120_000) -> Listing:
    """Inside an open scope over all facilities: Kupang's cooperative sells a basket, no gallery."""
    world, by = shop.scene.world, shop.scene.by
    facility, seller = world.kpg, world.parties["coop_kpg"]
    open_book(by=by, party=seller, facility=facility, opened_on=SINCE)
    variant = _basket(facility)
    store = Place.objects.create(facility=facility, kind="store", name="Gudang")
    lot = Lot.objects.create(
        code="LP-KPG-26-L0001", public_code=public_code(), facility=facility, variant=variant,
        made_on=MADE, made_qty=Decimal(stock), material_total_rp=0, packing_total_rp=0,
        donated_total_rp=0, makes_premi=True, recorded_at=clock.now(),
    )  # fmt: skip
    receive_lot(by=by, lot=lot, place=store, qty=Decimal(stock), day=MADE, reference=lot.code)
    let_pay(by, seller, 2, "KARYA KUPANG")
    permit(by, variant, seller, "7")
    told = Proposal(
        name="Keranjang lontar", name_en="Palm-leaf basket", story="Dianyam.", story_en="Woven.",
        price_rp=price_rp, weight_g=1200,
    )  # fmt: skip
    version = propose_listing(by=by, variant=variant, seller=seller, proposal=told)
    return approve_listing(by=by, version=version)


def _basket(facility: Any) -> Variant:
    product = Product.objects.create(
        facility=facility, code="KPG-KERANJANG", name="Keranjang",
        category=Category.objects.get(code="tenun"), line_of_work="anyam",
    )  # fmt: skip
    return Variant.objects.create(
        product=product, facility=facility, sku="KER", name="sedang",
        measure=Measure.objects.get(code="pcs"), list_price_rp=120_000,
    )  # fmt: skip


def more_regions() -> None:
    """Another province, so that a choice can be wrong."""
    ntt = Region.objects.get(code="53")
    bali = Region.objects.create(code="51", name="Bali", level="province", reference=ntt.reference)
    badung = Region.objects.create(
        code="51.03", name="Badung", level="regency", parent=bali, reference=ntt.reference
    )
    Region.objects.create(
        code="51.03.01", name="Kuta", level="district", parent=badung, reference=ntt.reference
    )
