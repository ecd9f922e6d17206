"""bin/manage restore: a database from its dump, or the key store from one of its copies."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from berdaya.core.backups import BackupRefused, restore_keys, take_back
from berdaya.people.actions.restoring import settle_after_restore


class Command(BaseCommand):
    help = "Take back a database (DUMP), or with --keys a key store. Stop web and worker first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="berdaya-….dump, or keys-….sqlite3")
        parser.add_argument("--keys", action="store_true", help="FILE is a copy of the key store")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"].absolute()
        try:
            restore_keys(file) if options["keys"] else restore_database(file)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None
        done = settle_after_restore()
        self.stdout.write(f"Restored. Erased again: {done.erased}. Can be read: {done.found}.")
        if done.unreadable:
            raise CommandError(
                f"{done.unreadable} people cannot be read: database and key store are of different"
                " days. Restore the other one of the same day as well."
            )


def restore_database(dump: Path) -> None:
    """The dump in the database's place, then migrations and walls. Raises BackupRefused."""
    if not dump.exists():
        raise BackupRefused(f"{dump} is not there")
    take_back(dump)
    call_command("migrate", verbosity=0)
