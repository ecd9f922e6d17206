"""bin/test: the whole suite, or the part that the arguments for pytest name."""

from __future__ import annotations

import subprocess
import sys

from launch import chromium, commands, manage, say, steps
from launch.database import Database, opened
from launch.paths import ROOT


def main(arguments: list[str]) -> int:
    """pytest's own exit code."""
    browser = chromium.path()
    steps.messages()
    say.line("Menjalankan PostgreSQL untuk tes", "starting PostgreSQL for tests")
    with opened("postgres-test") as database:
        return pytest(arguments, database, browser)


def pytest(arguments: list[str], database: Database, browser: str) -> int:
    """Runs with both addresses, because the tests' own set-up makes databases as the owner."""
    values = commands.environment(database, as_owner=True) | {
        "BERDAYA_CHROMIUM": browser,
        "BERDAYA_TESTING": "1",
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "pytest", *workers(arguments), *arguments], cwd=ROOT, env=values
    )
    return manage.wait(child)


def workers(arguments: list[str]) -> list[str]:
    """Two at a time unless the caller says otherwise."""
    chosen = any(word.startswith(("-n", "--numprocesses", "--dist")) for word in arguments)
    return [] if chosen else ["-n", "2"]
