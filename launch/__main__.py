"""The door of bin/demo, bin/test, bin/manage and bin/bench: python -m launch VERB ARGUMENTS."""

from __future__ import annotations

import importlib
import os
import signal
import sys

from launch import environment
from launch.say import Stop

VERBS = ("demo", "test", "manage", "bench", "real")
WITH_TESTS = ("test", "real")


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """0 when all went well, 1 with one clear line when it did not, 130 after Ctrl-C."""
    if not arguments or arguments[0] not in VERBS:
        print(f"python -m launch {'|'.join(VERBS)} …", file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    os.umask(0o077 if arguments[0] == "demo" else 0o022)
    try:
        environment.enter(arguments, with_tests=arguments[0] in WITH_TESTS)
        return int(importlib.import_module(f"launch.{arguments[0]}").main(arguments[1:]))
    except Stop as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nDihentikan (stopped).", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
