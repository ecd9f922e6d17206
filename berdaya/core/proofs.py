"""Where rooms leave their proofs: checks over the books, and links from one thing to the next.

No domain words here. A room declares in its `checks.py` and `trace.py`; the proof commands of a
higher room (`check_books`, `trace`) import those modules and walk the two lists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

Text = str | Promise


@dataclass(frozen=True)
class Check:
    """One promise about the rows. `rows()` names those that break it; empty is clean."""

    code: str
    label: Text
    rows: Callable[[], list[str]]


@dataclass(frozen=True)
class Node:
    """One thing on the thread: its kind, the code people know it by, a line, its page."""

    kind: str
    code: str
    label: str
    url: str = ""


Links = Iterable[tuple[str, Node]]


@dataclass(frozen=True)
class Linker:
    """How a room finds a thing by its code, and what hangs on a thing of any kind."""

    kind: str
    find: Callable[[str], Node | None]
    links: Callable[[Node], Links]


_checks: dict[str, Check] = {}
_linkers: list[Linker] = []


def declare_check(code: str, label: Text, rows: Callable[[], list[str]]) -> Check:
    """Register a check under a code that is unique in the program; ValueError for a second one."""
    if code in _checks:
        raise ValueError(f"check declared twice: {code}")
    _checks[code] = Check(code, label, rows)
    return _checks[code]


def declare_linker(
    kind: str,
    find: Callable[[str], Node | None] = lambda code: None,
    links: Callable[[Node], Links] = lambda node: (),
) -> Linker:
    """Register a linker. `links` is asked for nodes of `kind` only; several per kind are fine.

    So a higher room can add its own links to a kind that a lower room declared.
    """
    linker = Linker(kind, find, links)
    _linkers.append(linker)
    return linker


def declared_checks() -> list[Check]:
    """Every room's checks, in order of code."""
    _load("checks")
    return [_checks[code] for code in sorted(_checks)]


def find_node(code: str) -> list[Node]:
    """Everything that bears this code, of whatever kind."""
    _load("trace")
    found = (linker.find(code) for linker in _linkers)
    return list(dict.fromkeys(node for node in found if node is not None))


def links_of(node: Node) -> list[tuple[str, Node]]:
    """What hangs on a thing, as (relation, thing), each once."""
    _load("trace")
    pairs = (pair for linker in _linkers if linker.kind == node.kind for pair in linker.links(node))
    return list(dict.fromkeys(pairs))


def _load(module: str) -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("berdaya.") and module_has_submodule(config.module, module):
            import_module(f"{config.name}.{module}")


def rows_of(sql: str, limit: int = 20) -> Callable[[], list[str]]:
    """The rows of a check that is one SQL question, each in one line of text; first `limit`."""

    def rows() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found = cursor.fetchmany(limit)
        return [" · ".join("" if value is None else str(value) for value in row) for row in found]

    return rows
