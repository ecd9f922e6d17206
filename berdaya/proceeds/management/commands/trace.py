"""`manage trace CODE [--json]`: all that hangs on a sale, lot, batch, slip, payout or deposit."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility
from berdaya.proceeds.thread import walk


class Command(BaseCommand):
    """Walk the thread in one read-only scope over all facilities."""

    help = "show what hangs on a code, both ways"

    def add_arguments(self, parser: Any) -> None:
        """The code as printed or typed; `--json` for programs; `--depth N` steps away."""
        parser.add_argument("code")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--depth", type=int, default=6)

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(Facility.objects.values_list("pk", flat=True))
        with system_scope("check", ids, read_only=True):
            steps = walk(options["code"], options["depth"])
        if not steps:
            self.stderr.write(f"nothing bears the code {options['code']}")
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps([step.as_dict() for step in steps], ensure_ascii=False))
            return
        for step in steps:
            words = f"{step.relation}: " if step.relation else ""
            seen = "  (above)" if step.is_repeat else ""
            name = f"{step.node.kind} {step.node.code}"
            self.stdout.write(f"{'  ' * step.depth}{words}{name}  {step.node.label}{seen}")
