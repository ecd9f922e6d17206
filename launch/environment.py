"""Makes .venv from the pinned requirements, or leaves it alone when nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from launch import say
from launch.files import Marks, fingerprint, locked
from launch.paths import LOGS, ROOT, VAR, VENV, VENV_PYTHON, private_folder

PROGRAM = (ROOT / "requirements.txt",)
PIP_OPTIONS = ("--require-hashes", "--no-input", "--disable-pip-version-check")
WITH_TESTS = (*PROGRAM, ROOT / "requirements-dev.txt")


def enter(arguments: list[str], *, with_tests: bool) -> None:
    """Goes on inside the project's own Python; returns only when it is already there."""
    files = WITH_TESTS if with_tests else PROGRAM
    if Path(sys.prefix).resolve() == VENV.resolve() and is_ready(files):
        return
    with locked(VAR / "environment.lock"):
        if not is_ready(files):
            make(files)
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), "-m", "launch", *arguments])


def is_ready(files: tuple[Path, ...]) -> bool:
    """Whether .venv runs and holds these requirements (those for tests include the program's)."""
    done = Marks(VENV / "berdaya")
    held = any(done.has(names(wanted), fingerprint(wanted)) for wanted in {files, WITH_TESTS})
    return held and runs()


def names(files: tuple[Path, ...]) -> str:
    return "+".join(path.stem for path in files)


def runs() -> bool:
    """False when .venv is not there or the Python it was made from is gone or not one of ours."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return True
    check = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    try:
        return subprocess.run([VENV_PYTHON, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def make(files: tuple[Path, ...]) -> None:
    """Makes or mends .venv; raises Stop with where to read on."""
    if not runs():
        with say.step("Membuat lingkungan Python", "making .venv"):
            run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    else:
        Marks(VENV / "berdaya").clear()
    requirements = [part for path in files for part in ("-r", str(path))]
    with say.step("Memasang pustaka, sekali saja", "installing packages, once"):
        run(
            [str(VENV_PYTHON), "-m", "pip", "install", *PIP_OPTIONS, *requirements],
        )
    Marks(VENV / "berdaya").set(names(files), fingerprint(files))


def run(command: list[str]) -> None:
    """Runs one command with a dot for every few packages; its output goes to var/log."""
    log = private_folder(LOGS) / "environment.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace",
        )  # fmt: skip
        for number, text in enumerate(process.stdout or ()):
            output.write(text)
            if text.startswith("Collecting") and number % 4 == 0:
                print(".", end="", file=sys.stderr, flush=True)
    if process.wait():
        last = log.read_text().strip().splitlines()[-3:]
        raise say.Stop(
            "Lingkungan Python tidak jadi (the environment could not be made), "
            f"lihat {log}:\n  " + "\n  ".join(last)
        )
