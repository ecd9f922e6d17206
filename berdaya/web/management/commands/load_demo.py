"""Build the demo world, room by room from the ground up; running it again adds nothing."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from berdaya.core import clock
from berdaya.core.scope import Actor, system_scope
from berdaya.institutions import demo as institutions
from berdaya.institutions.actions.reference import load_reference
from berdaya.institutions.models import Facility
from berdaya.people import demo as people

Step = Callable[..., object]
# In this order; each gets by= and today= and returns how many rows it made.
STEPS: list[tuple[str, Step]] = [
    ("parties", institutions.make_parties),
    ("staff", institutions.make_staff),
    ("participants", people.make_participants),
]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the world's last day")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or clock.today()
        with system_scope("reference", []) as scope:
            load_reference(by=scope.actor)
        with system_scope("demo", _facilities()):
            institutions.mark(today)
        for name, step in STEPS:
            self._run(name, step, today)

    def _run(self, name: str, step: Step, today: date) -> None:
        started = time.monotonic()
        with system_scope("demo", _facilities()) as scope:
            actor: Actor = scope.actor
            made = step(by=actor, today=today)
        self.stdout.write(f"{name}: {made} ({time.monotonic() - started:.1f} s)")


def _facilities() -> list[int]:
    return list(Facility.objects.values_list("pk", flat=True))
