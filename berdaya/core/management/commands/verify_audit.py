"""Prove that the sealed days of the audit rows were not touched; exit 1 naming what was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.core.audit import findings, seal_past_days
from berdaya.core.models import AuditSeal


class Command(BaseCommand):
    help = "Recompute the hash chain over the sealed days of the audit rows."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seal", action="store_true", help="first seal the days that are over")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            self.stdout.write(f"sealed {seal_past_days()} day(s)")
        found = findings()
        for finding in found:
            self.stdout.write(
                f"{finding.day}: {finding.problem} between rows {finding.first_id} and"
                f" {finding.last_id}; rows {finding.row_ids or 'unknown'}"
            )
        if found:
            raise CommandError(f"the audit record was tampered with in {len(found)} place(s)")
        self.stdout.write(f"audit record intact: {AuditSeal.objects.count()} sealed day(s)")
