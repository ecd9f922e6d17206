"""Goods that go abroad ask the law of the country, by how their lot was made."""

from datetime import timedelta
from decimal import Decimal

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.legality.actions.overrides import decide_override, request_override
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import Sale
from berdaya.stock.models import Lot, StockLevel
from tests.orders.scene import Shop, open_shop
from tests.world import World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def sell(shop: Shop, destination: str, lot: Lot | None = None) -> Sale:
    scene = shop.scene
    return record_sale(
        by=scene.by, facility=scene.facility, kind="gate", buyer_kind="public",
        sold_on=clock.today(scene.facility.timezone), place=shop.gallery, book=scene.book,
        lines=[
            SaleLineInput(scene.variant.pk, Decimal(1), 385_000, lot_id=lot.pk if lot else None)
        ],
        payments=[PaymentInput("cash", 385_000)], destination=destination,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("destination", "code"),
    [
        ("US", "market_barred"),
        ("GB", "market_barred_but"),
        ("AU", "market_needs_review"),
        ("BR", "market_needs_review"),
    ],
)
def test_what_was_made_in_custody_is_not_sold_there(
    world: World, shop: Shop, destination: str, code: str
) -> None:
    with world.everywhere():
        before = list(StockLevel.objects.order_by("pk").values_list("on_hand", "reserved"))
        with pytest.raises(Refused) as found:
            sell(shop, destination)

        assert found.value.verdict.codes == (code,)
        assert not Sale.objects.exists()
        assert list(StockLevel.objects.order_by("pk").values_list("on_hand", "reserved")) == before


@pytest.mark.parametrize("destination", ["ID", "JP", "TL"])
def test_where_no_law_bars_it_is_sold_and_says_where_it_went(
    world: World, shop: Shop, destination: str
) -> None:
    with world.everywhere():
        assert sell(shop, destination).destination == destination


def test_an_exception_opens_the_country_for_its_goods_alone(world: World, shop: Shop) -> None:
    with world.everywhere() as scope:
        today = clock.today(world.atb.timezone)
        asked = request_override(
            by=scope.actor, product=shop.scene.variant.product, market="export:GB",
            code="market_barred_but", legal_basis="Foreign Prison-made Goods Act 1897",
            reason="Contoh", valid_from=today, valid_until=today + timedelta(days=30),
        )  # fmt: skip
        with pytest.raises(Refused):
            sell(shop, "GB")
        decide_override(by=scope.actor, override=asked, outcome="approved")

        assert sell(shop, "GB").destination == "GB"
        with pytest.raises(Refused):
            sell(shop, "AU")
