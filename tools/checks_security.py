"""Checks that docs/security.md answers every item and names only what is there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.checks_code import Problem, parsed

PAGE, ITEMS = Path("docs/security.md"), Path("tools/asvs.txt")
ANSWERS = ("met", "partly", "not met", "does not apply")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+[\d., –]*) \|(.*)\|([^|]*)\|\s*$")
NAMED = re.compile(r"`([^`]+)`")
SETTING = re.compile(r"^settings\.([A-Z_]+)$")


def security_is_answered(root: Path) -> Iterator[Problem]:
    """Every item of levels 1 and 2 has one row; what is called met names its test or setting."""
    page = root / PAGE
    if not page.exists():
        return
    answered: Counter[str] = Counter()
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        if match := ROW.match(line):
            answered.update(spread(match[1]))
            yield from (Problem(page, number, what) for what in _row_is_sound(root, match[3]))
    asked = set(spread((root / ITEMS).read_text("utf-8").replace("-", "–")))
    for item in sorted(asked - set(answered), key=_in_order):
        yield Problem(page, 0, f"{item} has no answer")
    for item, count in answered.items():
        if count > 1 or item not in asked:
            yield Problem(page, 0, f"{item} is answered {count} times, or not asked")


def spread(text: str) -> Iterator[str]:
    """`1.2.6–1.2.8, 1.3.1` -> 1.2.6, 1.2.7, 1.2.8, 1.3.1."""
    for part in re.split(r"[,\s]+", text.strip()):
        first, _sign, last = part.partition("–")
        section, _dot, begin = first.rpartition(".")
        end = last.rpartition(".")[2] if last else begin
        yield from (f"{section}.{number}" for number in range(int(begin), int(end) + 1))


def _in_order(item: str) -> list[int]:
    return [int(part) for part in item.split(".")]


def _row_is_sound(root: Path, cell: str) -> Iterator[str]:
    answer = cell.strip()
    if not answer.startswith(ANSWERS):
        yield f"an answer begins with one of {', '.join(ANSWERS)}"
    names = NAMED.findall(answer)
    if answer.startswith(("met", "partly")) and not names:
        yield "names no test and no setting"
    yield from (f"`{name}` is not there" for name in names if not is_there(root, name))


def is_there(root: Path, name: str) -> bool:
    """A test `file::test`, a setting `settings.NAME`, or a file."""
    if match := SETTING.match(name):
        return match[1] in _settings(root)
    file, _sign, test = name.partition("::")
    path = root / file
    return path.exists() and (not test or test in _functions(path))


@cache
def _functions(path: Path) -> frozenset[str]:
    if path.suffix != ".py":
        return frozenset()
    nodes = ast.walk(parsed(path))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))


@cache
def _settings(root: Path) -> frozenset[str]:
    nodes = ast.walk(parsed(root / "berdaya" / "settings.py"))
    found = (node.id for node in nodes if isinstance(node, ast.Name))
    return frozenset(found)
