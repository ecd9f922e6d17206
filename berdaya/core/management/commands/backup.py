"""bin/manage backup: the database into one folder, the key store into another."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from berdaya.core.backups import BackupRefused, copy_keys, dump_database


class Command(BaseCommand):
    help = "Copy the database to FOLDER and the key store to its own folder (kept seven days)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where dumps of the database are kept")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            dump = dump_database(options["folder"].absolute())
            keys = copy_keys()
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"database: {dump}\nkeys: {keys}")
