"""Runs the program's own commands with exactly the addresses and keys they may have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from launch import passwords
from launch.database import OWNER, PROGRAM, Database
from launch.paths import LOGS, ROOT, VAR, private_folder
from launch.say import Stop

OWNERS = frozenset({"migrate", "backup", "restore"})
MARKER = "BERDAYA_DEMO"
KEY = "BERDAYA_SECRET_KEY"


def environment(database: Database, *, as_owner: bool = False) -> dict[str, str]:
    """The environment of a child; the owner's address is in it only where it is needed."""
    left_out = (OWNER, MARKER, f"{PROGRAM}_FILE", f"{OWNER}_FILE")
    values = {name: value for name, value in os.environ.items() if name not in left_out}
    values |= {
        PROGRAM: database.program,
        "DJANGO_SETTINGS_MODULE": "berdaya.settings",
        "PYTHONPATH": str(ROOT),
        "BERDAYA_VAR": str(VAR),
    }
    if not any(os.environ.get(name) for name in (KEY, f"{KEY}_FILE")):
        values[KEY] = passwords.secret_key()
    if as_owner:
        values[OWNER] = database.owner
    if database.server is not None:
        values["BERDAYA_POSTGRES_BIN"] = str(database.server.programs)
    return values


def django(*arguments: str) -> list[str]:
    """The command line of a management command; -P keeps the caller's folder out of the imports."""
    return [sys.executable, "-P", "-m", "django", *arguments]


def has_command(name: str) -> bool:
    return any(ROOT.glob(f"berdaya/*/management/commands/{name}.py"))


def run(name: str, command: list[str], values: dict[str, str]) -> None:
    """Runs one step of the start with its output in var/log; raises Stop with the last lines."""
    log = private_folder(LOGS) / f"{name}.log"
    with log.open("w") as output:
        done = subprocess.run(
            command, cwd=ROOT, env=values, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    if done.returncode:
        raise Stop(f"{name} gagal (failed), lihat {log}:\n{tail(log)}")


def tail(log: Path, count: int = 12) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return "\n".join(f"  {text}" for text in lines[-count:])
