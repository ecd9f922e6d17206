"""The rows of booked sales once more, each by a plain INSERT: what the database alone asks for."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from psycopg.types.json import Jsonb

from berdaya.ledger.models import Entry, Leg
from berdaya.proceeds.models import Allocation, Payment, PremiShare, Sale, SaleLine
from berdaya.stock.models import StockMovement

KEYS = {"id", "sale_id", "line_id", "allocation_id", "entry_id"}
ONE_OF_A_KIND = {"code", "receipt_no", "source_ref"}
OTHER_HALF = 1 << 127

Table = tuple[type[Model], list[dict[str, Any]]]


def copies_of(facility_id: int, source: str) -> list[Table]:
    """Rows like those of all sales that came from `source`, under other keys, parents first."""
    sales = Sale.objects.filter(facility=facility_id, source_ref__startswith=source)
    codes = list(sales.values_list("code", flat=True))
    entries = Entry.objects.filter(facility=facility_id, reference__in=codes)
    found: list[QuerySet[Any]] = [
        sales,
        *(m.objects.filter(sale__in=sales) for m in (SaleLine, Allocation, PremiShare, Payment)),
        StockMovement.objects.filter(facility=facility_id, reference__in=codes),
        entries,
        Leg.objects.filter(entry__in=entries).order_by("entry_id"),
    ]
    return [(rows.model, [_renewed(row) for row in rows.values()]) for rows in found]


def insert_plainly(tables: Sequence[Table]) -> int:
    """One INSERT a row through executemany, one an entry for legs; returns how many rows."""
    for model, rows in tables:
        names = [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            for group in _groups(model, [[row[name] for name in names] for row in rows]):
                marks = ", ".join(["(" + ", ".join(["%s"] * len(names)) + ")"] * len(group[0]))
                table = f"{model._meta.db_table} ({', '.join(names)})"
                flat = [[value for row in together for value in row] for together in group]
                cursor.executemany(f"INSERT INTO {table} VALUES {marks}", flat)  # noqa: S608
    return sum(len(rows) for _model, rows in tables)


def _groups(model: type[Model], rows: list[list[Any]]) -> Iterator[list[list[list[Any]]]]:
    """Rows that must enter in one statement; legs balance together, all else stands alone."""
    if model is not Leg:
        if rows:
            yield [[row] for row in rows]
        return
    entry = [field.column for field in Leg._meta.concrete_fields].index("entry_id")
    for _entry, legs in groupby(rows, key=lambda row: row[entry]):
        yield [list(legs)]


def _renewed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _renew(name, value) for name, value in row.items()}


def _renew(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return Jsonb(value)
    if name in ONE_OF_A_KIND:
        return f"{value}~"
    if name not in KEYS or value is None:
        return value
    return UUID(int=value.int ^ OTHER_HALF) if isinstance(value, UUID) else -value
