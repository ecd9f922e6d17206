"""Shops under the neutral address, their goods, orders and own books."""

from berdaya.market.models.book import BookRow, Expense, RowKind
from berdaya.market.models.goods import Picture, Product
from berdaya.market.models.orders import (
    ENDED,
    PAID_ONCE,
    UNPAID,
    Method,
    Order,
    OrderContact,
    OrderLine,
    OrderState,
)
from berdaya.market.models.shops import (
    EATEN,
    Application,
    ApplicationState,
    Decision,
    PermitKind,
    Seller,
    SellerInvitation,
    SellerSession,
    Shop,
    ShopPermit,
    ShopState,
    Trade,
    Verb,
)

__all__ = [
    "EATEN",
    "ENDED",
    "PAID_ONCE",
    "UNPAID",
    "Application",
    "ApplicationState",
    "BookRow",
    "Decision",
    "Expense",
    "Method",
    "Order",
    "OrderContact",
    "OrderLine",
    "OrderState",
    "PermitKind",
    "Picture",
    "Product",
    "RowKind",
    "Seller",
    "SellerInvitation",
    "SellerSession",
    "Shop",
    "ShopPermit",
    "ShopState",
    "Trade",
    "Verb",
]
