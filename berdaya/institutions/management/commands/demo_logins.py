"""Print the logins of the demo world; refuses where the world is real."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.institutions.demo import PASSWORD, logins
from berdaya.institutions.queries import is_demo


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demo():
            raise CommandError("this database does not hold the demo world")
        for login in logins():
            self.stdout.write(f"{login.username:<22} {login.role}, {login.place}")
        self.stdout.write(f"Password for all of them: {PASSWORD}")
