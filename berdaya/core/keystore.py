"""Keys of sealed values, one per owner, in a file outside the database (SQLite).

Whoever has the database without this file reads nothing; an owner whose key is destroyed here is
unreadable in every old dump as well, as soon as backups of this file have gone (KEYSTORE_DAYS).
Keys are wrapped by a master key that lies in a folder of its own. Owners are random ids; digests
to find them by stand here, not in the database, so that a dump cannot be asked who is in it.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from berdaya.core import clock, sealing
from berdaya.core.masters import Masters

TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS owner_key (
  owner TEXT NOT NULL, version INTEGER NOT NULL, master TEXT NOT NULL, wrapped BLOB NOT NULL,
  made_at TEXT NOT NULL, PRIMARY KEY (owner, version));
CREATE INDEX IF NOT EXISTS owner_key_master ON owner_key (master, owner);
CREATE TABLE IF NOT EXISTS index_key (
  id INTEGER PRIMARY KEY, master TEXT NOT NULL, wrapped BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS lookup (
  digest BLOB NOT NULL, owner TEXT NOT NULL, kind TEXT NOT NULL, index_id INTEGER NOT NULL,
  PRIMARY KEY (digest, owner)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lookup_owner ON lookup (owner, kind);
CREATE TABLE IF NOT EXISTS destroyed (owner TEXT PRIMARY KEY, at TEXT NOT NULL);
"""
FILE = "keys.sqlite3"


class KeyGone(LookupError):
    """The owner's key was destroyed, or never was: what it sealed cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Key:
    """One owner's key in one version."""

    version: int
    secret: bytes


def keystore() -> "KeyStore":
    """The store that the settings name."""
    return KeyStore(Path(settings.KEYSTORE_DIR), Path(settings.MASTER_KEY_DIR))


