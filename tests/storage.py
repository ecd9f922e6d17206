"""A private storage of the test's own, and what lies in it."""

from pathlib import Path

import pytest


@pytest.fixture
def storage(settings: object, tmp_path: Path) -> Path:
    """Uploads of this test, gone with it."""
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    return tmp_path


def stored(folder: Path) -> list[bytes]:
    """The bytes of every file below a folder."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def names(folder: Path) -> list[str]:
    """The names of every file below a folder."""
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
