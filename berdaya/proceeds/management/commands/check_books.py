"""`manage check_books`: every room's promises over the rows; exit 1 names the first that fail."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand

from berdaya.core.proofs import declared_checks
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility


class Command(BaseCommand):
    """Run all checks in one read-only scope over all facilities."""

    help = "prove that books, stock and premi agree; exit 1 names the first rows that do not"

    def add_arguments(self, parser: Any) -> None:
        """`--only CODE` runs one check."""
        parser.add_argument("--only", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        ids = list(Facility.objects.values_list("pk", flat=True))
        with system_scope("check", ids, read_only=True):
            for check in declared_checks():
                if options["only"] in ("", check.code):
                    failed += self._run(check)
        if failed:
            self.stderr.write(f"{failed} checks failed")
            sys.exit(1)
        self.stdout.write("books, stock and premi agree")

    def _run(self, check: Any) -> bool:
        started = time.perf_counter()
        rows = check.rows()
        took = (time.perf_counter() - started) * 1000
        self.stdout.write(
            f"{'FAIL' if rows else 'ok':4} {check.code} ({took:.0f} ms): {check.label}"
        )
        for row in rows:
            self.stdout.write(f"       {row}")
        return bool(rows)
