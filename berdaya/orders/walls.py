"""Orders belong to the facility that ships them; carts and checkouts hold keys and goods only."""

from berdaya.core.walls import wall

KEYS = "random keys and goods, nothing about who buys"
RULE = "a published rate or term by date, no person in it"
BUYER = ("name", "phone", "email", "address", "postcode", "gift_note")

TABLES = [
    wall("orders_cart", "SIUD", why=KEYS),
    wall("orders_cartline", "SIUD", why=KEYS),
    wall("orders_checkout", "SI", why=KEYS),
    wall("orders_shippingrate", "SIU", why=RULE, audit=True),
    wall("orders_paymentterm", "SIU", why=RULE, audit=True),
    wall("orders_order", "SIU", facility="facility_id", audit=True, readers="shop", writers="shop"),
    # What a buyer wrote is never copied into audit rows, which are kept for good.
    wall(
        "orders_ordercontact",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=BUYER,
        readers="shop",
        writers="shop",
    ),
    wall("orders_orderline", "SI", facility="facility_id", readers="shop", writers="shop"),
    wall("orders_hold", "SIU", facility="facility_id", readers="shop", writers="shop"),
    wall(
        "orders_lotswap", "SI", facility="facility_id", audit=True, readers="shop", writers="shop"
    ),
    # Steps are their own audit: author and instant stand on the row.
    wall("orders_orderstep", "SI", facility="facility_id", readers="shop", writers="shop"),
    wall(
        "orders_paymentclaim",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("phone_key", "device_key"),
        readers="shop",
        writers="shop",
    ),
    wall(
        "orders_moneyin", "SIU", facility="facility_id", audit=True, readers="shop", writers="shop"
    ),
    wall(
        "orders_moneyback", "SI", facility="facility_id", audit=True, readers="shop", writers="shop"
    ),
    wall(
        "orders_shipment", "SIU", facility="facility_id", audit=True, readers="shop", writers="shop"
    ),
    wall(
        "orders_goodsreturn",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("reason",),
        readers="shop",
        writers="shop",
    ),
    wall("orders_goodsreturnline", "SI", facility="facility_id", readers="shop", writers="shop"),
]
