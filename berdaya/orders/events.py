"""Facts that this room publishes."""

from berdaya.core.events import declare_event

ORDER_PLACED = declare_event("orders.placed")
ORDER_MOVED = declare_event("orders.moved")
