"""Mails go out, unpaid orders lapse each minute, buyers are forgotten at night."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from procrastinate import RetryStrategy

from berdaya.core.scope import Actor
from berdaya.core.tasks import jobs
from berdaya.market import mails
from berdaya.market.access import market_scope
from berdaya.market.actions.applying import mask_declined
from berdaya.market.actions.entering import drop_old_sessions
from berdaya.market.actions.ordering import expire_overdue, mask_contacts

RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)


@contextmanager
def _working() -> Iterator[Actor]:
    """This room's own scope; a worker thread gives its connection back afterwards."""
    try:
        with market_scope() as by:
            yield by
    finally:
        if not connection.in_atomic_block:
            connection.close()


@jobs.task(name="market.mail_order", retry=RETRY)
def mail_order(order_id: str, state: str) -> None:
    """Tell buyer and seller of a state, while it still holds."""
    with _working():
        mails.order_moved(order_id, state)


@jobs.task(name="market.mail_applicant", retry=RETRY)
def mail_applicant(application_id: str) -> None:
    """Tell an applicant; the invitation's code stands in this mail and nowhere else."""
    with _working() as by:
        mails.application_moved(by, application_id)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="market.expire", queueing_lock="market.expire")
def expire(timestamp: int) -> None:
    """Every minute: end what nobody paid in time."""
    with _working() as by:
        expire_overdue(by=by)


@jobs.periodic(cron="35 17 * * *")
@jobs.task(name="market.forget", queueing_lock="market.forget")
def forget(timestamp: int) -> None:
    """Every night: mask buyers and applicants whose time is over, drop ended sessions."""
    with _working() as by:
        mask_contacts(by=by)
        mask_declined(by=by)
        drop_old_sessions(by=by)
