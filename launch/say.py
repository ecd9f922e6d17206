"""Short lines of progress on standard error, Indonesian first, and the one way to give up."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """The run cannot go on; the message is the one clear line its user reads."""


def line(indonesian: str, english: str = "") -> None:
    """One line of progress."""
    print(f"· {indonesian}" + (f" ({english})" if english else ""), file=sys.stderr, flush=True)


@contextmanager
def step(indonesian: str, english: str) -> Iterator[None]:
    """Names a step before it runs and tells its seconds after it; a failed step is left open."""
    print(f"· {indonesian} ({english}) …", end="", file=sys.stderr, flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(file=sys.stderr, flush=True)
        raise
    print(f" {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)
