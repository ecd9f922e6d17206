"""One PostgreSQL server of ours: made, started, found again, shared between launchers, stopped."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launch import processes
from launch.account import Account
from launch.files import locked, try_lock
from launch.say import Stop, line

FAST_THEN_HARD: dict[int, float] = {signal.SIGINT: 30.0, signal.SIGQUIT: 5.0, signal.SIGKILL: 5.0}
PATIENCE = 60.0  # seconds for a start, recovery after a crash included


@dataclass
class Server:
    """A server is its data folder. `label` stands in the titles of its processes (cluster_name)."""

    programs: Path
    home: Path
    socket: Path
    locks: Path
    log: Path
    label: str
    account: Account
    password: str
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = 5432
    _using: int | None = None
    _process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    def acquire(self) -> None:
        """Starts the server or joins the one that runs; to be followed by `release`."""
        with locked(self.locks / f"{self.label}.lock"):
            self._using = try_lock(self.locks / f"{self.label}.users", fcntl.LOCK_SH)
            if self.is_healthy():
                return
            self.end_processes()
            self.remove_stale_files()
            if not (self.data / "PG_VERSION").exists():
                self.initialise()
            self.check_version()
            self.start()

    def release(self) -> None:
        """Lets go; the last launcher to do so stops the server."""
        with locked(self.locks / f"{self.label}.lock"):
            if self._using is not None:
                os.close(self._using)
                self._using = None
            alone = try_lock(self.locks / f"{self.label}.users")
            if alone is not None:
                self.end_processes()
                os.close(alone)

    # -- what runs -------------------------------------------------------------------------------

    def postmaster(self) -> int | None:
        """The running server's process, whether or not its pid file is still there."""
        return next((pid for pid in processes.all_pids() if self.is_postmaster(pid)), None)

    def is_postmaster(self, pid: int) -> bool:
        words = processes.command_of(pid)
        return (
            len(words) > 2
            and Path(words[0]).name == "postgres"
            and words[1:3] == ["-D", str(self.data)]
            and processes.owner_of(pid) == self.account.uid
        )

    def is_ours(self, pid: int) -> bool:
        """The postmaster or one of its children, which may outlive it while a query runs."""
        title = " ".join(processes.command_of(pid))
        return self.is_postmaster(pid) or (
            title.startswith(f"postgres: {self.label}: ")
            and processes.owner_of(pid) == self.account.uid
        )

    def is_alive(self) -> bool:
        """Cheap: looks at the pid the server wrote down, and whether that is still this server."""
        pid = self.written_pid()
        return pid is not None and self.is_postmaster(pid)

    def is_healthy(self) -> bool:
        return self.postmaster() is not None and self.answers()

    def answers(self) -> bool:
        options = ["-q", "-h", str(self.socket), "-p", str(self.port), "-t", "5"]
        return (
            subprocess.run([self.programs / "pg_isready", *options], capture_output=True).returncode
            == 0
        )

    def written_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def end_processes(self) -> None:
        """Ends this server's processes and nobody else's: fast shutdown, then harder."""
        postmaster = self.postmaster()
        if postmaster is not None:
            processes.end([postmaster], self.is_postmaster, FAST_THEN_HARD)
        rest = [pid for pid in processes.all_pids() if self.is_ours(pid)]
        if not processes.end(rest, self.is_ours, FAST_THEN_HARD):
            raise Stop(f"PostgreSQL lama tidak mau berhenti (cannot be ended): {self.data}")
        if self._process is not None:
            self._process.wait()

    def remove_stale_files(self) -> None:
        """A crash's pid file may name a process that is no server, and would bar the start."""
        for path in (
            self.data / "postmaster.pid",
            self.socket / f".s.PGSQL.{self.port}",
            self.socket / f".s.PGSQL.{self.port}.lock",
        ):
            path.unlink(missing_ok=True)

    # -- making and starting ---------------------------------------------------------------------

    def initialise(self) -> None:
        """Makes the data folder under another name and moves it in when it is whole."""
        draft, secret = self.home / "data.new", self.home / "first-password"
        shutil.rmtree(draft, ignore_errors=True)
        secret.write_text(self.password)
        secret.chmod(0o600)
        self.account.give(self.home)
        try:
            done = self.run(
                "initdb", "-D", str(draft), "-U", "postgres", f"--pwfile={secret}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
                *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
            )  # fmt: skip
        finally:
            secret.unlink()
        if done.returncode:
            raise Stop(f"initdb gagal (failed): {done.stderr.strip()[-600:]}")
        draft.rename(self.data)

    def check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = self.run("postgres", "--version").stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise Stop(
                f"Data PostgreSQL {made_by} di {self.data} tidak terbaca oleh PostgreSQL {ours} "
                "(other major version): cadangkan dulu, lalu pindahkan folder itu (back it up, "
                "then move that folder away)"
            )

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs one of the server's programs as the server's user."""
        return subprocess.run(
            [self.programs / program, *arguments], cwd=self.home, env=self.environment(),
            capture_output=True, text=True, umask=0o077, **self.account.drop,
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home), "TZ": "UTC"}

    def options(self) -> list[str]:
        """What the server is started with; nothing is left to a configuration file."""
        settings = {
            "listen_addresses": "",
            "port": str(self.port),
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "cluster_name": self.label,
            "timezone": "UTC",
            "log_timezone": "UTC",
            "shared_buffers": "256MB",
            "max_connections": "100",
            "log_min_messages": "warning",
            # A refused statement is logged without its text and its row: both hold what was typed.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **self.settings,
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def start(self) -> None:
        """Starts the server and waits until it answers; raises Stop with its last words."""
        with self.log.open("w") as output:
            self._process = process = subprocess.Popen(
                [self.programs / "postgres", "-D", str(self.data), *self.options()],
                cwd=self.home, env=self.environment(), stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, start_new_session=True, umask=0o077, **self.account.drop,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            if self.answers():
                return
            time.sleep(0.05)
        self.end_processes()
        last = " / ".join(self.log.read_text().strip().splitlines()[-3:])
        raise Stop(f"PostgreSQL tidak mau mulai (did not start), lihat {self.log}: {last}")

    # -- talking to it ---------------------------------------------------------------------------

    def address(self, login: str, password: str, database: str) -> str:
        """A URL for psycopg and Django; ours listens on a socket, a test cluster on TCP."""
        if self.settings.get("listen_addresses"):
            host = self.settings["listen_addresses"]
            return f"postgresql://{login}:{password}@{host}:{self.port}/{database}"
        return f"postgresql://{login}:{password}@/{database}?host={self.socket}"

    def execute(self, script: str, database: str = "postgres") -> None:
        """Runs SQL as the superuser, stopping at the first error."""
        options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", "postgres"]
        done = subprocess.run(
            [self.programs / "psql", *options, "-p", str(self.port), "-d", database],
            input=script, env={**self.environment(), "PGPASSWORD": self.password},
            capture_output=True, text=True, cwd="/",
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL menolak (refused): {done.stderr.strip()[-600:]}")


def set_aside(home: Path) -> None:
    """Moves data whose passwords are lost out of the way; one such copy is kept."""
    if not (home / "data").exists():
        return
    shutil.rmtree(home / "data.old", ignore_errors=True)
    (home / "data").rename(home / "data.old")
    line(f"Data lama disisihkan ke {home / 'data.old'}", "old data without passwords set aside")
