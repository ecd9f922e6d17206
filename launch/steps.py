"""The steps from an empty database to a served program, each done only when needed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from launch import commands, say
from launch.database import Database
from launch.files import Marks, fingerprint
from launch.paths import ROOT, VAR

SHAPE = (
    "berdaya/*/migrations/*.py", "berdaya/*/sql/*", "berdaya/*/walls.py", "berdaya/core/limits.py",
    "requirements.txt",
)  # fmt: skip
LOOK = ("berdaya/*/static/**/*", "requirements.txt", "berdaya/settings.py")
OWN = Marks(VAR / "marks" / "files")  # what is made from files alone, whatever the database


def matching(patterns: tuple[str, ...]) -> list[Path]:
    return [path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()]


def prepare(database: Database, addresses: Mapping[str, str] | None = None) -> None:
    """Everything before serving: tables, words, styles, the demo world.

    `addresses` as they will be served: what the demo signs carries them.
    """
    messages()
    migrate(database)
    static_files(database)
    demo_world(database, addresses or {})


def messages() -> None:
    """Compiles the translations; the compiled files are not in the repository."""
    sources = matching(("berdaya/*/locale/**/*.po",))
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    now = fingerprint(sources)
    if compiled and OWN.has("messages", now):
        return
    with say.step("Menyusun terjemahan", "compiling translations"):
        tool = [sys.executable, str(ROOT / "tools" / "messages.py"), "--compile"]
        commands.run("messages", tool, dict(os.environ))
    OWN.set("messages", now)


def migrate(database: Database) -> None:
    """As the owner; also after a change of the list of grants."""
    now = fingerprint(
        matching((*SHAPE, "berdaya/core/walls.py", "berdaya/core/management/**/*.py"))
    )
    if database.marks.has("migrate", now):
        return
    with say.step("Menyiapkan tabel", "migrating"):
        values = commands.environment(database, as_owner=True)
        commands.run("migrate", commands.django("migrate", "--no-input"), values)
    database.marks.set("migrate", now)


def static_files(database: Database) -> None:
    """Gathers styles, scripts and pictures under names that carry their hash."""
    now = fingerprint(matching(LOOK))
    if OWN.has("static", now) and (VAR / "static").is_dir():
        return
    with say.step("Mengumpulkan gaya dan skrip", "collecting static files"):
        values = commands.environment(database)
        commands.run(
            "collectstatic", commands.django("collectstatic", "--no-input", "--clear"), values
        )
    OWN.set("static", now)


def demo_world(database: Database, addresses: Mapping[str, str]) -> None:
    """Loads the invented year once; a later day does not load it again."""
    if database.marks.has("load_demo", "loaded") or not commands.has_command("load_demo"):
        return
    with say.step("Mengisi dunia contoh, sekitar satu menit", "loading the demo world"):
        # A power cut would only mean loading again: no step waits for the disk.
        values = commands.environment(database) | {"PGOPTIONS": "-c synchronous_commit=off"}
        values |= addresses
        commands.run("load_demo", commands.django("load_demo"), values)
    database.marks.set("addresses", json.dumps(dict(addresses)))
    database.marks.set("load_demo", "loaded")