class KeyStore:
    """Opened for every call; every writing call is one transaction of its own."""

    def __init__(self, folder: Path, masters: Path) -> None:
        self.folder, self.masters = folder, Masters(masters)

    @property
    def file(self) -> Path:
        return self.folder / FILE

    def create(self, owner: uuid.UUID) -> Key:
        """A first key for a new owner. Raises ValueError if there is one, KeyGone if it had one."""
        return self.create_all([owner])[owner]

    def create_all(self, owners: Iterable[uuid.UUID]) -> dict[uuid.UUID, Key]:
        """`create` for many at once."""
        with self._writing() as store:
            made = {}
            for owner in owners:
                gone = "SELECT 1 FROM destroyed WHERE owner = ?"
                if store.execute(gone, [str(owner)]).fetchone():
                    raise KeyGone(str(owner))
                made[owner] = self._add(store, owner, 1)
            return made

    def keys(self, owners: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[int, bytes]]:
        """All live versions of these owners' keys; whoever has none is absent."""
        wanted = [str(owner) for owner in owners]
        found: dict[uuid.UUID, dict[int, bytes]] = {}
        with self._reading() as store:
            for part in _parts(wanted):
                rows = store.execute(
                    "SELECT owner, version, master, wrapped FROM owner_key"
                    " WHERE owner IN (SELECT value FROM json_each(?))",
                    [json.dumps(part)],
                )
                for owner, version, master, wrapped in rows:
                    secret = self._unwrap(master, wrapped, f"{owner}:{version}")
                    found.setdefault(uuid.UUID(owner), {})[version] = secret
        return found

    def for_sealing(self, owners: Iterable[uuid.UUID]) -> dict[uuid.UUID, Key]:
        """The newest key of each, made for whoever has none. Raises KeyGone for the destroyed."""
        wanted = list(owners)
        held = self.keys(wanted)
        newest = {
            owner: Key(max(versions), versions[max(versions)]) for owner, versions in held.items()
        }
        missing = [owner for owner in wanted if owner not in newest]
        return newest | (self.create_all(missing) if missing else {})

    def destroy(self, owners: Iterable[uuid.UUID]) -> int:
        """Every key and digest of these owners, for good; returns how many keys there were."""
        gone = 0
        with self._writing() as store:
            for owner in map(str, owners):
                store.execute("DELETE FROM lookup WHERE owner = ?", [owner])
                gone += store.execute("DELETE FROM owner_key WHERE owner = ?", [owner]).rowcount
                store.execute(
                    "INSERT OR IGNORE INTO destroyed VALUES (?, ?)", [owner, _text(clock.now())]
                )
        return gone

    def destroyed(self) -> set[uuid.UUID]:
        """Every owner that was destroyed: ids only, kept so that no restore brings one back."""
        with self._reading() as store:
            return {uuid.UUID(row[0]) for row in store.execute("SELECT owner FROM destroyed")}

    def remember_all(self, values: Mapping[uuid.UUID, Mapping[str, str]]) -> None:
        """Let these owners be found by their values; an empty one is forgotten."""
        with self._writing() as store:
            index_id, secret = self._index_keys(store)[-1]
            for owner, kinds in values.items():
                for kind, value in kinds.items():
                    place = [str(owner), kind]
                    store.execute("DELETE FROM lookup WHERE owner = ? AND kind = ?", place)
                    if value:
                        row = [_digest(secret, kind, value), *place, index_id]
                        store.execute("INSERT OR IGNORE INTO lookup VALUES (?, ?, ?, ?)", row)

    def owners_of(self, kind: str, value: str) -> list[uuid.UUID]:
        """Who was remembered with exactly this value; while keys are rotated, under either key."""
        with self._reading() as store:
            found = set()
            for _id, secret in self._index_keys(store):
                digest = _digest(secret, kind, value)
                rows = store.execute("SELECT owner FROM lookup WHERE digest = ?", [digest])
                found |= {uuid.UUID(row[0]) for row in rows}
            return sorted(found)

    # Steps of a rotation (people/actions/rotation.py); each may be repeated after a kill.

    def begin_rotation(self) -> tuple[int, int]:
        """A fresh master and index key, unless a rotation is under way: (owners behind, all)."""
        with self._writing() as store:
            if _meta(store, "retiring") is None:
                _set(store, "retiring", self._master(store))
                _set(store, "master", self.masters.make())
                self._add_index_key(store)
            behind = store.execute(
                "SELECT count(DISTINCT owner) FROM owner_key WHERE master <> ?",
                [self._master(store)],
            ).fetchone()[0]
            everybody = store.execute("SELECT count(DISTINCT owner) FROM owner_key").fetchone()[0]
            return behind, everybody

    def behind(self, limit: int) -> list[uuid.UUID]:
        """Owners who still have a key under the old master."""
        with self._reading() as store:
            rows = store.execute(
                "SELECT DISTINCT owner FROM owner_key WHERE master <> ? ORDER BY owner LIMIT ?",
                [self._master(store), limit],
            )
            return [uuid.UUID(row[0]) for row in rows]

    def renew(self, owners: Iterable[uuid.UUID]) -> dict[uuid.UUID, Key]:
        """A next key for each, beside the one before; one made before a kill is given again."""
        renewed = {}
        with self._writing() as store:
            current = self._master(store)
            for owner in owners:
                version, master, wrapped = store.execute(
                    "SELECT version, master, wrapped FROM owner_key WHERE owner = ?"
                    " ORDER BY version DESC LIMIT 1",
                    [str(owner)],
                ).fetchone() or (0, "", b"")
                if master == current:
                    secret = self._unwrap(master, wrapped, f"{owner}:{version}")
                    renewed[owner] = Key(version, secret)
                elif version:
                    renewed[owner] = self._add(store, owner, version + 1)
        return renewed

    def rewrap(self, owners: Iterable[uuid.UUID]) -> None:
        """The same keys under the new master: whatever they sealed is not there to be renewed."""
        with self._writing() as store:
            current = self._master(store)
            for owner in map(str, owners):
                rows = store.execute(
                    "SELECT version, master, wrapped FROM owner_key WHERE owner = ?", [owner]
                ).fetchall()
                for version, master, wrapped in rows:
                    about = f"{owner}:{version}"
                    secret = self._unwrap(master, wrapped, about)
                    again = sealing.seal(self.masters.secret(current), secret, about=about)
                    store.execute(
                        "UPDATE owner_key SET master = ?, wrapped = ?"
                        " WHERE owner = ? AND version = ?",
                        [current, again, owner, version],
                    )

    def retire(self, versions: Mapping[uuid.UUID, int]) -> None:
        """Forget the keys before these versions: everything stands sealed under the new ones."""
        with self._writing() as store:
            for owner, version in versions.items():
                place = [str(owner), version]
                store.execute("DELETE FROM owner_key WHERE owner = ? AND version < ?", place)

    def finish_rotation(self) -> None:
        """The old index key goes, the old master waits until no backup needs it.

        Raises ValueError while somebody is behind.
        """
        with self._writing() as store:
            retiring, current = _meta(store, "retiring"), self._master(store)
            if store.execute("SELECT 1 FROM owner_key WHERE master <> ?", [current]).fetchone():
                raise ValueError("owners are still behind")
            newest = store.execute("SELECT max(id) FROM index_key").fetchone()[0]
            store.execute("DELETE FROM lookup WHERE index_id < ?", [newest])
            store.execute("DELETE FROM index_key WHERE id < ?", [newest])
            store.execute("DELETE FROM meta WHERE name = 'retiring'")
            if retiring:
                _set(store, f"retired:{retiring}", _text(clock.now()))

    def drop_retired(self, before: datetime) -> int:
        """Destroy the master keys that were retired before: no backup needs them any more."""
        with self._writing() as store:
            rows = store.execute(
                "SELECT name FROM meta WHERE name LIKE 'retired:%' AND value < ?", [_text(before)]
            ).fetchall()
            for (name,) in rows:
                self.masters.destroy(name.removeprefix("retired:"))
                store.execute("DELETE FROM meta WHERE name = ?", [name])
        return len(rows)

    def copy_to(self, target: Path) -> None:
        """A consistent copy; without a master key it tells nothing."""
        with self._reading() as store:
            copy = sqlite3.connect(target)
            try:
                target.chmod(0o600)
                store.backup(copy)
            finally:
                copy.close()

    def _add(self, store: sqlite3.Connection, owner: uuid.UUID, version: int) -> Key:
        key, master = Key(version, sealing.new_key()), self._master(store)
        wrapped = sealing.seal(self.masters.secret(master), key.secret, about=f"{owner}:{version}")
        try:
            store.execute(
                "INSERT INTO owner_key VALUES (?, ?, ?, ?, ?)",
                [str(owner), version, master, wrapped, _text(clock.now())],
            )
        except sqlite3.IntegrityError as error:
            raise ValueError(f"{owner} has a key already") from error
        return key

    def _unwrap(self, master: str, wrapped: bytes, about: str) -> bytes:
        return sealing.open_sealed(self.masters.secret(master), wrapped, about=about)

    def _master(self, store: sqlite3.Connection) -> str:
        name = _meta(store, "master")
        assert name is not None  # _prepare has made one
        return name

    def _index_keys(self, store: sqlite3.Connection) -> list[tuple[int, bytes]]:
        rows = store.execute("SELECT id, master, wrapped FROM index_key ORDER BY id")
        return [(one, self._unwrap(master, key, f"index:{one}")) for one, master, key in rows]

    def _add_index_key(self, store: sqlite3.Connection) -> None:
        master = self._master(store)
        one = store.execute("SELECT coalesce(max(id), 0) + 1 FROM index_key").fetchone()[0]
        wrapped = sealing.seal(self.masters.secret(master), sealing.new_key(), about=f"index:{one}")
        store.execute("INSERT INTO index_key VALUES (?, ?, ?)", [one, master, wrapped])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if not self.file.exists():
            with self._writing():
                pass
        store = self._connect()
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = self._connect()
        try:
            store.execute("BEGIN IMMEDIATE")
            self._prepare(store)
            yield store
            store.execute("COMMIT")
        except BaseException:
            if store.in_transaction:
                store.execute("ROLLBACK")
            raise
        finally:
            store.close()

    def _connect(self) -> sqlite3.Connection:
        store = sqlite3.connect(self.file, timeout=5, isolation_level=None)
        # Deleted keys are overwritten, and the journal that held them goes with the commit.
        store.execute("PRAGMA secure_delete = ON")
        store.execute("PRAGMA synchronous = FULL")
        return store

    def _prepare(self, store: sqlite3.Connection) -> None:
        if store.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            return
        self.file.chmod(0o600)
        for statement in TABLES.split(";"):
            store.execute(statement)
        _set(store, "master", self.masters.make())
        self._add_index_key(store)


def _parts(values: list[str], size: int = 500) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _digest(secret: bytes, kind: str, value: str) -> bytes:
    return sealing.blind(secret, f"{kind}\0{value}")


def _meta(store: sqlite3.Connection, name: str) -> str | None:
    row = store.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    return row[0] if row else None


def _set(store: sqlite3.Connection, name: str, value: str) -> None:
    store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
