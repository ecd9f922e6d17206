"""Carts, checkouts, orders, what is held for them, their money, shipping and returns."""

from berdaya.orders.models.carts import Cart, CartLine, Checkout
from berdaya.orders.models.money import ClaimOutcome, MoneyBack, MoneyIn, PaymentClaim
from berdaya.orders.models.orders import (
    HeldOutcome,
    Hold,
    LotSwap,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
    OrderStep,
)
from berdaya.orders.models.returns import GoodsReturn, GoodsReturnLine
from berdaya.orders.models.shipping import PaymentTerm, Shipment, ShippingRate

__all__ = [
    "Cart",
    "CartLine",
    "Checkout",
    "ClaimOutcome",
    "GoodsReturn",
    "GoodsReturnLine",
    "HeldOutcome",
    "Hold",
    "LotSwap",
    "MoneyBack",
    "MoneyIn",
    "Order",
    "OrderContact",
    "OrderLine",
    "OrderState",
    "OrderStep",
    "PaymentClaim",
    "PaymentTerm",
    "Shipment",
    "ShippingRate",
]
