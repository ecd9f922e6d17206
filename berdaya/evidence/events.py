"""What this room tells: a pack was asked for that is too large to wait for (its id)."""

from berdaya.core.events import declare_event

PACK_ASKED = declare_event("evidence.pack_asked")
