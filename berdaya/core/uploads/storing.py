"""Where accepted files lie: in the private storage, by digest, gone when no row holds them."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.core.files.storage import default_storage

from berdaya.core import clock

# A transaction is over long before.
ORPHAN_SECONDS = 24 * 3600
FILE_MODE, FOLDER_MODE = 0o600, 0o700
InUse = Callable[[frozenset[str]], Iterable[str]]
_owners: dict[str, InUse] = {}


def declare_files(folder: str, in_use: InUse) -> None:
    """Say, in AppConfig.ready, which of some names below a folder rows still hold.

    `in_use(names)` opens a scope over all facilities and answers with those to be kept. Whatever
    lies there longer than a day and is not among them is removed at night.
    """
    _owners[folder] = in_use


def keep(name: str, data: bytes) -> str:
    """Write under this name at once and whole, readable by the program only."""
    path = Path(default_storage.path(name))
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    # Written again where it is there already: the same bytes, and young for the night's sweep.
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(half).chmod(FILE_MODE)
        Path(half).replace(path)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return name


def forget(names: Iterable[str]) -> None:
    """Remove files, where they are there."""
    for name in names:
        default_storage.delete(name)


def remove_orphans() -> int:
    """Remove what lies in declared folders and belongs to no row; returns how many files."""
    return sum(_sweep(folder, in_use) for folder, in_use in sorted(_owners.items()))


def _sweep(folder: str, in_use: InUse) -> int:
    old = {name: path for name, path in _files(folder) if _is_old(path)}
    halves = {name for name, path in old.items() if path.name.startswith(".half-")}
    asked = frozenset(old.keys() - halves)
    orphans = halves | (asked - set(in_use(asked)) if asked else set())
    # Looked at once more: somebody may have stored the same bytes meanwhile.
    gone = [name for name in sorted(orphans) if _is_old(old[name])]
    forget(gone)
    return len(gone)


def _files(folder: str) -> Iterator[tuple[str, Path]]:
    root = Path(default_storage.path(""))
    for path in (root / folder).rglob("*"):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path


def _is_old(path: Path) -> bool:
    try:
        return clock.now().timestamp() - path.stat().st_mtime > ORPHAN_SECONDS
    except FileNotFoundError:
        return False
