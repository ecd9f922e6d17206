"""What a count that is short holds up: rooms above name it, security sees why it matters."""

from collections.abc import Callable

from berdaya.equipment.models import ToolCount

# Names what the count of a day holds, without a person; asked for one count only.
Holding = Callable[[ToolCount], list[str]]
_holdings: list[Holding] = []


def holds(find: Holding) -> None:
    """Register what a count may hold up, in AppConfig.ready."""
    _holdings.append(find)


def held_by(count: ToolCount) -> list[str]:
    """Everything that waits for this count to be complete or its search to be confirmed."""
    return [name for find in _holdings for name in find(count)]
