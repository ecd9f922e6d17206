"""Copies of the database and of the key store: two files that never lie in one folder.

A dump of the database is kept as long as its keeper likes. Copies of the key store are kept for
KEYSTORE_DAYS only: after that, nobody who was erased can be read from any dump.
"""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections

from berdaya.core import clock
from berdaya.core.keystore import KeyStore, keystore

STAMP = "%Y%m%dT%H%M%SZ"
KEYS = re.compile(r"keys-(\d{8}T\d{6}Z)\.sqlite3")


class BackupRefused(Exception):
    """Why a copy was not made or not taken back; nothing was changed."""


def dump_database(folder: Path) -> Path:
    """The whole database into a new file of `folder` (pg_dump's custom format).

    Raises BackupRefused where a copy of the keys would lie beside it.
    """
    for keys in (settings.KEYSTORE_DIR, settings.MASTER_KEY_DIR, settings.KEYSTORE_BACKUPS):
        if _one_folder(folder, Path(keys)):
            raise BackupRefused(f"{folder}: keys lie there ({keys}); choose another folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"berdaya-{clock.now().astimezone(UTC).strftime(STAMP)}.dump"
    run("pg_dump", "--format=custom", f"--file={target}")
    target.chmod(0o600)
    return target


def copy_keys() -> Path:
    """A copy of the key store among its own; copies that are too old go at the same time."""
    folder = Path(settings.KEYSTORE_BACKUPS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"keys-{clock.now().astimezone(UTC).strftime(STAMP)}.sqlite3"
    keystore().copy_to(target)
    drop_old_keys()
    return target


def drop_old_keys() -> int:
    """Copies older than KEYSTORE_DAYS, and master keys that only they needed; returns how many."""
    before = clock.now() - timedelta(days=settings.KEYSTORE_DAYS)
    old = [path for path, made_at in key_copies() if made_at < before]
    for path in old:
        path.unlink()
    keystore().drop_retired(before)
    return len(old)


def key_copies() -> list[tuple[Path, datetime]]:
    """Copies of the key store and when they were made, oldest first."""
    folder = Path(settings.KEYSTORE_BACKUPS)
    names = [(path, KEYS.fullmatch(path.name)) for path in sorted(folder.glob("keys-*.sqlite3"))]
    return [
        (path, datetime.strptime(name[1], STAMP).replace(tzinfo=UTC))
        for path, name in names
        if name
    ]


def restore_keys(file: Path) -> None:
    """Put a copy in place of the key store; who was destroyed since stays destroyed.

    Raises BackupRefused for a file that is no copy, or older than KEYSTORE_DAYS.
    """
    name = KEYS.fullmatch(file.name)
    if name is None or not file.exists():
        raise BackupRefused(f"{file.name} is no copy of a key store (keys-<time>.sqlite3)")
    made_at = datetime.strptime(name[1], STAMP).replace(tzinfo=UTC)
    if made_at < clock.now() - timedelta(days=settings.KEYSTORE_DAYS):
        raise BackupRefused(f"{file.name} is older than {settings.KEYSTORE_DAYS} days")
    store = keystore()
    gone = store.destroyed()
    _put(file, store)
    store.destroy(gone)


def _put(file: Path, store: KeyStore) -> None:
    store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = store.file.with_suffix(".coming")
    shutil.copyfile(file, beside)
    beside.chmod(0o600)
    beside.replace(store.file)


def take_back(dump: Path) -> None:
    """Put the dump in the database's place. Raises BackupRefused; then all is as it was.

    The dump comes into a database beside it, and the two change places once it is whole.
    """
    owner = connections["owner"].settings_dict
    name, coming, before = (owner["NAME"] + end for end in ("", "_coming", "_before"))
    with _maintenance() as server:
        _make_like(server, name, coming)
        try:
            run("pg_restore", "--exit-on-error", "--no-owner", "--no-acl", str(dump), name=coming)
        except BackupRefused:
            server.execute(f'DROP DATABASE "{coming}"')
            raise
        server.execute(f'DROP DATABASE IF EXISTS "{before}" WITH (FORCE)')
        end_connections(server, name)
        server.execute(f'ALTER DATABASE "{name}" RENAME TO "{before}"')
        server.execute(f'ALTER DATABASE "{coming}" RENAME TO "{name}"')
        server.execute(f'DROP DATABASE "{before}" WITH (FORCE)')


def _maintenance() -> psycopg.Connection:
    """The owner, but not in the database that is about to be renamed."""
    owner = connections["owner"].settings_dict
    return psycopg.connect(
        dbname="postgres", user=owner["USER"], password=owner["PASSWORD"], host=owner["HOST"],
        port=owner["PORT"] or None, autocommit=True,
    )  # fmt: skip


def _make_like(server: psycopg.Connection, name: str, coming: str) -> None:
    found = server.execute(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
        " WHERE datname = %s",
        [name],
    ).fetchone()
    assert found is not None  # we are its owner
    server.execute(f'DROP DATABASE IF EXISTS "{coming}" WITH (FORCE)')
    server.execute(
        f"CREATE DATABASE \"{coming}\" TEMPLATE template0 ENCODING '{found[0]}'"
        f" LC_COLLATE '{found[1]}' LC_CTYPE '{found[2]}'"
    )


def end_connections(server: psycopg.Connection, name: str) -> None:
    """Everybody's, also our own: a database with guests cannot be renamed."""
    for alias in ("default", "owner"):
        connections[alias].close()
    connections["default"].close_pool()  # type: ignore[attr-defined]
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )


def run(program: str, *arguments: str, name: str = "") -> None:
    """One of PostgreSQL's own programs on the database, as its owner. Raises BackupRefused."""
    owner = connections["owner"].settings_dict
    given = {"PGPASSWORD": owner["PASSWORD"], "PGHOST": owner["HOST"], "PGPORT": owner["PORT"]}
    values = os.environ | {key: str(value) for key, value in given.items() if value}
    login = (f"--username={owner['USER']}", "--no-password", f"--dbname={name or owner['NAME']}")
    command = [_program(program), *login, *arguments]
    done = subprocess.run(command, env=values, capture_output=True, text=True)
    if done.returncode:
        raise BackupRefused(done.stderr.strip())


def _program(name: str) -> str:
    folder = os.environ.get("BERDAYA_POSTGRES_BIN")
    found = shutil.which(name, path=folder) if folder else shutil.which(name)
    if found is None:
        raise BackupRefused(f"{name} is missing: install PostgreSQL's client programs")
    return found


def _one_folder(one: Path, other: Path) -> bool:
    one, other = one.resolve(), other.resolve()
    return one == other or one in other.parents or other in one.parents
