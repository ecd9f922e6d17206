"""Where things lie in the project's folder."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
LOGS = VAR / "log"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def private_folder(path: Path) -> Path:
    """The folder, made if need be; nobody else may look into it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
