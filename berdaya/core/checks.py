"""Checks over the models that fail the build: a wall for every table, keys that point down."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import Error
from django.db.models import ForeignKey, Model

from berdaya.core import limits
from berdaya.core.reach import unwalled
from berdaya.core.walls import every_wall


def every_table_has_a_wall(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each managed table has exactly one line in a room's walls.py."""
    lines = [line.table for line in every_wall()]
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    problems = [
        Error(f"{table} has no line in walls.py", hint="Say who may do what.", id="core.E001")
        for table in sorted(tables - set(lines))
    ]
    problems += [
        Error(f"{table} stands twice in walls.py", id="core.E002")
        for table in sorted({name for name in lines if lines.count(name) > 1})
    ]
    return problems


def foreign_keys_point_down(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A room's tables may point only to rooms below it (design: the import order)."""
    height = {room: index for index, room in enumerate(reversed(settings.ROOMS))}
    return [
        Error(f"{field} points up to {field.related_model._meta.label}", id="core.E003")
        for model, field in _keys(height)
        if height[field.related_model._meta.app_label] > height[model._meta.app_label]
    ]


def persons_stand_behind_walls(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each table from which a person can be reached has a facility's wall, closed to the public."""
    hint = "Give it a facility column and a wall, or say in walls.py why it is spared."
    return [Error(f"{table} {fault}", hint=hint, id="core.E004") for table, fault in unwalled()]


def limits_are_said(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each walled table says its day, and a caseload has a rule wherever a person is reached."""
    hint = "Give its line in walls.py a day, or say why it is timeless: core/limits.py."
    return [
        Error(f"{line.table} {fault}", hint=hint, id="core.E005")
        for line in every_wall()
        for fault in limits.faults(line)
    ]


def _keys(rooms: dict[str, int]) -> Iterator[tuple[type[Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if (
                isinstance(field, ForeignKey)
                and model._meta.app_label in rooms
                and field.related_model._meta.app_label in rooms
            ):
                yield model, field
