"""The virus scanner: clean, infected, too large, away in every way, and not there at all."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from berdaya.core.uploads import SCAN, Kind, accept, scanner
from berdaya.core.verdicts import Refused
from tests.core.uploads.clamd import EICAR, STREAM_MAX, listening
from tests.core.uploads.pdf import pdf

ANY = Kind(("text",), 1_000_000)


@pytest.fixture
def place() -> Iterator[Path]:
    """Short enough for the path of a socket, which a test's own folder is not always."""
    with tempfile.TemporaryDirectory(prefix="clamd") as folder:
        yield Path(folder) / "clamd.ctl"


@pytest.mark.parametrize("is_unix", [True, False])
def test_a_clean_file_comes_in_over_both_kinds_of_socket(
    settings: object, place: Path, is_unix: bool
) -> None:
    with listening(place if is_unix else None) as (address, server):
        settings.CLAMD = address
        content = pdf()

        accepted = accept(BytesIO(content), SCAN)

        assert accepted.data == content
        assert server.scanned == [len(content)]
        assert scanner.state() == "ready"


def test_an_infected_file_is_refused(settings: object, place: Path) -> None:
    with listening(place) as (address, _server):
        settings.CLAMD = address

        with pytest.raises(Refused, match=r"^upload_infected$"):
            accept(BytesIO(b"a,b\n" + b"x" * 70_000 + EICAR), ANY)


def test_a_file_beyond_the_scanners_limit_is_refused(settings: object, place: Path) -> None:
    with listening(place) as (address, _server):
        settings.CLAMD = address

        with pytest.raises(Refused, match=r"^scanner_limit$"):
            accept(BytesIO(b"x" * (STREAM_MAX + 1)), ANY)


@pytest.mark.parametrize("fault", ["silent", "garbage", "hangup"])
def test_a_scanner_that_fails_lets_nothing_in(settings: object, place: Path, fault: str) -> None:
    with listening(place, fault) as (address, _server):
        settings.CLAMD, settings.CLAMD_SECONDS = address, 0.3

        with pytest.raises(Refused, match=r"^scanner_away$") as refusal:
            accept(BytesIO(b"a,b\n1,2\n"), ANY)

        assert "administrator" in str(refusal.value.verdict.first.next_text)


@pytest.mark.parametrize("address", ["/run/nobody/clamd.ctl", "127.0.0.1:1", "no-port", "a:b"])
def test_a_scanner_that_is_configured_but_not_there_lets_nothing_in(
    settings: object, address: str
) -> None:
    settings.CLAMD = address

    with pytest.raises(Refused, match=r"^scanner_away$"):
        accept(BytesIO(b"a,b\n"), ANY)

    assert scanner.state() == "away"


def test_where_no_scanner_is_installed_files_come_in(settings: object) -> None:
    settings.CLAMD = "off"

    accepted = accept(BytesIO(b"a,b\n"), ANY)

    assert accepted.data == b"a,b\n"
    assert scanner.state() == "absent"


def test_the_usual_places_are_looked_at(
    settings: object, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLAMD = ""
    monkeypatch.setattr(scanner, "USUAL", (str(place),))

    before = scanner.address()
    with listening(place):
        found = scanner.address()

    assert (before, found) == ("", str(place))
