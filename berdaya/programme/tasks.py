"""Each night, after the figures: tell offices which commitments are late."""

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.tasks import jobs
from berdaya.programme.actions.tellings import tell_lateness


@jobs.periodic(cron="20 18 * * *")
@jobs.task(name="programme.tell_offices", queueing_lock="programme.tell_offices")
def tell_offices(timestamp: int) -> None:
    """Whoever is to be told, once; running twice tells nobody twice. Rows of no facility."""
    with system_scope("nightly", []) as scope:
        tell_lateness(by=scope.actor, today=clock.today())
