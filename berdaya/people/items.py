"""What somebody may consent to be mentioned on: a room above knows what is offered."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """Something offered: its public address, which a consent keeps, and how people call it."""

    slug: str
    label: str


Find = Callable[[int], list[Item]]
_find: list[Find] = []


def declare_items(find: Find) -> None:
    """Register, in AppConfig.ready, what a facility (by id) offers; the last one counts."""
    _find[:] = [find]


def items_of(facility_id: int) -> list[Item]:
    """What this facility offers, by name; nothing where no room answers."""
    return _find[0](facility_id) if _find else []
