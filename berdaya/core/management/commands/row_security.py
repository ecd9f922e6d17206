"""Print which table is guarded by what, or bring docs/row-security.md up to date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from berdaya.core.wall_list import page

FILE = settings.BASE_DIR / "docs" / "row-security.md"


class Command(BaseCommand):
    help = "List every table with its row policy, rights and audit."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/row-security.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            FILE.write_text(page(), "utf-8")
            self.stdout.write("docs/row-security.md")
        else:
            self.stdout.write(page())
