"""A job whose worker was killed is taken up again, and is seen."""

import asyncio
from types import SimpleNamespace

from django.db import connection
from procrastinate.contrib.django import app

from berdaya.core import tasks


def test_job_of_a_killed_worker_is_taken_up_again_and_seen(real_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES"
            " (now() - interval '10 minutes'), (now()) RETURNING id"
        )
        (dead,), (alive,) = cursor.fetchall()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " VALUES ('default', 'proof.killed', '{}', 'doing', %s),"
            " ('default', 'proof.running', '{}', 'doing', %s)",
            [dead, alive],
        )

    asyncio.run(_retry())

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text, attempts FROM procrastinate_jobs")
        jobs = {name: (status, attempts) for name, status, attempts in cursor.fetchall()}
    assert jobs == {"proof.killed": ("todo", 1), "proof.running": ("doing", 0)}
    assert [job.name for job in tasks.failed_jobs()] == ["proof.killed"]


async def _retry() -> None:
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        await tasks.retry_stalled.func(SimpleNamespace(app=worker), 0)
