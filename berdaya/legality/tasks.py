"""Rounds of judging in the background: after a change of rules, and at night."""

from berdaya.core.scope import system_scope
from berdaya.core.tasks import jobs
from berdaya.legality.actions.rounds import TASK, run_round, start_round


@jobs.task(name=TASK, retry=5)
def judge_everything(round_id: int) -> None:
    """One round to its end; a retry goes on where the last one stood."""
    run_round(round_id)


@jobs.periodic(cron="20 17 * * *")
@jobs.task(name="legality.judge_at_night", queueing_lock="legality.judge_at_night")
def judge_at_night(timestamp: int) -> None:
    """At 17.20 UTC a new day has begun in every zone of the country."""
    with system_scope("nightly", []) as scope:
        start_round(by=scope.actor)
