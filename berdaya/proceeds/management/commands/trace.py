"""`manage trace CODE [--json]`: all that hangs on a sale, lot, batch, slip, payout or deposit."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from berdaya.core.links import STEPS, Step, find_node, kinds, walk
from berdaya.core.money import format_rp
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility


class Command(BaseCommand):
    """Walk the thread in one read-only scope over all facilities."""

    help = "show what hangs on a code, both ways; exits 1 where nothing bears it"

    def add_arguments(self, parser: Any) -> None:
        """The code as printed or typed; `--json` for programs; `--depth N` steps away."""
        parser.add_argument("code")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--depth", type=int, default=STEPS)

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(Facility.objects.values_list("pk", flat=True))
        with system_scope("check", ids, read_only=True):
            steps = walk(find_node(options["code"]), options["depth"])
        if not steps:
            self.stderr.write(f"nothing bears the code {options['code']}")
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps([as_dict(step) for step in steps], ensure_ascii=False))
            return
        order = {name: kind.order for name, kind in kinds().items()}
        for step in sorted(steps, key=lambda step: (order[step.node.kind], step.node.code)):
            self.stdout.write(line_of(step))


def as_dict(step: Step) -> dict[str, Any]:
    """A step for programs: what it is and from which thing it was reached."""
    source = step.source and {"kind": step.source.kind, "code": step.source.code}
    return {
        "kind": step.node.kind,
        "code": step.node.code,
        "label": step.node.label,
        "url": step.node.url,
        "depth": step.depth,
        "relation": step.relation,
        "amount_rp": step.amount_rp,
        "from": source,
    }


def line_of(step: Step) -> str:
    """A step for people, in the order of the thread; a star marks what was asked for."""
    mark = " " if step.depth else "*"
    amount = f" {format_rp(step.amount_rp)}" if step.amount_rp is not None else ""
    way = f"  <- {step.source.kind} {step.source.code}{amount}" if step.source else ""
    return f"{mark} {step.node.kind:<14}{step.node.code:<28}{step.node.label}{way}"
