"""Labels of a lot: 24 of them, each leading to the page of its origin."""

from io import BytesIO

import zxingcpp
from django.conf import settings
from PIL import Image

from berdaya.look.paper import render_png
from berdaya.stock import prints
from tests.orders.scene import open_shop
from tests.world import World


def test_labels_are_read_back_as_the_lots_address(world: World) -> None:
    with world.everywhere():
        lot = open_shop(world).scene.lot
        picture = render_png("stock/labels.typ", prints.labels_data(lot), ppi=200)

    read = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))

    assert [one.text for one in read] == 24 * [f"{settings.PUBLIC_BASE_URL}/asal/{lot.public_code}"]


def test_labels_are_printed_from_the_lots_page(world: World) -> None:
    with world.everywhere():
        lot = open_shop(world).scene.lot

    page = world.client().get(f"/desk/stock/lots/{lot.code}/")
    sheet = world.client().get(f"/desk/stock/lots/{lot.code}/labels/")

    assert f"/desk/stock/lots/{lot.code}/labels/" in page.content.decode()
    assert sheet.content.startswith(b"%PDF")
