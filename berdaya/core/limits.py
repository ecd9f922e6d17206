"""Limits within a facility: a counsellor's caseload, and the period an auditor's letter names.

Both stand as restrictive policies beside the facility's. Who is not limited pays two calls a
statement. A line of walls.py says how a row is dated:

- `day`: its business date or instant; a foreign key instead: as the row it belongs to. Several are
  joined by or.
- `touched`: `table.column` of rows that pay, correct or answer it; it is shown with them.
- `timeless`: why it has no day.

How a person is found needs no line: it is the way of core/reach.py. Only `clients` may say it
otherwise, as two conditions, for what is shown and what may be written.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateField, DateTimeField, ForeignKey

from berdaya.core.reach import by_table, person_model, protected
from berdaya.core.walls import Wall

BOUND = (
    "(SELECT core_scope_is_free('caseload')) IS NOT NULL"
    " OR {facility} <> ALL ((SELECT core_scope_guided())::bigint[])"
)
PERIOD = "(SELECT core_scope_is_free('days')) IS NOT NULL"
# Keys as core/spans.py makes them.
DATE = (
    "coalesce({facility}, 0) * 10000000 + ({column} - DATE '0001-01-01')"
    " <@ (SELECT core_scope_span('days'))"
)
# A column called `month` holds its first day and stands for all of it.
MONTH = (
    "int8range(coalesce({facility}, 0) * 10000000 + ({column} - DATE '0001-01-01'),"
    " coalesce({facility}, 0) * 10000000"
    " + (({column} + interval '1 month')::date - DATE '0001-01-01'))"
    " && (SELECT core_scope_span('days'))"
)
INSTANT = (
    "coalesce({facility}, 0) * 1000000000000 + floor(extract(epoch FROM {column}))::bigint"
    " <@ (SELECT core_scope_span('instants'))"
)
# Asked with the rights and the limits of whoever asks; planned once a session. It costs nothing to
# those who are not limited, so the planner is told so.
SHOWN = (
    "CREATE OR REPLACE FUNCTION {name}(key {type}) RETURNS boolean"
    " LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS"
    " $$ BEGIN RETURN EXISTS (SELECT FROM public.{table} t WHERE t.{column} = key); END $$"
)


_models, _reached = cache(by_table), cache(protected)


def statements(line: Wall, program: str) -> Iterator[str]:
    """The two policies of one table; safe to run again."""
    table = f'"{line.table}"'
    yield f"DROP POLICY IF EXISTS caseload ON {table}"
    yield f"DROP POLICY IF EXISTS period ON {table}"
    if line.facility is None:
        return
    for column, of_table, of_column in _asked(line):
        yield _function(line, column, of_table, of_column)
    if found := caseload(line):
        seen, written = found
        yield (
            f'CREATE POLICY caseload ON {table} AS RESTRICTIVE TO "{program}"'
            f" USING ({seen}) WITH CHECK ({written})"
        )
    if dated := period(line):
        yield (
            f'CREATE POLICY period ON {table} AS RESTRICTIVE FOR SELECT TO "{program}"'
            f" USING ({dated})"
        )


def caseload(line: Wall) -> tuple[str, str] | None:
    """What a counsellor is shown and may write, or None where no person can be reached."""
    if line.table not in _reached() or line.facility is None:
        return None
    bound = BOUND.format(facility=line.facility)
    if any(line.clients):
        seen, written = (f"{bound} OR {one}" for one in line.clients)
        return seen, written
    way = " OR ".join([bound, *_way(line)])
    return way, way


def _way(line: Wall) -> Iterator[str]:
    """How a row's person is one of the caseload; nothing where no column leads to them."""
    column = way_column(line)
    if column is None:
        return
    if column.null:
        yield f"{column.column} IS NULL"
    if column.model is person_model() or column.related_model is person_model():
        yield f"{column.column} = ANY ((SELECT {settings.CLIENTS_FUNCTION})::bigint[])"
    else:
        yield f"{_name(*_parent(column))}({column.column})"


def way_column(line: Wall) -> Any:
    """The column that leads to the person: straight there if it can, else by another table."""
    model = _models().get(line.table)
    if model is None or model is person_model():
        return model and model._meta.pk
    keys = [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey)]
    reached = _reached()
    straight = [one for one in keys if one.related_model is person_model()]
    over = [one for one in keys if one.related_model._meta.db_table in reached]
    return next(iter([*straight, *sorted(over, key=lambda one: one.null)]), None)


def period(line: Wall) -> str:
    """What an auditor is shown, or nothing where rows have no day."""
    found = [_dated(line, column) for column in line.days]
    if not found:
        return ""
    key = _models()[line.table]._meta.pk.column
    touched = [f"{_name(*_split(one))}({key})" for one in line.touched]
    return " OR ".join([PERIOD, *found, *touched])


def _dated(line: Wall, name: str) -> str:
    column = _field(line, name)
    if isinstance(column, ForeignKey):
        return f"{_name(*_parent(column))}({column.column})"
    plain = MONTH if column.column == "month" else DATE
    template = INSTANT if isinstance(column, DateTimeField) else plain
    return template.format(facility=line.facility, column=column.column)


def faults(line: Wall) -> Iterator[str]:
    """What a line leaves unsaid about its limits."""
    if line.facility is None:
        return
    if bool(line.days) == bool(line.timeless):
        yield "says neither its day nor why it has none, or both"
    for name in line.days:
        if not isinstance(_field(line, name), DateField | ForeignKey):
            yield f"{name} is no date, no instant and no foreign key"
    if line.table in _reached() and not (any(line.clients) or line.people or way_column(line)):
        yield "has no rule for a caseload"


def _asked(line: Wall) -> Iterator[tuple[Any, str, str]]:
    """(column, table, column there) of every other table that this line's policies ask."""
    keys = [_field(line, name) for name in line.days]
    if line.table in _reached() and not any(line.clients):
        keys.append(way_column(line))
    for key in keys:
        if isinstance(key, ForeignKey) and key.related_model is not person_model():
            yield (key, *_parent(key))
    own = _models()[line.table]._meta.pk
    for one in line.touched:
        yield (own, *_split(one))


def _function(line: Wall, column: Any, table: str, of_column: str) -> str:
    kind = column.rel_db_type(connection) if column.primary_key else column.db_type(connection)
    return SHOWN.format(name=_name(table, of_column), type=kind, table=table, column=of_column)


def _field(line: Wall, name: str) -> Any:
    fields = _models()[line.table]._meta.concrete_fields
    return next((one for one in fields if one.column == name), None)


def _parent(column: Any) -> tuple[str, str]:
    return column.related_model._meta.db_table, column.target_field.column


def _split(one: str) -> tuple[str, str]:
    table, _sign, column = one.partition(".")
    return table, column


def _name(table: str, column: str) -> str:
    return f"core_shown_{table}_{column}"
