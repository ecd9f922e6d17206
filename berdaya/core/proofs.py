"""Where rooms leave their checks over the books.

No domain words here. A room declares in its `checks.py`; the command `check_books` of a higher room
imports those modules and asks each. The other proof, `trace`, has its own list in `core.links`.
"""

from collections.abc import Callable
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


_checks: dict[str, Check] = {}


def declare_check(code: str, label: Text, rows: Callable[[], list[str]]) -> Check:
    """Register a check under a code that is unique in the program; ValueError for a second one."""
    if code in _checks:
        raise ValueError(f"check declared twice: {code}")
    _checks[code] = Check(code, label, rows)
    return _checks[code]


def declared_checks() -> list[Check]:
    """Every room's checks, in order of code."""
    load_rooms("checks")
    return [_checks[code] for code in sorted(_checks)]


def load_rooms(module: str) -> None:
    """Import this module of every room that has one."""
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
