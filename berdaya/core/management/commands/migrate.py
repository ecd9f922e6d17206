"""Django's migrate as the owner, followed by the walls."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, transaction

from berdaya.core import limits
from berdaya.core.folding import folded, sparingly_drawn
from berdaya.core.walls import apply_walls

FUNCTIONS = Path(__file__).resolve().parents[2] / "sql" / "functions.sql"


class Command(Migrate):
    def migration_progress_callback(self, action: str, migration: Any = None, *args: Any) -> None:
        """Before a migration runs, its constraints go into the tables it makes: folding.py."""
        if action == "apply_start" and migration is not None:
            migration.operations = folded(migration.operations)
        super().migration_progress_callback(action, migration, *args)

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in connections:
            raise CommandError("migrate needs DATABASE_OWNER_URL: only the owner changes tables")
        options["database"] = "owner"
        with sparingly_drawn():
            super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        with transaction.atomic(using="owner"):
            with connections["owner"].cursor() as cursor:
                cursor.execute(FUNCTIONS.read_text())
            count = apply_walls(connections["owner"], limits.statements)
        if options["verbosity"] > 0:
            self.stdout.write(f"Walls stand around {count} tables.")
