"""Prove that the sealed days of the audit rows were not touched; exit 1 naming what was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.core.audit import findings, head, is_in_chain, seal_past_days
from berdaya.core.models import AuditSeal


class Command(BaseCommand):
    help = "Recompute the hash chain over the sealed days of the audit rows."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seal", action="store_true", help="first seal the days that are over")
        parser.add_argument(
            "--noted", metavar="DAY:HASH", help="a head that was printed before and kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            self.stdout.write(f"sealed {seal_past_days()} day(s)")
        if options["noted"] and not is_in_chain(options["noted"]):
            raise CommandError(f"tampered: {options['noted']} is no longer in the chain")
        found = findings()
        for finding in found:
            self.stdout.write(
                f"{finding.day}: {finding.problem} between rows {finding.first_id} and"
                f" {finding.last_id}; rows {finding.row_ids or 'unknown'}"
            )
        if found:
            raise CommandError(f"the audit record was tampered with in {len(found)} place(s)")
        self.stdout.write(f"audit record intact: {AuditSeal.objects.count()} sealed day(s)")
        self.stdout.write(f"head of the chain, to be noted outside: {head() or 'none'}")
