"""Build the demo world, room by room from the ground up; running it again adds nothing."""

import gc
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import system_scope
from berdaya.institutions.actions.reference import load_reference


class Command(BaseCommand):
    """Calls `load(ctx)` of every room's demo.py, the lowest first; no scope is open around it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the world's last day")

    def handle(self, *args: Any, **options: Any) -> None:
        # Few rings of objects are made here: they need not be looked for often.
        gc.set_threshold(100_000, 50, 100)
        context = DemoContext(today=options["today"] or clock.today(), say=self.stdout.write)
        with system_scope("reference", []) as scope:
            load_reference(by=scope.actor)
        for room, module in demo_modules():
            self._run(room, module.load, context)
        # What needs the goods of rooms above: counts and passes over a year's stock.
        for room, module in demo_modules():
            if hasattr(module, "load_late"):
                self._run(f"{room}, later", module.load_late, context)

    def _run(self, name: str, step: Callable[[DemoContext], None], context: DemoContext) -> None:
        started = time.monotonic()
        step(context)
        self.stdout.write(f"{name} ({time.monotonic() - started:.1f} s)")


def demo_modules() -> Iterator[tuple[str, ModuleType]]:
    """The demo module of each installed room that has one, lowest room first."""
    for room in reversed(settings.ROOMS):
        if not apps.is_installed(f"berdaya.{room}") or room == "core":
            continue
        if module_has_submodule(apps.get_app_config(room).module, "demo"):
            yield room, import_module(f"berdaya.{room}.demo")
