"""Published facts: a lower room says what happened, higher rooms subscribe at start.

Each subscriber gets one job, queued in the publisher's transaction: a fact that rolls back leaves
no job, and a job that fails is retried and seen without undoing the fact.
"""

from collections.abc import Callable

from berdaya.core.tasks import ScopedTask, task

Handler = Callable[[int, int | str], object]
_subscribers: dict[str, list[ScopedTask]] = {}


class UnknownEvent(LookupError):
    """A name that no room declared: a typing mistake, or a subscriber to a fact that is gone."""


def declare_event(name: str) -> str:
    """Announce a fact by its name `room.noun_happened`; raises ValueError if declared twice."""
    if name in _subscribers:
        raise ValueError(f"{name} is declared twice")
    _subscribers[name] = []
    return name


def subscribe(name: str, *, purpose: str = "task") -> Callable[[Handler], Handler]:
    """Run the handler(facility_id, subject_id) as a job whenever `name` is published."""

    def register(handler: Handler) -> Handler:
        _subscribers_of(name).append(_as_task(handler, name, purpose))
        return handler

    return register


def publish(name: str, *, facility_id: int, subject_id: int | str) -> None:
    """Queue one job per subscriber in the open transaction. Raises UnknownEvent."""
    for subscriber in _subscribers_of(name):
        subscriber.queue(facility_id=facility_id, subject_id=subject_id)


def _subscribers_of(name: str) -> list[ScopedTask]:
    try:
        return _subscribers[name]
    except KeyError:
        raise UnknownEvent(name) from None


def _as_task(handler: Handler, event: str, purpose: str) -> ScopedTask:
    def run(facility_id: int, subject_id: int | str) -> None:
        handler(facility_id, subject_id)

    run.__module__, run.__name__ = handler.__module__, f"{handler.__name__}__on_{event}"
    return task(purpose=purpose)(run)
