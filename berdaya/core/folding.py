"""Constraints and indexes of a new table go in with the table: the same database, made sooner.

Django draws every related model anew for each constraint that is added by itself; an empty
database of ours has hundreds. Its own optimiser stops at the tables in between.
"""

from collections.abc import Sequence

from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation


def folded(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations with what can go into the tables they make; the others where they were.

    A constraint stays by itself where a column of its table, SQL or Python comes in between.
    """
    kept: list[Operation] = []
    tables: dict[str, CreateModel] = {}
    for operation in operations:
        if isinstance(operation, RunSQL | RunPython):
            tables = {}
        elif isinstance(operation, AddField):
            tables.pop(operation.model_name_lower, None)
        elif isinstance(operation, CreateModel):
            operation = _copy(operation)
            tables[operation.name_lower] = operation
        elif isinstance(operation, AddConstraint | AddIndex) and (
            table := tables.get(operation.model_name_lower)
        ):
            _put(operation, table)
            continue
        kept.append(operation)
    return kept


def _copy(table: CreateModel) -> CreateModel:
    options = {name: list(v) if isinstance(v, list) else v for name, v in table.options.items()}
    return CreateModel(table.name, table.fields, options, table.bases, table.managers)


def _put(operation: AddConstraint | AddIndex, table: CreateModel) -> None:
    if isinstance(operation, AddConstraint):
        table.options.setdefault("constraints", []).append(operation.constraint)
    else:
        table.options.setdefault("indexes", []).append(operation.index)
