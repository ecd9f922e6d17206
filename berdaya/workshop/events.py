"""Facts that this room publishes."""

from berdaya.core.events import declare_event

BATCH_CLOSED = declare_event("workshop.batch_closed")
# Open work was added, moved or ended, or what it takes was told anew: promises are reckoned again.
WORK_CHANGED = declare_event("workshop.work_changed")
