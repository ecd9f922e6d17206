"""bin/demo: from a fresh clone to a running Berdaya with an invented year in it."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys

from launch import commands, say, serve, steps
from launch.database import Database, opened
from launch.files import try_lock
from launch.paths import ROOT, VAR


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="default: 8000")
    parser.add_argument("--prepare", action="store_true", help="do everything but serve")
    parser.add_argument("--reset", action="store_true", help="start afresh; all data is dropped")
    parser.add_argument("--yes", action="store_true", help="do not ask before --reset")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Serves until Ctrl-C (exit 0); raises Stop with the reason when something dies."""
    chosen = options(arguments)
    if chosen.reset and not chosen.yes:
        confirm()
    if try_lock(VAR / "locks" / "demo.lock") is None:
        raise say.Stop("bin/demo sudah berjalan di folder ini (is already running in this folder)")
    serve.end_all()
    if not chosen.prepare:
        serve.check_port(chosen.port)
    say.line("Menjalankan PostgreSQL", "starting PostgreSQL")
    with opened() as database:
        if chosen.reset:
            database.reset()
        steps.prepare(database, serve.addresses(chosen.port))
        if not chosen.prepare:
            run(database, chosen.port)
    say.line("Selesai", "done")
    return 0


def confirm() -> None:
    """Raises Stop unless a person at a terminal says yes."""
    print(f"Semua data di {ROOT / 'var'} dihapus (all data is dropped). Ketik ya: ", end="")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() not in ("ya", "y", "yes"):
        raise say.Stop("Tidak ada yang diubah (nothing changed).")


def run(database: Database, port: int) -> None:
    """Starts web server and worker, says where they are, and ends both whatever happens."""
    web, worker = serve.children(database, port)
    running = serve.Running(database, web, worker)
    try:
        with say.step("Menjalankan web dan pekerja latar", "starting web server and worker"):
            web.start()
            worker.start()
            logins = logins_of(database)
            running.wait_until_ready(port)
        announce(port, logins)
        running.watch()
    except KeyboardInterrupt:
        say.line("Menghentikan semuanya", "stopping everything")
    finally:
        quiet()
        serve.end_all()


def quiet() -> None:
    """A second Ctrl-C must not interrupt the stopping; it takes seconds only."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def logins_of(database: Database) -> str:
    """What `manage demo_logins` prints: who may sign in to look around."""
    if not commands.has_command("demo_logins"):
        return ""
    done = subprocess.run(
        commands.django("demo_logins"), cwd=ROOT, env=commands.environment(database),
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout if done.returncode == 0 else done.stderr


def announce(port: int, logins: str) -> None:
    names = serve.addresses(port)
    address, neutral = names["PUBLIC_BASE_URL"], names.get("NEUTRAL_BASE_URL")
    if logins:
        print("\n" + logins.rstrip())
    print(f"\n  Berdaya   {address}/\n  Meja kerja (desk)   {address}/desk/")
    if neutral:
        print(f"  Usaha sendiri (own businesses)   {neutral}/")
    print()
    print("  Ctrl-C menghentikan semuanya (stops everything).", flush=True)
