"""Small files the launcher keeps: locks, marks of finished steps, private values."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.paths import private_folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Waits for the lock and holds it; the kernel lets go of it when its holder dies."""
    private_folder(path.parent)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def try_lock(path: Path, kind: int = fcntl.LOCK_EX) -> int | None:
    """A file descriptor holding the lock, or None when somebody else has it. Close it to let go."""
    private_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def write_private(path: Path, text: str) -> None:
    """Replaces the file in one move; only its owner can read it."""
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over names and contents; files that are away count as away."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"away")
    return digest.hexdigest()


class Marks:
    """Which steps are done for what: one small file a step in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, step: str) -> str | None:
        try:
            return (self.folder / step).read_text()
        except OSError:
            return None

    def has(self, step: str, value: str) -> bool:
        return self.get(step) == value

    def set(self, step: str, value: str) -> None:
        write_private(self.folder / step, value)

    def clear(self) -> None:
        """Forgets every step, because the database is not what it was."""
        if self.folder.is_dir():
            for mark in self.folder.iterdir():
                mark.unlink()
