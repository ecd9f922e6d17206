"""bin/manage: management commands as the program's login, with a database that runs meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess

from launch import commands, database_sql
from launch.database import Database, opened

CHANGES_THE_DATABASE = commands.OWNERS | {"flush", "load_demo", "loaddata"}


def main(arguments: list[str]) -> int:
    """The command's own exit code."""
    name = arguments[0] if arguments else "help"
    if name == "database_sql":
        print(database_sql.for_administrator(), end="")
        return 0
    with opened() as database:
        if name in CHANGES_THE_DATABASE:
            database.marks.clear()
        return run(arguments, database, as_owner=name in commands.OWNERS)


def run(arguments: list[str], database: Database, *, as_owner: bool) -> int:
    """Runs in the caller's folder, so that file names on the command line mean what they say."""
    child = subprocess.Popen(
        commands.django(*(arguments or ["help"])),
        cwd=os.environ.get("BERDAYA_CALLER"),
        env=addresses_of(database) | commands.environment(database, as_owner=as_owner),
    )
    return wait(child)


def addresses_of(database: Database) -> dict[str, str]:
    """Those that the demo world was signed under; what is set outside goes before them."""
    told: dict[str, str] = json.loads(database.marks.get("addresses") or "{}")
    return told


def wait(child: subprocess.Popen[bytes]) -> int:
    """Waits; the terminal is the child's: Ctrl-C is its to answer, TERM is handed on."""
    interrupts = signal.signal(signal.SIGINT, signal.SIG_IGN)
    ends = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        code = child.wait()
    finally:
        signal.signal(signal.SIGINT, interrupts)
        signal.signal(signal.SIGTERM, ends)
    return code if code >= 0 else 128 - code
