"""Stored under the digest, for the program's eyes only, and gone when no row holds it."""

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from berdaya.core.uploads import SCAN, Kind, accept, declare_files, forget, store, storing
from tests.catalog import files
from tests.core.uploads.pdf import pdf

SIZES = Kind(("jpeg",), 12_000_000, output="webp", widths=(1200, 480))
DAYS_AGO = 3 * 24 * 3600


@pytest.fixture(autouse=True)
def storage(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    monkeypatch.setattr(storing, "_owners", {})
    return tmp_path


def kept(folder: Path) -> list[str]:
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def aged(folder: Path, name: str) -> None:
    path = folder / name
    then = path.stat().st_mtime - DAYS_AGO
    os.utime(path, (then, then))


def test_a_file_is_kept_under_its_digest_and_cannot_be_run(storage: Path) -> None:
    accepted = accept(BytesIO(pdf()), SCAN)

    name = store(accepted, "papers/7/2026")
    again = store(accepted, "papers/7/2026")

    assert name == again == f"papers/7/2026/{accepted.digest[:2]}/{accepted.digest}.pdf"
    assert kept(storage) == [name]
    assert stat.S_IMODE((storage / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((storage / name).parent.stat().st_mode) == 0o700
    assert (storage / name).read_bytes() == pdf()


def test_every_size_is_kept_and_the_largest_named(storage: Path) -> None:
    accepted = accept(BytesIO(files.jpeg()), SIZES)

    name = store(accepted, "foto")

    stem = f"foto/{accepted.digest[:2]}/{accepted.digest}"
    assert name == f"{stem}-1200.webp"
    assert kept(storage) == [f"{stem}-1200.webp", f"{stem}-480.webp"]


def test_files_lie_outside_the_static_tree() -> None:
    location = Path(django_settings.STORAGES["default"]["OPTIONS"]["location"])

    assert not location.is_relative_to(django_settings.STATIC_ROOT)


def test_only_old_files_without_a_row_are_removed(storage: Path) -> None:
    accepted = [accept(BytesIO(pdf(pages=n)), SCAN) for n in (1, 2, 3)]
    held, orphan, young = (store(one, "papers") for one in accepted)
    elsewhere = store(accepted[0], "consents")
    half = "papers/.half-123"
    (storage / half).write_bytes(b"%PDF")
    for name in (held, orphan, elsewhere, half):
        aged(storage, name)
    declare_files("papers", lambda names: names & {held})

    removed = storing.remove_orphans()

    assert removed == 2
    assert kept(storage) == sorted([held, young, elsewhere])


def test_a_file_stored_again_is_young(storage: Path) -> None:
    accepted = accept(BytesIO(pdf()), SCAN)
    name = store(accepted, "papers")
    aged(storage, name)
    declare_files("papers", lambda names: [])

    store(accepted, "papers")

    assert storing.remove_orphans() == 0
    forget([name, "papers/none"])
    assert kept(storage) == []
