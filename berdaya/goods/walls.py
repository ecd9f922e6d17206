"""Goods are shown to everybody; only their own facility may change them."""

from berdaya.core.walls import wall

THING = "a thing that is made, at whatever time"

REFERENCE = "part of the program, the same for all"

TABLES = [
    wall("goods_measure", "S", why=REFERENCE, audit=True),
    wall("goods_category", "S", why=REFERENCE, audit=True),
    wall(
        "goods_product",
        "SIU",
        facility="facility_id",
        visible_sql="true",
        audit=True,
        readers="public",
        timeless=THING,
    ),
    wall(
        "goods_variant",
        "SIU",
        facility="facility_id",
        visible_sql="true",
        audit=True,
        readers="public",
        timeless=THING,
    ),
]
