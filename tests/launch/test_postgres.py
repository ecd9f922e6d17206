"""The starter against real servers: shared, orphaned, killed, and never somebody else's process."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from launch import cluster
from launch.account import for_server
from launch.postgres import Server

PASSWORDS = {"postgres": "aaa", "berdaya_owner": "bbb", "berdaya_app": "ccc"}


@pytest.fixture(scope="module")
def make() -> Iterator[Callable[[], Server]]:
    """Launchers that share one data folder, outside any home folder because root's is closed."""
    folder = Path(tempfile.mkdtemp(prefix="bdpg-", dir=cluster.memory()))
    folder.chmod(0o711)
    account = for_server()
    home = cluster.private_to(account, folder / "home")
    programs = cluster.programs(account)
    made: list[Server] = []

    def one_more() -> Server:
        made.append(
            Server(
                programs=programs,
                home=home,
                socket=cluster.private_to(account, home / "s"),
                locks=folder,
                log=folder / "log",
                label=f"berdaya-test-{os.getpid()}",
                account=account,
                password=PASSWORDS["postgres"],
                settings={**cluster.THROW_AWAY, "shared_buffers": "16MB", "max_connections": "20"},
            )
        )
        return made[-1]

    yield one_more
    for each in made:
        each.end_processes()
    shutil.rmtree(folder)


@pytest.fixture
def server(make: Callable[[], Server]) -> Iterator[Server]:
    running = make()
    running.acquire()
    yield running
    running.release()


def test_release_with_a_second_launcher_leaves_the_server(
    server: Server, make: Callable[[], Server]
) -> None:
    other = make()
    other.acquire()
    pid = server.written_pid()

    other.release()

    assert server.is_alive()
    assert server.written_pid() == pid


def test_release_of_the_last_launcher_stops_the_server(make: Callable[[], Server]) -> None:
    only = make()
    only.acquire()

    only.release()

    assert only.postmaster() is None
    assert not (only.data / "postmaster.pid").exists()


def test_acquire_after_the_launcher_died_joins_its_server(make: Callable[[], Server]) -> None:
    dead = make()
    dead.acquire()
    pid = dead.written_pid()
    os.close(dead._using or 0)
    heir = make()

    heir.acquire()

    assert heir.written_pid() == pid
    heir.release()
    assert heir.postmaster() is None


def test_acquire_after_kill_starts_again(make: Callable[[], Server]) -> None:
    killed = make()
    killed.acquire()
    os.kill(killed.postmaster() or 0, signal.SIGKILL)
    os.close(killed._using or 0)
    heir = make()

    heir.acquire()

    assert heir.answers()
    heir.release()


def test_acquire_with_an_alien_in_the_pid_file_leaves_it_alone(make: Callable[[], Server]) -> None:
    with subprocess.Popen(["sleep", "60"]) as alien:
        ours = make()
        ours.acquire()
        ours.release()
        (ours.data / "postmaster.pid").write_text(f"{alien.pid}\n{ours.data}\n1\n5432\n\n\n\n")

        ours.acquire()

        assert ours.answers()
        assert ours.written_pid() != alien.pid
        assert alien.poll() is None
        ours.release()
        alien.kill()


def test_end_processes_spares_a_postgres_of_another_folder(make: Callable[[], Server]) -> None:
    with subprocess.Popen(["bash", "-c", "exec -a postgres sleep 60"]) as alien:
        ours = make()

        ours.end_processes()

        assert alien.poll() is None
        alien.kill()


def test_prepare_logins_twice_gives_two_powerless_logins(server: Server) -> None:
    cluster.prepare_logins(server, PASSWORDS)
    cluster.prepare_logins(server, PASSWORDS)

    with psycopg.connect(server.address("berdaya_app", "ccc", "berdaya")) as program:
        rows = program.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'berdaya%' ORDER BY 1"
        ).fetchall()
        collation = program.execute(
            "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database "
            "WHERE datname = 'berdaya'"
        ).fetchone()
    assert rows == [("berdaya_app", False, False, False), ("berdaya_owner", False, False, True)]
    assert collation == ("C.UTF-8", "UTF8")


def test_connecting_with_a_wrong_password_is_refused(server: Server) -> None:
    cluster.prepare_logins(server, PASSWORDS)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.address("berdaya_app", "wrong", "berdaya"))


def test_owner_drops_a_database_in_which_the_program_is_connected(server: Server) -> None:
    cluster.prepare_logins(server, PASSWORDS)
    owner = psycopg.connect(server.address("berdaya_owner", "bbb", "berdaya"), autocommit=True)
    owner.execute("CREATE DATABASE spare")
    program = psycopg.connect(server.address("berdaya_app", "ccc", "spare"))

    owner.execute("DROP DATABASE spare WITH (FORCE)")

    with pytest.raises(psycopg.OperationalError):
        program.execute("SELECT 1")
    program.close()
    owner.close()
