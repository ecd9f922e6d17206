"""Where the tests' own server keeps its data."""

from pathlib import Path

import pytest

from launch import cluster
from launch.account import myself
from launch.say import Stop


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the file system in memory, with room enough."""
    monkeypatch.setattr(cluster, "MEMORY", tmp_path)
    monkeypatch.setattr(cluster, "ROOM", 0)
    return tmp_path


def test_data_of_tests_lies_in_memory_for_its_account_alone(memory: Path) -> None:
    home = cluster.home_of("postgres-test", myself())

    assert home.parent == memory
    assert home.stat().st_mode & 0o777 == 0o700
    assert cluster.home_of("postgres-test", myself()) == home


def test_folder_in_memory_that_others_may_enter_is_refused(memory: Path) -> None:
    cluster.home_of("postgres-test", myself()).chmod(0o755)

    with pytest.raises(Stop, match="not ours alone"):
        cluster.home_of("postgres-test", myself())


def test_without_room_in_memory_the_disk_is_taken(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ROOM", 2**62)

    assert cluster.memory() is None
