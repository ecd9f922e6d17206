"""What waits on Hari Ini: every room registers who finds its waiting things.

The page must not grow slower with every room that adds to it, so a provider says which rows it
wants and how one of them reads; the rows of all providers are asked for in one statement.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from berdaya.core.scope import Actor


@dataclass(frozen=True)
class Item:
    """One thing that waits: what it is, since when, and where it is done.

    `state` is a tone of the look ("", done, warn, bad, off), `state_text` its word. What is urgent
    stands above everything older.
    """

    text: str | Promise
    url: str
    age_on: date
    detail: str | Promise = ""
    state: str = ""
    state_text: str | Promise = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Waiting:
    """Rows that wait, as a `.values()` query, and how one row reads.

    The rows come as JSON: dates are ISO text, quantities numbers.
    """

    rows: "QuerySet[Any, dict[str, Any]]"
    tell: Callable[[dict[str, Any]], Item]


# Given the actor and the facilities on view; empty where the actor has nothing to do with it.
Provider = Callable[[Actor, frozenset[int]], Iterable[Waiting]]
_providers: dict[str, Provider] = {}


def waits(name: str, provider: Provider) -> None:
    """Register a room's provider, in AppConfig.ready; a second one of that name replaces it."""
    _providers[name] = provider


def waiting(actor: Actor, facility_ids: frozenset[int]) -> list[Item]:
    """Everything that waits for this actor at these facilities: what is urgent, then the oldest."""
    parts = [part for find in _providers.values() for part in find(actor, facility_ids)]
    items = [parts[number].tell(row) for number, row in _ask_at_once(parts)]
    return sorted(items, key=lambda item: (not item.is_urgent, item.age_on))


def _ask_at_once(parts: list[Waiting]) -> list[tuple[int, dict[str, Any]]]:
    statements, params = [], []
    for number, part in enumerate(parts):
        try:
            sql, given = part.rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        # The text is Django's own, its values stay parameters.
        statements.append(f"(SELECT {number}, to_jsonb(q) FROM ({sql}) q)")  # noqa: S608
        params += given
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        return [(number, json.loads(row)) for number, row in cursor.fetchall()]
