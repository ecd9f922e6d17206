"""How long a large workbook takes, step by step; everything it wrote is taken back."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from berdaya.core.scope import Actor, system_scope
from berdaya.institutions.models import Facility
from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import stage_workbook
from berdaya.intake.large import large_workbook, sales_workbook
from berdaya.intake.models import WorkbookImport
from berdaya.intake.peer import copies_of, insert_plainly
from berdaya.intake.reading import read_workbook


class TakenBack(Exception):
    """Ends the measurement."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--facility", default="LP-KPG")
        parser.add_argument("--rows", type=int, default=5_000)
        parser.add_argument("--go-live", type=date.fromisoformat, default=date(2025, 1, 6))
        parser.add_argument(
            "--sales-only", action="store_true", help="as many sales, and a few days of work"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        facility = Facility.objects.filter(code=options["facility"]).first()
        if facility is None:
            raise CommandError(f"no facility {options['facility']}")
        data = (sales_workbook if options["sales_only"] else large_workbook)(options["rows"])
        self._tell("read", time.monotonic(), read_workbook(data, "large.xlsx") and len(data))
        try:
            with system_scope("import", [facility.pk]) as scope:
                self._measure(scope.actor, facility, data, options["go_live"])
        except TakenBack:
            return

    def _measure(self, by: Actor, facility: Facility, data: bytes, go_live: date) -> None:
        first_day = go_live if facility.go_live_on is None else None
        begun = time.monotonic()
        workbook = stage_workbook(
            by=by, facility=facility, data=data, name="large.xlsx", go_live_on=first_day
        )
        self._tell("dry run", begun, workbook.report["fresh"])
        begun = time.monotonic()
        book_import(by=by, workbook=workbook)
        _check_deferred()
        booking = self._tell("booking", begun, workbook.report["rows"])
        self._compare(workbook, booking)
        raise TakenBack

    def _compare(self, workbook: WorkbookImport, booking: float) -> None:
        """Tell how the booking stands to plain inserts of the rows of its sales."""
        tables = copies_of(workbook.facility_id, f"workbook:{workbook.pk}:")
        begun = time.monotonic()
        count = insert_plainly(tables)
        _check_deferred()
        peer = self._tell("peer, the sales' rows by plain inserts", begun, count)
        self.stdout.write(f"booking / peer: {booking / peer:.2f}")

    def _tell(self, step: str, begun: float, what: object) -> float:
        took = time.monotonic() - begun
        self.stdout.write(f"{step}: {took:.1f} s ({what})")
        return took


def _check_deferred() -> None:
    """What a commit would check belongs to the figure."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
