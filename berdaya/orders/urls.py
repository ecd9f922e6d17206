"""Addresses of orders: the buyer's, in Indonesian, and the desk's."""

from berdaya.orders.urls_desk import desk_patterns
from berdaya.orders.urls_shop import shop_patterns

app_name = "orders"
urlpatterns = [*shop_patterns, *desk_patterns]
