"""Facts that this room publishes."""

from berdaya.core.events import declare_event

PERMITS_CHANGED = declare_event("legality.permits_changed")
