"""The shop sends nothing abroad, and says first where the goods may not enter at all."""

from dataclasses import replace

import pytest
from django.db import transaction

from berdaya.core.verdicts import Refused
from berdaya.orders.models import Checkout
from tests.orders.scene import BUYER, Shop, open_shop
from tests.world import World


@pytest.mark.parametrize(
    ("country", "codes"),
    [
        ("US", ("market_barred", "abroad_by_offer")),
        ("NZ", ("market_barred_but", "abroad_by_offer")),
        ("JP", ("abroad_by_offer",)),
    ],
)
def test_a_checkout_abroad_is_refused_with_the_law_first(
    world: World, country: str, codes: tuple[str, ...]
) -> None:
    with world.everywhere():
        shop: Shop = open_shop(world)
        with pytest.raises(Refused) as found, transaction.atomic():
            shop.place(buyer=replace(BUYER, country=country, region_code=""))

        assert found.value.verdict.codes == codes
        assert not any(one.next_url for one in found.value.verdict.reasons)
        assert not Checkout.objects.exists()
