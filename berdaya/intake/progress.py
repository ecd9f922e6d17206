"""How far a booking has come, told while its transaction is still open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import psycopg
from django.db import connection

from berdaya.intake.models import ImportProgress

EVERY = 25


class Reporter(Protocol):
    """Hears after each step how many of all are done."""

    def __call__(self, done: int, total: int) -> None: ...


def silent(done: int, total: int) -> None:
    """For callers whom nobody watches."""


class Counter:
    """Counts steps and reports every so many."""

    def __init__(self, total: int, report: Reporter) -> None:
        self.done, self.total, self.report = 0, total, report

    def step(self, count: int = 1) -> None:
        before = self.done
        self.done += count
        if self.done // EVERY != before // EVERY or self.done >= self.total:
            self.report(min(self.done, self.total), self.total)


@contextmanager
def beside_transaction(workbook_id: int) -> Iterator[Reporter]:
    """Write progress over a connection of its own, so that a page can see it before the commit."""
    settings = connection.get_connection_params()
    wanted = {
        key: settings[key]
        for key in ("dbname", "user", "password", "host", "port")
        if settings.get(key)
    }
    with psycopg.connect(**wanted, autocommit=True) as beside:

        def report(done: int, total: int) -> None:
            beside.execute(
                "INSERT INTO intake_importprogress (workbook_id, done, total) VALUES (%s, %s, %s)"
                " ON CONFLICT (workbook_id) DO UPDATE SET done = excluded.done,"
                " total = excluded.total",
                (workbook_id, done, total),
            )

        yield report


def progress_of(workbook_id: int) -> tuple[int, int] | None:
    """(done, total), None before the first step."""
    row = ImportProgress.objects.filter(pk=workbook_id).first()
    return (row.done, row.total) if row else None
