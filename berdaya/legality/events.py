"""Facts that this room publishes."""

from collections.abc import Callable

from berdaya.core.events import declare_event
from berdaya.core.scope import Actor

PERMITS_CHANGED = declare_event("legality.permits_changed")
RULES_CHANGED = declare_event("legality.rules_changed")

_followers: list[Callable[[Actor, list[int]], int]] = []


def follow_judgements(follower: Callable[[Actor, list[int]], int]) -> None:
    """Let a room above write, in the same transaction, what follows from judgements of places.

    follower(by, facility_ids) returns how many of its rows are another than before.
    """
    _followers.append(follower)


def judged(by: Actor, facility_ids: list[int]) -> int:
    """Tell every follower; how many rows changed."""
    return sum(follower(by, facility_ids) for follower in _followers)
