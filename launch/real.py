"""What leans on the server, again on Debian's own PostgreSQL: what a real one would do."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import tempfile
from pathlib import Path

from launch import chromium, database_sql, say, test
from launch.account import Account, myself, named
from launch.cluster import THROW_AWAY, memory
from launch.database import Database
from launch.files import Marks
from launch.postgres import Server

# Walks over pages, and rooms that ask no more of a server than rows and constraints: the others,
# with money, stock, people and bookings, ask the same, and for triggers, doors and races besides.
LEFT_OUT = (
    *("look", "launch", "tools", "browser", "web"),
    *("institutions", "intake", "papers", "goods", "legality", "catalog", "orders", "workshop"),
)
# Pages, papers and processes of those rooms: a server is asked there what it is asked beside them.
OTHER_FILES = (
    "*_pages.py",
    "*_page.py",
    "*_demo*.py",
    "*_papers.py",
    "*_prints.py",
    "*_environment.py",
)
VERSIONS = Path("/usr/lib/postgresql")


def main(arguments: list[str]) -> int:
    """pytest's own exit code; the cluster lives in a temporary folder and is gone afterwards."""
    programs = find() or install()
    account = named("postgres") if os.geteuid() == 0 else myself()
    with tempfile.TemporaryDirectory(prefix="berdaya-real-", dir=memory()) as folder:
        server = cluster(programs, Path(folder), account)
        server.acquire()
        try:
            say.line(f"PostgreSQL {programs.parent.name}, porta {server.port}", "Debian's own")
            left_out = [f"--ignore=tests/{name}" for name in LEFT_OUT]
            left_out += [f"--ignore-glob={name}" for name in OTHER_FILES]
            chosen = arguments or left_out
            return test.pytest(["-m", "not browser", *chosen], database(server), "")
        finally:
            server.release()


def find() -> Path | None:
    """Version 15 where there is one, for that is the oldest we promise; else the nearest above."""
    found = sorted(int(path.name) for path in VERSIONS.glob("*") if path.name.isdigit())
    for version in found:
        if version >= 15 and (VERSIONS / str(version) / "bin" / "initdb").exists():
            return VERSIONS / str(version) / "bin"
    return None


def install() -> Path:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with say.step("Memasang PostgreSQL Debian", "installing Debian's PostgreSQL"):
            chromium.apt_install("postgresql", "postgresql-contrib")
    programs = find()
    if programs is None:
        raise say.Stop("PostgreSQL 15+ tidak ada (missing): apt install postgresql")
    return programs


def cluster(programs: Path, folder: Path, account: Account) -> Server:
    home = folder / "home"
    home.mkdir(mode=0o700)
    (home / "socket").mkdir(mode=0o700)
    account.give(home)
    folder.chmod(0o755)
    return Server(
        programs=programs, home=home, socket=home / "socket", locks=folder, log=folder / "log",
        label=f"berdaya-real-{os.getpid()}", account=account, password=secrets.token_hex(16),
        port=free_port(), settings={**THROW_AWAY, "listen_addresses": "127.0.0.1"},
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database(server: Server) -> Database:
    """Runs the administrator's script as it is printed, with two passwords put in."""
    owner, program = secrets.token_hex(16), secrets.token_hex(16)
    script = database_sql.for_administrator()
    script = script.replace("CHANGE-ME-OWNER", owner).replace("CHANGE-ME-APP", program)
    server.execute(re.sub(r"^--.*\n", "", script, flags=re.MULTILINE))
    return Database(
        server.address("berdaya_app", program, "berdaya"),
        server.address("berdaya_owner", owner, "berdaya"),
        Marks(server.home / "marks"),
        server,
    )
