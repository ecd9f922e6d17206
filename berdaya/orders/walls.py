"""Orders belong to the facility that ships them; carts and checkouts hold keys and goods only."""

from berdaya.core.walls import wall

# An order is shown with whatever came of it later.
LATER = tuple(
    f"orders_{table}.order_id"
    for table in ("orderstep", "moneyin", "moneyback", "shipment", "goodsreturn", "paymentclaim")
)

KEYS = "random keys and goods, nothing about who buys"
RULE = "a published rate or term by date, no person in it"
BUYER = ("name", "phone", "email", "address", "postcode", "gift_note")

TABLES = [
    wall("orders_cart", "SIUD", why=KEYS),
    wall("orders_cartline", "SIUD", why=KEYS),
    wall("orders_checkout", "SI", why=KEYS),
    wall("orders_shippingrate", "SIU", why=RULE, audit=True),
    wall("orders_paymentterm", "SIU", why=RULE, audit=True),
    wall(
        "orders_order",
        "SIU",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="placed_at",
        touched=LATER,
    ),
    # What a buyer wrote is never copied into audit rows, which are kept for good.
    wall(
        "orders_ordercontact",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=BUYER,
        readers="shop",
        writers="shop",
        day="order_id",
    ),
    wall(
        "orders_orderline",
        "SI",
        facility="facility_id",
        readers="shop",
        writers="shop",
        day="order_id",
    ),
    wall(
        "orders_hold", "SIU", facility="facility_id", readers="shop", writers="shop", day="line_id"
    ),
    wall(
        "orders_makinghold",
        "SIU",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="line_id",
    ),
    wall(
        "orders_lotswap",
        "SI",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="line_id",
    ),
    # Steps are their own audit: author and instant stand on the row.
    wall(
        "orders_orderstep", "SI", facility="facility_id", readers="shop", writers="shop", day="at"
    ),
    wall(
        "orders_paymentclaim",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("phone_key", "device_key"),
        readers="shop",
        writers="shop",
        day="claimed_at",
    ),
    wall(
        "orders_moneyin",
        "SIU",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="received_on",
    ),
    wall(
        "orders_moneyback",
        "SI",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="returned_on",
    ),
    wall(
        "orders_shipment",
        "SIU",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="handed_on",
    ),
    wall(
        "orders_goodsreturn",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("reason",),
        readers="shop",
        writers="shop",
        day="asked_at",
    ),
    wall(
        "orders_goodsreturnline",
        "SI",
        facility="facility_id",
        readers="shop",
        writers="shop",
        day="goods_return_id",
    ),
]
