"""Databases of the tests: one template migrated by the owner, cloned for every worker."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
SHAPES = (
    "berdaya/*/migrations/*.py",
    "berdaya/*/sql/*.sql",
    "berdaya/*/walls.py",
    "berdaya/core/limits.py",
    "berdaya/training/data/*.csv",
    "requirements.txt",
)
LOCK = 5_071_201


def owner_connection(database: str | None = None) -> psycopg.Connection:
    """A connection of the owner; the tests' own door around the program's login."""
    return psycopg.connect(_owner_dsn(database), autocommit=True)


def _owner_dsn(database: str | None) -> str:
    given = settings.DATABASES["owner"]
    return psycopg.conninfo.make_conninfo(
        dbname=database or maintenance_name(),
        user=given["USER"],
        password=given["PASSWORD"],
        host=given["HOST"],
        port=given["PORT"] or None,
    )


def maintenance_name() -> str:
    return os.environ["DATABASE_OWNER_URL"].split("?")[0].rsplit("/", 1)[1]


def shape() -> str:
    """A hash of all that decides how an empty database looks."""
    digest = hashlib.sha256(settings.DATABASES["default"]["USER"].encode())
    for pattern in SHAPES:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def template() -> str:
    """The name of the migrated template, made on the first call on a server."""
    name = f"bdtest_{shape()}"
    with owner_connection() as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(owner, name):
            _make_template(owner, name)
    return name


def _exists(owner: psycopg.Connection, name: str) -> bool:
    return bool(owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _make_template(owner: psycopg.Connection, name: str) -> None:
    owner.execute(f'DROP DATABASE IF EXISTS "{name}_new"')
    owner.execute(f'CREATE DATABASE "{name}_new"')
    point_to(f"{name}_new")
    call_command("migrate", verbosity=0)
    connections["owner"].close()
    owner.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')


def point_to(name: str) -> None:
    """Make both of Django's aliases use this database from now on."""
    if all(connections[alias].settings_dict["NAME"] == name for alias in ("default", "owner")):
        return
    for alias in ("default", "owner"):
        connection = connections[alias]
        connection.close()
        if alias == "default":
            connection.close_pool()
        connection.settings_dict["NAME"] = name


@contextmanager
def cloned(suffix: str) -> Iterator[str]:
    """A fresh database of its own, gone afterwards."""
    name = f"{template()}_{suffix}"
    with owner_connection() as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _drop(owner, name)
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template_of(name)}"')
    previous = connections["default"].settings_dict["NAME"]
    point_to(name)
    try:
        yield name
    finally:
        point_to(previous)
        with owner_connection() as owner:
            _drop(owner, name)


def _drop(owner: psycopg.Connection, name: str) -> None:
    """Ends the program's connections too. The server's own autovacuum may look in for a moment:
    the owner may not end that, but waits until it has left."""
    until = time.monotonic() + 30
    while True:
        try:
            owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def template_of(name: str) -> str:
    return "_".join(name.split("_")[:2])
