"""An empty database made sooner, and the same.

Django draws every related model anew for each table and each constraint that is added; ours are
nearly all related, and hundreds. Two things spare most of that: constraints and indexes of a new
table go in with the table (Django's own optimiser stops at the tables in between), and what adds
without changing anything already drawn draws nothing but itself.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED


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


@contextmanager
def sparingly_drawn() -> Iterator[None]:
    """While it is open, adding a table, a column, a constraint or an index leaves other models as
    drawn.

    Nothing drawn before can point at a new table, a constraint changes no model, and of a new
    column only its own table is asked. States made so are marked as delayed: where Python of a
    migration runs, Django draws them whole first.
    """
    ours = {"add_model": _add_model, "add_field": _add_field, "_append_option": _append_option}
    plain = {name: getattr(ProjectState, name) for name in ours}
    for name, method in ours.items():
        setattr(ProjectState, name, method)
    try:
        yield
    finally:
        for name, method in plain.items():
            setattr(ProjectState, name, method)


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:  # to ask for the attribute would draw them all
        self.is_delayed = True
        self.apps.render_multiple([model_state])


def _add_field(
    self: ProjectState, app: str, model: str, name: str, field: Any, preserve_default: bool
) -> None:
    if not preserve_default:
        field = field.clone()
        field.default = NOT_PROVIDED
    key = app, model
    self.models[key].fields[name] = field
    if self._relations is not None:  # type: ignore[attr-defined]
        self.resolve_model_field_relations(key, name, field)
    if "apps" in self.__dict__:
        self.is_delayed = True
        self.apps.unregister_model(*key)
        self.apps.render_multiple([self.models[key]])


def _append_option(state: ProjectState, app: str, name: str, option: str, added: Any) -> None:
    table = state.models[app, name]
    table.options[option] = [*table.options[option], added]
    if "apps" in state.__dict__:
        state.is_delayed = True
        drawn = state.apps.get_model(app, name)._meta
        setattr(drawn, option, [*getattr(drawn, option), added])
