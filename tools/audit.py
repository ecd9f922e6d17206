#!/usr/bin/env python3
"""Asks the vulnerability database about every pin: `tools/audit.py`.

Exit code 0: it answered and knows of nothing. 1: it names vulnerable requirements. 3: it could not
be asked, so nothing is known; that is said, and is no reason to stop a build without a network.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLEAN, VULNERABLE, COULD_NOT_ASK = 0, 1, 3
PATIENCE = 180  # seconds
ASK = [
    sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json",
    "--progress-spinner", "off", "--timeout", "15",
]  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What came of asking, and what to print."""

    code: int
    text: str


def verdict_of(code: int, answer: str, complaint: str) -> Verdict:
    """Judge pip-audit's exit code, its JSON and its complaint; only a whole answer counts."""
    try:
        rows = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (complaint.strip().splitlines() or [f"exit code {code}"])[-1]
        return Verdict(COULD_NOT_ASK, f"COULD NOT ASK, nothing is known: {last[:200]}")
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    found = [line for row in rows for line in _lines(row)]
    if found:
        return Verdict(VULNERABLE, "\n".join(["VULNERABLE:", *found]))
    if skipped or not rows:
        some = ", ".join(skipped[:3]) + " …" * (len(skipped) > 3)
        about = f"{len(skipped)} of {len(rows)} requirements ({some})"
        return Verdict(COULD_NOT_ASK, f"COULD NOT ASK, nothing is known of {about}")
    return Verdict(CLEAN, f"CLEAN: {len(rows)} requirements, no known vulnerability")


def _lines(row: dict[str, Any]) -> list[str]:
    """One line a vulnerability: where, which, and what mends it."""
    return [
        f"  {row['name']} {row['version']}: {one['id']}, fixed in "
        f"{', '.join(one.get('fix_versions') or []) or 'no version yet'}"
        for one in row.get("vulns", [])
    ]


def ask(requirements: Path) -> Verdict:
    """Ask once about one file of pins."""
    try:
        done = subprocess.run(
            [*ASK, "--requirement", str(requirements)],
            capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Verdict(COULD_NOT_ASK, f"COULD NOT ASK: no answer within {PATIENCE} s")
    return verdict_of(done.returncode, done.stdout, done.stderr)


def main() -> int:
    """The worse of the two files; what runs on a server decides before what only tests need."""
    worst = CLEAN
    for name in ("requirements.txt", "requirements-dev.txt"):
        found = ask(ROOT / name)
        print(f"{name}: {found.text}")
        worst = VULNERABLE if VULNERABLE in (worst, found.code) else max(worst, found.code)
    return worst


if __name__ == "__main__":
    sys.exit(main())
