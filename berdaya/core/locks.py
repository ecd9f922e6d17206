"""The one lock recipe: one global order, late, before the check, re-read after locking."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Model

from berdaya.core.scope import Scope, required

Row = TypeVar("Row", bound=Model)
LOCK_NOT_AVAILABLE = "55P03"
TIMEOUT = "5s"
# The scope whose locks we know, and how far up the order it has come.
_taken: ContextVar[tuple[Scope, int] | None] = ContextVar("taken", default=None)
_any_order: ContextVar[bool] = ContextVar("any_order", default=False)


class LockOrder(RuntimeError):
    """Tables were locked against settings.LOCK_ORDER: two such transactions could deadlock."""


class Busy(Exception):
    """Somebody else holds the row for longer than TIMEOUT; nothing was changed."""


def lock_rows(model: type[Row], pks: Iterable[Any]) -> list[Row]:
    """Lock rows of one table, sorted by key, and return them fresh. Missing keys are left out.

    Raises LockOrder for a table that stands before one already locked in this scope, and Busy
    after TIMEOUT.
    """
    scope = required()
    place = _place(model)
    taken = _taken.get()
    if taken is not None and taken[0] is scope and taken[1] > place and not _any_order.get():
        raise LockOrder(f"{model._meta.label} comes before {settings.LOCK_ORDER[taken[1]]}")
    _taken.set((scope, place))
    return _lock(model, sorted(set(pks)))


@contextmanager
def in_any_order() -> Iterator[None]:
    """For one long transaction of many actions that takes up the order again with each of them.

    It may meet a deadlock, which the database ends by refusing one of the two: whoever opens this
    must be ready to run the whole transaction again.
    """
    token = _any_order.set(True)
    try:
        yield
    finally:
        _any_order.reset(token)


def lock_row(row: Row) -> Row:
    """Lock one row and return it fresh."""
    return lock_rows(type(row), [row.pk])[0]


def _place(model: type[Model]) -> int:
    try:
        return settings.LOCK_ORDER.index(model._meta.label)
    except ValueError:
        raise LockOrder(f"{model._meta.label} is not in settings.LOCK_ORDER") from None


def _lock(model: type[Row], pks: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{TIMEOUT}'")
    # FOR UPDATE OF takes no name with a schema in it; such a table is locked alone.
    of = () if '"."' in model._meta.db_table else ("self",)
    rows = model._default_manager.select_for_update(of=of).filter(pk__in=pks)
    try:
        return list(rows.order_by("pk"))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise Busy(model._meta.label) from error
        raise
