"""Facts that this room publishes."""

from collections.abc import Callable
from dataclasses import dataclass

from berdaya.core.events import declare_event
from berdaya.core.scope import Actor

PERMITS_CHANGED = declare_event("legality.permits_changed")

_followers: list[Callable[[Actor, list[int]], int]] = []


def follow_judgements(follower: Callable[[Actor, list[int]], int]) -> None:
    """Let a room above write, in the same transaction, what follows from judgements of places.

    follower(by, facility_ids) returns how many of its rows are another than before.
    """
    _followers.append(follower)


def judged(by: Actor, facility_ids: list[int]) -> int:
    """Tell every follower; how many rows changed."""
    return sum(follower(by, facility_ids) for follower in _followers)


@dataclass(frozen=True)
class Offers:
    """What is offered to the public of some goods: how many, and the first of them with a link."""

    count: int = 0
    first: tuple[tuple[str, str], ...] = ()


_tellers: list[Callable[[list[int], bool], Offers]] = []


def tell_offers(teller: Callable[[list[int], bool], Offers]) -> None:
    """Let a room above say what it offers of groups of equal facts; the second argument asks for
    what is shown now, or else for what is approved and not shown."""
    _tellers.append(teller)


def offers_of(group_ids: list[int], is_shown: bool = True) -> Offers:
    """What all tellers offer of these groups."""
    told = [teller(group_ids, is_shown) for teller in _tellers if group_ids]
    first = tuple(row for one in told for row in one.first)
    return Offers(sum(one.count for one in told), first)
