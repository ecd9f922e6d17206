"""The launcher's small parts: what it refuses, what it keeps private, whom it ends."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from launch import cluster, database, database_sql, manage, passwords, processes, serve
from launch.account import myself
from launch.files import Marks
from launch.paths import ROOT
from launch.say import Stop

SLEEP = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"]


def test_given_database_by_half_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    with pytest.raises(Stop, match="DATABASE_OWNER_URL"):
        database.is_given()


def test_passwords_are_kept_and_private(tmp_path: Path) -> None:
    file = tmp_path / "passwords"

    first = passwords.load(file)

    assert passwords.load(file) == first
    assert set(first) == {"postgres", "berdaya_owner", "berdaya_app"}
    assert file.stat().st_mode & 0o077 == 0


def test_addresses_are_this_machines_own_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUBLIC_BASE_URL", "NEUTRAL_BASE_URL"):
        monkeypatch.delenv(name, raising=False)

    assert serve.addresses(8000) == {
        "PUBLIC_BASE_URL": "http://localhost:8000",
        "NEUTRAL_BASE_URL": "http://usaha.localhost:8000",
    }
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://toko.contoh.id")
    # A neutral name on this machine would be of no use to that address.
    assert serve.addresses(8000) == {"PUBLIC_BASE_URL": "https://toko.contoh.id"}


def test_commands_speak_under_the_addresses_the_demo_was_signed_under(tmp_path: Path) -> None:
    class Kept:
        marks = Marks(tmp_path / "marks")

    assert manage.addresses_of(Kept()) == {}  # type: ignore[arg-type]
    Kept.marks.set("addresses", '{"NEUTRAL_BASE_URL": "http://usaha.localhost:8100"}')
    told = manage.addresses_of(Kept())  # type: ignore[arg-type]
    assert told == {"NEUTRAL_BASE_URL": "http://usaha.localhost:8100"}


def test_marks_after_clear_hold_nothing(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks")
    marks.set("migrate", "abc")
    assert marks.has("migrate", "abc")
    assert not marks.has("migrate", "other")

    marks.clear()

    assert not marks.has("migrate", "abc")


def test_socket_folder_of_a_long_path_is_short_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(cluster, "short_folder", lambda name: tmp_path / "short")

    folder = cluster.socket_folder(tmp_path / ("long" * 30), myself())

    assert folder == tmp_path / "short"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_socket_folder_open_to_others_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "short_folder", lambda name: tmp_path / "short")
    (tmp_path / "short").mkdir()
    (tmp_path / "short").chmod(0o777)

    with pytest.raises(Stop, match="not ours alone"):
        cluster.socket_folder(tmp_path / ("long" * 30), myself())


def test_check_port_taken_names_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(Stop, match=str(taken.getsockname()[1] + 1)):
            serve.check_port(taken.getsockname()[1])


def test_end_hits_only_what_carries_the_mark() -> None:
    marked = subprocess.Popen(
        SLEEP, env={**os.environ, "BERDAYA_MARK": "here"}, stdout=subprocess.PIPE
    )
    other = subprocess.Popen(SLEEP, stdout=subprocess.PIPE)
    for process in (marked, other):
        assert process.stdout is not None
        process.stdout.readline()

    gone = processes.end(
        [marked.pid, other.pid],
        lambda pid: processes.carries(pid, "BERDAYA_MARK", "here"),
        processes.GENTLY,
    )

    assert gone
    assert marked.wait(5) < 0
    assert other.poll() is None
    other.kill()
    for process in (marked, other):
        process.communicate()


def test_administrators_script_needs_no_database() -> None:
    script = database_sql.for_administrator()

    for extension in database_sql.EXTENSIONS:
        assert f"CREATE EXTENSION IF NOT EXISTS {extension};" in script
    assert script.count("NOSUPERUSER") == 2
    assert script.count("NOBYPASSRLS") == 2


def test_start_without_python_says_how_to_get_it(tmp_path: Path) -> None:
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")

    done = subprocess.run(
        ["/bin/sh", ROOT / "bin" / "demo"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "apt install python3 python3-venv" in done.stderr
