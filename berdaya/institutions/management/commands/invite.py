"""Let somebody in from the server's command line: the first administrator, or one locked out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berdaya.core import clock
from berdaya.core.scope import Actor, system_scope
from berdaya.institutions.actions.invitations import invite
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.institutions.models import Office, Staff


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="a new account's name on papers")
        parser.add_argument("--office", default="", help="office of a new administrator, by code")
        parser.add_argument("--decree", default="", help="number of the decree")

    def handle(self, *args: Any, **options: Any) -> None:
        with system_scope("entrance", []) as scope:
            staff = Staff.objects.filter(username=options["username"]).first()
            row, code = invite(by=scope.actor, staff=staff or _administrator(scope.actor, options))
        self.stdout.write(f"Name: {row.staff.username}\nCode: {code}\nPage: /masuk/undangan/")


def _administrator(by: Actor, told: dict[str, Any]) -> Staff:
    office = Office.objects.filter(code=told["office"]).first()
    if not (office and told["name"] and told["decree"]):
        raise CommandError("a new administrator needs --name, --office (a known code) and --decree")
    staff = add_staff(by=by, username=told["username"], display_name=told["name"])
    today = clock.today()
    appoint(
        by=by, staff=staff, role="administrator", place=office, decree_no=told["decree"],
        decree_on=today, valid_from=today,
    )  # fmt: skip
    return staff
