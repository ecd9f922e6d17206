"""Facts that this room publishes."""

from berdaya.core.events import declare_event

BATCH_CLOSED = declare_event("workshop.batch_closed")
