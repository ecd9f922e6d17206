"""Facts that this room publishes: an order was placed (its id), or moved on (its step's id)."""

from berdaya.core.events import declare_event

ORDER_PLACED = declare_event("orders.placed")
ORDER_MOVED = declare_event("orders.moved")
