"""Runs web server and worker side by side until somebody says stop or one of them dies."""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from launch import commands, processes, say
from launch.database import Database
from launch.paths import LOGS, ROOT, private_folder

HOST = "127.0.0.1"
READY_WITHIN = 60.0  # seconds
TRIES = 5  # deaths of the worker in a row before the whole is stopped
CALM = 60.0  # seconds of life after which a worker's earlier deaths are forgotten
LARGEST_LOG = 5_000_000  # bytes
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


def check_port(port: int) -> None:
    """Raises Stop when the port is taken: the web server would silently share it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise say.Stop(
                f"Porta {port} tidak dapat dipakai (port not usable: {error.strerror}): "
                f"bin/demo --port {port + 1}"
            ) from error


def die_with_parent() -> None:
    """In the child: the kernel sends TERM when the launcher dies, even by kill -9."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A long-running process of ours, in a session of its own so that Ctrl-C reaches us alone."""

    name: str
    command: list[str]
    values: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    deaths: int = 0

    @property
    def log(self) -> Path:
        return private_folder(LOGS) / f"{self.name}.log"

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.values, stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, start_new_session=True, preexec_fn=die_with_parent,
            )  # fmt: skip
        self.begun = time.monotonic()

    def stop(self) -> None:
        """Ends the process and waits for it; its own children end with it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=15)

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def death(self) -> say.Stop:
        code = self.process.returncode if self.process else None
        return say.Stop(
            f"{self.name} berhenti sendiri (died, code {code}), lihat {self.log}:\n"
            f"{commands.tail(self.log)}"
        )


def addresses(port: int) -> dict[str, str]:
    """Both names of the demo on this machine, where no others are given.

    Browsers take whatever ends in .localhost for the machine itself.
    """
    ours = {
        "PUBLIC_BASE_URL": f"http://localhost:{port}",
        "NEUTRAL_BASE_URL": f"http://usaha.localhost:{port}",
    }
    given = {name: os.environ[name] for name in ours if os.environ.get(name)}
    return given if "PUBLIC_BASE_URL" in given else ours | given


def children(database: Database, port: int) -> list[Child]:
    """Web server and worker; the marker in their environment lets a later start find orphans."""
    values = commands.environment(database) | {
        commands.MARKER: str(ROOT),
        **addresses(port),
    }
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers",
        "--workers-kill-timeout", "10", "--no-ws", "--http", "1", "--backpressure", "64",
        "--backlog", "512", "--http1-header-read-timeout", "10000", "--http1-buffer-size", "32768",
        "berdaya.wsgi:application",
    ]  # fmt: skip
    return [
        Child("web", web, values),
        Child("worker", commands.django("procrastinate", "worker"), values),
    ]


@dataclass
class Running:
    """What runs now, and when a worker that died may come back."""

    database: Database
    web: Child
    worker: Child
    again_at: float | None = field(default=None)

    def watch(self) -> None:
        """Returns never; raises Stop naming what died."""
        while True:
            time.sleep(0.3)
            self.look()

    def look(self) -> None:
        if self.web.is_dead():
            raise self.web.death()
        server = self.database.server
        if server is not None and not server.is_alive():
            raise say.Stop(f"PostgreSQL berhenti sendiri (died), lihat {server.log}")
        self.look_after_worker()

    def look_after_worker(self) -> None:
        """A worker that dies comes back after 1, 2, 4, 8 seconds; its jobs are in the database."""
        now = time.monotonic()
        if self.again_at is not None and now >= self.again_at:
            self.again_at = None
            self.worker.start()
        elif self.again_at is None and self.worker.is_dead():
            self.worker.deaths = 1 if now - self.worker.begun > CALM else self.worker.deaths + 1
            if self.worker.deaths >= TRIES:
                raise self.worker.death()
            wait = 2.0 ** (self.worker.deaths - 1)
            say.line(f"worker mati, dimulai lagi dalam {wait:.0f} s", "died, starting it again")
            self.again_at = now + wait

    def wait_until_ready(self, port: int) -> None:
        """Until /ready answers 200; raises Stop when a child dies or it takes too long."""
        until = time.monotonic() + READY_WITHIN
        while not is_ready(port):
            if self.web.is_dead():
                raise self.web.death()
            if time.monotonic() > until:
                raise say.Stop(
                    f"/ready tidak menjawab (does not answer), lihat {self.web.log}:\n"
                    f"{commands.tail(self.web.log)}"
                )
            time.sleep(0.1)


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=3)
    try:
        connection.request("GET", "/ready", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_left_over(pid: int) -> bool:
    return pid != os.getpid() and processes.carries(pid, commands.MARKER, str(ROOT))


def end_all() -> None:
    """Ends every process of this project's demo: ours on the way out, orphans on the way in."""
    left = [pid for pid in processes.all_pids() if is_left_over(pid)]
    if left and not processes.end(left, is_left_over, processes.GENTLY):
        raise say.Stop(f"Proses lama tidak mau berhenti (cannot be ended): {left}")
