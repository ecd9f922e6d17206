"""The ceiling of bin/bench --quick: a program that says hello and does nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

WORDS = b"hello\n"


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application."""
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(WORDS)))])
    return [WORDS]
