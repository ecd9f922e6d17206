#!/usr/bin/env python3
"""Run the house's own checks: `tools/check.py [--root FOLDER] [CHECK ...]`.

Prints `file:line: what` for everything found and exits with 1 if anything was; warnings are shown
and break nothing. Needs neither a database nor a configured Django, and takes a few seconds. Each
check is proved to fail in tests/tools.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import checks_code, checks_docs, checks_security  # noqa: E402
from tools.checks_code import Problem  # noqa: E402

CHECKS: dict[str, Callable[[Path], Iterator[Problem]]] = {
    "clocks": checks_code.clocks,
    "inline": checks_code.inline_code,
    "registries": checks_code.registry_addresses,
    "identities": checks_code.identity_columns,
    "codes": checks_code.unique_codes,
    "openings": checks_code.opening_sentences,
    "rooms": checks_docs.rooms_are_kept,
    "map": checks_docs.map_is_complete,
    "glossary": checks_docs.glossary_is_complete,
    "links": checks_docs.links_lead_somewhere,
    "decisions": checks_docs.decisions_are_listed,
    "paths": checks_docs.no_machine_paths,
    "security": checks_security.security_is_answered,
}
WARNINGS = {"long": checks_code.long_files}


def report(root: Path, problems: Iterator[Problem], word: str = "") -> int:
    """Print the problems, relative to `root`; returns how many."""
    count = 0
    for problem in problems:
        count += 1
        place = problem.file.relative_to(root) if problem.file.is_absolute() else problem.file
        print(f"{place}:{problem.line}: {word}{problem.text}")
    return count


def main(arguments: list[str]) -> int:
    """Exit code 0 when all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("checks", nargs="*", choices=[*CHECKS, []], metavar="CHECK")
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args(arguments)
    found = sum(
        report(options.root, CHECKS[name](options.root)) for name in options.checks or CHECKS
    )
    if not options.checks:
        for check in WARNINGS.values():
            report(options.root, check(options.root), "warning: ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
