"""Which database a command works on: a real server from the environment, else the embedded one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from berdaya.core.environment import UnsafeStart, secret
from launch import cluster, passwords
from launch.files import Marks
from launch.paths import VAR
from launch.postgres import Server
from launch.say import Stop

PROGRAM, OWNER = "DATABASE_URL", "DATABASE_OWNER_URL"


@dataclass(frozen=True)
class Database:
    """Two addresses of one database; `server` is None when somebody else runs it."""

    program: str
    owner: str
    marks: Marks
    server: Server | None = None

    def named(self, name: str) -> Database:
        """Another database of the same embedded server, with the same logins."""
        program, owner = (
            one.replace("/berdaya?", f"/{name}?") for one in (self.program, self.owner)
        )
        return replace(self, program=program, owner=owner)

    def reset(self) -> None:
        """Drops the embedded database and makes an empty one; raises Stop on a real server."""
        if self.server is None:
            raise Stop("--reset tidak menyentuh server sungguhan (never touches a real server)")
        self.marks.clear()
        cluster.drop_database(self.server)
        cluster.prepare_database(self.server)


def is_given() -> bool:
    """Whether the environment names a real server; raises Stop when it does so only by half."""
    given = [name for name in (PROGRAM, OWNER) if address(name)]
    if len(given) == 1:
        missing = OWNER if given == [PROGRAM] else PROGRAM
        raise Stop(f"{given[0]} diisi tanpa {missing} (set without it): isi keduanya")
    return bool(given)


def address(name: str) -> str:
    """What NAME says, or the file of NAME_FILE; raises Stop when others may read that file."""
    try:
        return secret(name)
    except UnsafeStart as reason:
        raise Stop(str(reason)) from reason


@contextmanager
def opened(kind: str = "postgres") -> Iterator[Database]:
    """The database, running; the embedded server stops with the last launcher that uses it."""
    if is_given():
        marks = Marks(VAR / "marks" / "given")
        marks.clear()  # nobody tells us what happens to a real server, so every step runs again
        yield Database(address(PROGRAM), address(OWNER), marks)
        return
    server = cluster.embedded(kind)
    try:
        acquire(server, kind)
        yield embedded(server, kind)
    finally:
        server.release()


def acquire(server: Server, kind: str) -> None:
    """Starts the server; the tests' own holds nothing dear and is made anew if it cannot."""
    try:
        server.acquire()
    except Stop:
        if kind != "postgres-test":
            raise
        shutil.rmtree(server.data, ignore_errors=True)
        server.acquire()


def embedded(server: Server, kind: str) -> Database:
    secrets = passwords.load(VAR / f"{kind}-passwords")
    cluster.prepare_logins(server, secrets)
    logins = ("berdaya_app", "berdaya_owner")
    program, owner = (server.address(name, secrets[name], "berdaya") for name in logins)
    return Database(program, owner, Marks(VAR / "marks" / kind), server)
