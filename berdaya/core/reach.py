"""From which tables a person can be reached: found from the models, not kept by hand.

A foreign key to `settings.PERSON_MODEL`, directly or over other tables, or a line in walls.py that
says how else (`people=`). Each such table must stand behind a facility's wall that no public page
and no buyer can pass, or its line says why not (`spared=`). docs/row-security.md is the list.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model

from berdaya.core.walls import Wall, every_wall

ModelClass = type[Model]


def kept_models() -> list[ModelClass]:
    """Every model that keeps a table of its own."""
    models = apps.get_models(include_auto_created=True)
    return [one for one in models if one._meta.managed and not one._meta.proxy]


def by_table() -> dict[str, ModelClass]:
    return {_table(one): one for one in kept_models()}


def reaching(models: Iterable[ModelClass], person: ModelClass) -> dict[str, str]:
    """Table -> the way from it to a person: `slip → people_participant`, in order of table."""
    ways: dict[ModelClass, str] = {person: "the person"}
    left = [one for one in models if one is not person]
    while found := {one: way for one in left if (way := _next_step(one, ways))}:
        ways |= found
        left = [one for one in left if one not in found]
    return {one._meta.db_table: ways[one] for one in sorted(ways, key=_table)}


def _table(model: ModelClass) -> str:
    return model._meta.db_table


def _next_step(model: ModelClass, ways: dict[ModelClass, str]) -> str:
    """The first foreign key of a model that leads to one which reaches a person, or nothing."""
    for field in _keys(model):
        if field.related_model in ways:
            return f"`{field.column}` → `{field.related_model._meta.db_table}`"
    return ""


def _keys(model: ModelClass) -> Iterator[Any]:
    return (one for one in model._meta.get_fields() if isinstance(one, ForeignKey))


def person_model() -> ModelClass:
    return apps.get_model(settings.PERSON_MODEL)


def protected() -> dict[str, str]:
    """Every table from which a person can be reached, with the way."""
    told = {line.table: line.people for line in every_wall() if line.people}
    ways = reaching(kept_models(), person_model())
    return dict(sorted((told | ways).items()))


def faults(line: Wall, model: ModelClass | None) -> Iterator[str]:
    """What is missing of a protected table's wall, unless its line says why it is spared."""
    if line.spared:
        return
    if line.facility is None:
        yield "has no facility policy"
        return
    if line.readers or line.writers:
        yield "is open to public pages or buyers"
    if "true" in line.visible_sql.lower().split():
        yield "shows its rows to every scope"
    column = _column(model, line.facility)
    if column is not None and column.null:
        yield f"{line.facility} may be empty"
    if column is not None and model is not None and not _is_indexed(model, column):
        yield f"{line.facility} has no index"


def _column(model: ModelClass | None, name: str) -> Any:
    fields = model._meta.concrete_fields if model else ()
    return next((one for one in fields if one.column == name), None)


def _is_indexed(model: ModelClass, field: Any) -> bool:
    firsts = {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    return bool(field.db_index) or field.unique or field.name in firsts


def unwalled() -> Iterator[tuple[str, str]]:
    """(table, what is wrong) of each protected table that stands otherwise than it must."""
    lines = {line.table: line for line in every_wall()}
    models = by_table()
    for table in protected():
        if table in lines:
            for fault in faults(lines[table], models.get(table)):
                yield table, fault
