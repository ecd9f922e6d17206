"""Hari Ini tells administrators, and nobody else, whether uploads are scanned."""

import tempfile
from pathlib import Path

import pytest

from tests.core.uploads.clamd import listening
from tests.world import World


@pytest.mark.parametrize(
    ("address", "told"),
    [("off", "ClamAV tidak terpasang"), ("/run/nobody/clamd.ctl", "(ClamAV) tidak menjawab")],
)
def test_administrators_see_that_nothing_is_scanned(
    world: World, settings: object, address: str, told: str
) -> None:
    settings.CLAMD = address

    page = world.client("administrator").get("/desk/").content.decode()

    assert told in page
    assert "ClamAV" not in world.client("officer").get("/desk/").content.decode()


def test_administrators_see_that_uploads_are_scanned(world: World, settings: object) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="clamd") as folder,
        listening(Path(folder) / "clamd.ctl") as (address, _server),
    ):
        settings.CLAMD = address

        page = world.client("administrator").get("/desk/").content.decode()

    assert "Unggahan diperiksa ClamAV" in page
