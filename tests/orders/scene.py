"""A scarf on offer: the scene of the proceeds tests with a listing, a payee and a gallery."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid4

from berdaya.catalog.actions.listings import Proposal, approve_listing, propose_listing
from berdaya.catalog.models import Listing
from berdaya.core.scope import Actor
from berdaya.goods.models import Variant
from berdaya.institutions import qris
from berdaya.institutions.actions.accounts import (
    confirm_account,
    register_bank_account,
    register_qris,
)
from berdaya.institutions.models import Party, ReferenceSet, Region
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import PermitKind, Requirement
from berdaya.orders.actions.placing import Buyer, Wanted, place_checkout
from berdaya.orders.models import Checkout, Order
from berdaya.stock.actions.movements import move_between
from berdaya.stock.models import Place
from tests.proceeds.scene import Scene, build
from tests.world import SINCE, TODAY, World

# The made-up static payload of domain.md 6.1; nobody's real merchant.
STATIC_QRIS = (
    "00020101021126660016ID.CO.CONTOH.WWW01189360001400000000180213CTH00000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204599953033605802ID5913KARYA WBP NTT"
    "6006KUPANG61058511162090705POS01630478AF"
)
BUYER = Buyer(
    name="Pembeli Rekaan",
    phone="+6281200000001",
    email="pembeli@contoh.example",
    address="Jalan Rekaan 7",
    region_code="53.04.01",
    postcode="85711",
    gift_note="Selamat ulang tahun",
)
_phones = count(2)


@dataclass
class Shop:
    """The scene's variant as listed, with what a buyer needs; `by` stands for nobody."""

    scene: Scene
    listing: Listing
    gallery: Place
    by: Actor

    def wanted(self, qty: int = 1) -> list[Wanted]:
        """So many pieces at the price that is shown."""
        return [Wanted(self.listing.pk, qty, self.listing.price_rp)]

    def place(
        self, qty: int = 1, *, key: UUID | None = None, method: str = "qris", **more: object
    ) -> Checkout:
        """A checkout of the scene's listing by the scene's buyer."""
        # Of one phone only few orders may wait for money, so each buyer has an own one.
        more.setdefault("buyer", replace(BUYER, phone=f"+62812{next(_phones):08d}"))
        more.setdefault("wanted", self.wanted(qty))
        return place_checkout(
            by=self.by, request_key=key or uuid4(), method=method, language="id", **more
        )

    def order(self, qty: int = 1, **more: object) -> Order:
        """The one order of such a checkout."""
        return self.place(qty, **more).orders.get()


def open_shop(world: World, *, stock: int = 20, price_rp: int = 385_000, **more: object) -> Shop:
    """Inside an open scope over all facilities: `stock` pieces in the gallery, listed, payable."""
    scene = build(world, **more)
    _keep(scene, stock)
    seller = world.parties["coop_atb"]
    let_pay(scene.by, seller, 1, "KARYA WBP NTT")
    _add_district()
    permit(scene.by, scene.variant, seller)
    version = propose_listing(
        by=scene.by,
        variant=scene.variant,
        seller=seller,
        proposal=Proposal(
            name="Selendang tenun ikat",
            name_en="Ikat shawl",
            story="Ditenun dari benang kapas.",
            story_en="Woven from cotton yarn.",
            price_rp=price_rp,
            weight_g=400,
        ),
    )
    listing = approve_listing(by=scene.by, version=version)
    by = Actor("system:shop", None, scene.by.facility_ids)
    return Shop(scene, listing, scene.place, by)


def _keep(scene: Scene, stock: int) -> None:
    """What the shop may take stays in the gallery, the rest goes to a shop of others."""
    away = Place.objects.create(facility=scene.facility, kind="consignee", name="Toko Rekaan")
    move_between(
        by=scene.by, lot=scene.lot, from_place=scene.place, to_place=away,
        qty=scene.lot.made_qty - Decimal(stock), day=TODAY, reference="scene",
    )  # fmt: skip


def let_pay(by: Actor, seller: Party, number: int, merchant_name: str) -> None:
    """An account and a QRIS of the seller, both confirmed by a second one: the program itself."""
    nmid = f"ID102000000000{number}"
    body = STATIC_QRIS[:-4].replace("ID1020000000001", nmid)
    merchant = register_qris(
        by=by, owner=seller, nmid=nmid, merchant_name=merchant_name,
        payload_text=body + qris.crc16(body), valid_from=SINCE,
    )  # fmt: skip
    bank = register_bank_account(
        by=by, owner=seller, bank="Bank Contoh", number=f"000000000{number}",
        holder_name=seller.name, valid_from=SINCE,
    )  # fmt: skip
    for account in (merchant, bank):
        confirm_account(by=by, account=account)


def _add_district() -> None:
    edition = ReferenceSet.objects.get(name="regions")
    belu = Region.objects.get(code="53.04")
    Region.objects.get_or_create(
        code="53.04.01",
        defaults={"name": "Kota Rekaan", "level": "district", "parent": belu, "reference": edition},
    )


def permit(by: Actor, variant: Variant, seller: Party, last_digit: str = "") -> None:
    """Every permit that retail asks of a good; numbers of two sellers differ in their end."""
    category = variant.product.category
    needed = Requirement.objects.on(TODAY).filter(
        market="retail", category__in=[category.pk, category.parent_id]
    )
    for code in set(needed.values_list("permit_kind__code", flat=True)):
        kind = PermitKind.objects.get(code=code)
        number = kind.number_example
        record_permit(
            by=by, kind=kind, number=number[:-1] + last_digit if last_digit else number,
            holder=seller, place=variant.facility, issued_on=SINCE, valid_from=SINCE,
            valid_until=None, products=[variant.product],
        )  # fmt: skip
