"""The system user that runs PostgreSQL where the launcher itself is root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launch.say import Stop

NAME = "berdaya-postgres"
HOME = "/var/lib/berdaya"
SHELL = "/usr/sbin/nologin"
WAYS = (
    f"useradd --system --user-group --no-create-home --home-dir {HOME} --shell {SHELL} {NAME}",
    f"adduser --system --group --no-create-home --home {HOME} {NAME}",
    f"adduser -S -D -H -h {HOME} -s {SHELL} {NAME}",
)


@dataclass(frozen=True)
class Account:
    """Who a server's processes belong to; `drop` is what Popen needs to become that user."""

    uid: int
    gid: int

    @property
    def drop(self) -> dict[str, Any]:
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Makes the path and all below it this user's."""
        if self.uid == os.geteuid():
            return
        for folder, _, files in os.walk(path):
            os.chown(folder, self.uid, self.gid)
            for file in files:
                os.chown(os.path.join(folder, file), self.uid, self.gid, follow_symlinks=False)


def myself() -> Account:
    return Account(os.geteuid(), os.getegid())


def named(name: str) -> Account:
    """The account of this name; raises KeyError when there is none."""
    entry = pwd.getpwnam(name)
    return Account(entry.pw_uid, entry.pw_gid)


def for_server() -> Account:
    """Root's servers run as a user of their own, made on first use; others' as themselves."""
    if os.geteuid() != 0:
        return myself()
    try:
        return named(NAME)
    except KeyError:
        return create()


def create() -> Account:
    """Adds the system user; raises Stop when no tool of this machine can."""
    for way in map(str.split, WAYS):
        tool = shutil.which(way[0], path="/usr/sbin:/sbin:/usr/bin:/bin")
        if tool and subprocess.run([tool, *way[1:]], capture_output=True).returncode == 0:
            return named(NAME)
    raise Stop(
        f"Pengguna sistem {NAME} tidak dapat dibuat (PostgreSQL refuses to run as root and the "
        f"system user could not be made): useradd --system {NAME}"
    )
