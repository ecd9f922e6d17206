"""Every night sessions that are over and counts of tries long past are forgotten."""

from django.db import connection

from berdaya.core.scope import system_scope
from berdaya.core.tasks import jobs
from berdaya.institutions.actions.attempts import drop_old_attempts
from berdaya.institutions.actions.sessions import drop_old_sessions


@jobs.periodic(cron="50 17 * * *")
@jobs.task(name="institutions.forget_sessions", queueing_lock="institutions.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Nothing in them is asked for any more; who did what stands in the audit."""
    try:
        with system_scope("nightly", []):
            drop_old_sessions()
            drop_old_attempts()
    finally:
        # A worker thread gives its connection back to the pool; a test's transaction keeps it.
        if not connection.in_atomic_block:
            connection.close()
