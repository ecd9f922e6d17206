#!/usr/bin/env python3
"""Refuse every clock but berdaya/core/clock.py: `tools/lint_clock.py [FILE or FOLDER ...]`.

A date taken from the server's zone is wrong for two thirds of the country after eleven at night,
and what reads its own clock cannot be tested. Names are followed through imports and aliases, and
a bare mention counts, because `default=timezone.now` calls it later. Durations are measured with
`time.monotonic` or `time.perf_counter`. The starter in launch/ runs before the program can be
imported and is not looked at.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

CLOCK = ("berdaya", "core", "clock.py")
DEFAULT_PATHS = ("berdaya", "tests", "tools")
FORBIDDEN = frozenset(
    {
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "time.ctime",
        "django.utils.timezone.now",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
    }
)


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Local name -> dotted name, for every import anywhere in the module."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                names[local] = alias.name if alias.asname else local
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str | None:
    """The full name an expression stands for, or None if it does not begin with an import."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value, names)
        return f"{owner}.{node.attr}" if owner else None
    return None


def findings(source: str, filename: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every clock that is mentioned; SyntaxError if it is no Python."""
    tree = ast.parse(source, filename)
    names = imported_names(tree)
    for node in ast.walk(tree):
        name = dotted(node, names)
        if name in FORBIDDEN and isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, name


def python_files(paths: list[Path]) -> Iterator[Path]:
    """The modules under `paths`, without the one that may."""
    for path in paths:
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.resolve().parts[-3:] != CLOCK:
                yield file


def main(arguments: list[str]) -> int:
    """Print `file:line: name` for every clock found; 1 if there was one."""
    root = Path(__file__).resolve().parent.parent
    paths = [Path(a) for a in arguments] or [root / p for p in DEFAULT_PATHS]
    found = 0
    for file in python_files([path for path in paths if path.exists()]):
        for line, name in sorted(findings(file.read_text("utf-8"), str(file))):
            print(f"{file}:{line}: {name} (use berdaya.core.clock)")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
