"""How long a large workbook takes, step by step; everything it wrote is taken back."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.core.scope import Actor, system_scope
from berdaya.institutions.models import Facility
from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import stage_workbook
from berdaya.intake.large import large_workbook
from berdaya.intake.reading import read_workbook


class TakenBack(Exception):
    """Ends the measurement."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--facility", default="LP-WGP")
        parser.add_argument("--rows", type=int, default=5_000)
        parser.add_argument("--go-live", type=date.fromisoformat, default=date(2025, 3, 1))

    def handle(self, *args: Any, **options: Any) -> None:
        facility = Facility.objects.filter(code=options["facility"]).first()
        if facility is None:
            raise CommandError(f"no facility {options['facility']}")
        data = large_workbook(options["rows"])
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
        self._tell("booking", begun, workbook.report["rows"])
        raise TakenBack

    def _tell(self, step: str, begun: float, what: object) -> None:
        self.stdout.write(f"{step}: {time.monotonic() - begun:.1f} s ({what})")
