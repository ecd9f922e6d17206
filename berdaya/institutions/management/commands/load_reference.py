"""Load regions, offices and facilities from the published files that come with the program."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.core.scope import system_scope
from berdaya.institutions.actions.reference import DATA, load_reference


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", type=Path, default=DATA, help="another folder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with system_scope("reference", []) as scope:
                loaded = load_reference(by=scope.actor, source=options["source"])
        except OSError as error:
            raise CommandError(f"cannot read {error.filename}: {error.strerror}") from error
        self.stdout.write(
            f"regions {loaded.regions}, offices {loaded.offices}, facilities {loaded.facilities}"
            f", holidays {loaded.holidays}"
        )
