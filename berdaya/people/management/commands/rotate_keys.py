"""bin/manage rotate_keys: fresh keys for every sealed identity; goes on where it was stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from berdaya.people.actions.rotation import BATCH, rotate_keys


class Command(BaseCommand):
    help = "Seal every identity under fresh keys. May be stopped and started again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        for done, everybody in rotate_keys(options["batch"]):
            self.stdout.write(f"{done} / {everybody}")
            self.stdout.flush()
        self.stdout.write("Every identity stands under fresh keys.")
