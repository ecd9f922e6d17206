"""Print logins of the demo world: one unit and the offices, or all; refuses a real world."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.institutions.demo import PASSWORD, logins
from berdaya.institutions.queries import is_demo

# The unit whose own workbook is the example, and the offices above all units.
SHOWN = (".atb", ".ntt", "pusat.", "admin")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every unit's logins")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demo():
            raise CommandError("this database does not hold the demo world")
        known = logins()
        shown = [one for one in known if options["all"] or _is_shown(one.username)]
        for login in shown:
            self.stdout.write(f"{login.username:<18} {login.role}, {login.place}")
        if len(shown) < len(known):
            self.stdout.write(f"… {len(known) - len(shown)} more: bin/manage demo_logins --all")
        self.stdout.write(f"Password for all of them: {PASSWORD}")
        self.stdout.write(
            "Second factor: a demo card; the sign-in page shows the code it asks for."
        )


def _is_shown(username: str) -> bool:
    return any(part in username for part in SHOWN)
