"""Background jobs: always inside a scope, ids only, retried when killed, seen when they fail."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import procrastinate
from django.db import connection
from procrastinate import Blueprint, RetryStrategy
from procrastinate.contrib.django import app as django_app

from berdaya.core.scope import required, system_scope

NAMESPACE = "berdaya"
jobs = Blueprint()
# A job of a worker that has not been heard of for this long is taken up again.
SILENCE_SECONDS = 60
Ids = int | str | uuid.UUID


class NotAnId(TypeError):
    """A task was given more than ids: rows and texts go stale and may hold personal data."""


@dataclass(frozen=True)
class ScopedTask:
    """A task that runs inside system_scope(purpose, [facility_id])."""

    name: str
    run: Callable[..., object]

    def queue(self, *, facility_id: int, **ids: Ids) -> int:
        """Queue one job in the open transaction and return its number. Raises NotAnId."""
        required()
        job = django_app.configure_task(f"{NAMESPACE}:{self.name}", allow_unknown=True)
        return int(job.defer(facility_id=_id(facility_id), **_ids(ids)))

    def __call__(self, **ids: Any) -> object:
        return self.run(**ids)


def task(*, purpose: str, attempts: int = 5) -> Callable[[Callable[..., object]], ScopedTask]:
    """Make a function a task; it gets facility_id and the ids it was queued with."""

    def wrap(function: Callable[..., object]) -> ScopedTask:
        name = f"{function.__module__.removeprefix('berdaya.')}.{function.__name__}"

        def run(facility_id: int, **ids: Ids) -> None:
            try:
                with system_scope(purpose, [facility_id]):
                    function(facility_id=facility_id, **ids)
            finally:
                _leave_connection()

        retry = RetryStrategy(max_attempts=attempts, exponential_wait=3)
        jobs.task(name=name, retry=retry)(run)
        return ScopedTask(name, run)

    return wrap


def _id(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str | uuid.UUID):
        raise NotAnId(type(value).__name__)
    if isinstance(value, str) and (len(value) > 40 or " " in value):
        raise NotAnId("a text is not a code")
    return str(value) if isinstance(value, uuid.UUID) else value


def _ids(ids: dict[str, Any]) -> dict[str, Any]:
    return {name: _id(value) for name, value in ids.items()}


def _leave_connection() -> None:
    # A worker thread gives its connection back to the pool; inside a test's transaction it stays.
    if not connection.in_atomic_block:
        connection.close()


@dataclass(frozen=True)
class TroubledJob:
    """A job that failed for good, or that runs again after its worker was killed."""

    id: int
    name: str
    state: str
    attempts: int
    since: datetime | None


def failed_jobs(limit: int = 20) -> list[TroubledJob]:
    """Jobs that need a person: failed, or taken up again after a kill. Newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.status::text, j.attempts,"
            " (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)"
            " FROM procrastinate_jobs j WHERE j.status = 'failed'"
            " OR (j.attempts > 0 AND j.status IN ('todo', 'doing')) ORDER BY j.id DESC LIMIT %s",
            [limit],
        )
        return [TroubledJob(*row) for row in cursor.fetchall()]


@jobs.periodic(cron="* * * * *")
@jobs.task(name="core.retry_stalled", queueing_lock="core.retry_stalled", pass_context=True)
async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:
    """Take up the jobs of killed workers again; the attempt counts, so they are seen."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE_SECONDS):
        await manager.retry_job(job)


@jobs.periodic(cron="30 18 * * *")
@jobs.task(name="core.seal_audit", queueing_lock="core.seal_audit")
def seal_audit(timestamp: int) -> None:
    """At 02.30 in Kupang: seal the audit rows of the days that are over in UTC."""
    from berdaya.core.audit import seal_past_days

    try:
        seal_past_days()
    finally:
        _leave_connection()


@jobs.periodic(cron="40 18 * * *")
@jobs.task(name="core.remove_orphans", queueing_lock="core.remove_orphans")
def remove_orphans(timestamp: int) -> None:
    """At 02.40 in Kupang: remove uploaded files that belong to no row."""
    from berdaya.core.uploads.storing import remove_orphans

    try:
        remove_orphans()
    finally:
        _leave_connection()


def register(app: procrastinate.App) -> None:
    """Hand every room's tasks to the worker's app."""
    app.add_tasks_from(jobs, namespace=NAMESPACE)
