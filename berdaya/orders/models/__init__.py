"""Carts, checkouts, orders, what is held for them, their money, shipping and returns."""

from berdaya.orders.models.carts import Cart, CartLine, Checkout
from berdaya.orders.models.making import MakingHold, MakingOutcome
from berdaya.orders.models.money import ClaimOutcome, MoneyBack, MoneyIn, PaymentClaim
from berdaya.orders.models.orders import (
    RESUMED,
    SLIPPED,
    STOPPED,
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
    "RESUMED",
    "SLIPPED",
    "STOPPED",
    "Cart",
    "CartLine",
    "Checkout",
    "ClaimOutcome",
    "GoodsReturn",
    "GoodsReturnLine",
    "HeldOutcome",
    "Hold",
    "LotSwap",
    "MakingHold",
    "MakingOutcome",
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
