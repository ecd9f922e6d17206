"""Master keys: files in a folder of their own, apart from the key store and from the database."""

import os
import uuid
from pathlib import Path

from berdaya.core import sealing


class MasterMissing(RuntimeError):
    """The key store wants a master key whose file is not in its folder."""


class Masters:
    """Master keys: a file each, in hexadecimal, readable by the program's own user only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> str:
        """A new one; returns its name."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = uuid.uuid4().hex[:16]
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self._file(name), flags, 0o600), "w") as file:
            file.write(sealing.new_key().hex())
            file.flush()
            os.fsync(file.fileno())
        return name

    def secret(self, name: str) -> bytes:
        """Raises MasterMissing."""
        try:
            return bytes.fromhex(self._file(name).read_text())
        except FileNotFoundError:
            raise MasterMissing(f"{name}.key is not in {self.folder}") from None

    def destroy(self, name: str) -> None:
        """Overwritten, then removed."""
        file = self._file(name)
        if file.exists():
            with file.open("r+b") as old:
                old.write(os.urandom(2 * sealing.KEY_BYTES))
                old.flush()
                os.fsync(old.fileno())
            file.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.key"
