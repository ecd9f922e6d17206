"""Finds processes by what they are, never by a number alone, and ends them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

PROC = Path("/proc")


def all_pids() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def command_of(pid: int) -> list[str]:
    """The words the process was started with; empty when it is gone, a zombie or the kernel's."""
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return []
    return [word.decode(errors="replace") for word in words.split(b"\0") if word]


def owner_of(pid: int) -> int | None:
    try:
        return (PROC / str(pid)).stat().st_uid
    except OSError:
        return None


def carries(pid: int, name: str, value: str) -> bool:
    """Whether the process was started with this environment variable (one's own only)."""
    try:
        return f"{name}={value}".encode() in (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def end(pids: Iterable[int], still: Callable[[int], bool], patience: Mapping[int, float]) -> bool:
    """Sends each signal in turn, waiting its seconds, until none of the processes is `still` there.

    `still` is asked again before every signal, so a number that has passed on to another program
    is never hit. Returns whether all are gone.
    """
    left = [pid for pid in pids if still(pid)]
    for number, seconds in patience.items():
        for pid in left:
            send(pid, number)
        until = time.monotonic() + seconds
        while (left := [pid for pid in left if still(pid)]) and time.monotonic() < until:
            time.sleep(0.05)
        if not left:
            return True
    return not left


def send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return


GENTLY: dict[int, float] = {signal.SIGTERM: 12.0, signal.SIGKILL: 5.0}
