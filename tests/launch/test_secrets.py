"""Addresses and keys may stand in private files, and the children get what is in them."""

from pathlib import Path

import pytest

from launch import commands, database
from launch.database import Database
from launch.files import Marks
from launch.say import Stop

URL = "postgresql://berdaya_app:x@db/berdaya"


def private(path: Path, text: str, mode: int = 0o600) -> str:
    path.write_text(text)
    path.chmod(mode)
    return str(path)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which nothing is told yet."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BERDAYA_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_addresses_in_files_name_a_real_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", private(tmp_path / "a", URL))
    with pytest.raises(Stop, match="DATABASE_OWNER_URL"):
        database.is_given()
    monkeypatch.setenv("DATABASE_OWNER_URL_FILE", private(tmp_path / "b", f"{URL}?owner"))

    with database.opened() as found:
        assert (found.program, found.owner) == (URL, f"{URL}?owner")
        assert found.server is None


def test_file_that_others_may_read_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", private(tmp_path / "a", URL, 0o644))

    with pytest.raises(Stop, match="DATABASE_URL_FILE"):
        database.is_given()


def test_child_gets_the_address_once_and_the_owner_only_where_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", private(tmp_path / "a", URL))
    monkeypatch.setenv("DATABASE_OWNER_URL_FILE", private(tmp_path / "b", "owner"))
    monkeypatch.setenv("BERDAYA_SECRET_KEY_FILE", private(tmp_path / "key", "k" * 60))
    given = Database(URL, "owner", Marks(tmp_path / "marks"))

    serving = commands.environment(given)
    migrating = commands.environment(given, as_owner=True)

    assert serving["DATABASE_URL"] == URL
    assert not {"DATABASE_URL_FILE", "DATABASE_OWNER_URL_FILE"} & set(serving)
    assert "owner" not in serving.values()
    assert "BERDAYA_SECRET_KEY" not in serving
    assert serving["BERDAYA_SECRET_KEY_FILE"] == str(tmp_path / "key")
    assert migrating["DATABASE_OWNER_URL"] == "owner"


def test_refused_rows_stay_out_of_the_databases_own_log() -> None:
    from launch import database_sql

    told = database_sql.for_administrator()

    assert "log_error_verbosity = terse" in told
    assert "log_min_error_statement = panic" in told
