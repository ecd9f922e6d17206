"""Every category of goods has a drawing, and metal is not drawn as wood."""

import pytest

from berdaya.goods.models import Category
from berdaya.look.goods import KINDS


@pytest.mark.usefixtures("db")
def test_every_category_is_drawn() -> None:
    drawn = dict(Category.objects.values_list("code", "drawing"))

    assert set(drawn.values()) <= set(KINDS)
    assert drawn["metal"] == "can"
