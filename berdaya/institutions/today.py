"""What waits on Hari Ini: every room registers who finds its waiting things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from berdaya.core.scope import Actor


@dataclass(frozen=True)
class Item:
    """One thing that waits: what it is, since when, and where it is done.

    `state` is a tone of the look ("", done, warn, bad, off), `state_text` its word.
    """

    text: str | Promise
    url: str
    age_on: date
    detail: str | Promise = ""
    state: str = ""
    state_text: str | Promise = ""


# Given the actor and the facilities on view; one query each, or the page outgrows its budget.
Provider = Callable[[Actor, frozenset[int]], Iterable[Item]]
_providers: dict[str, Provider] = {}


def waits(name: str, provider: Provider) -> None:
    """Register a room's provider, in AppConfig.ready; a second one of that name replaces it."""
    _providers[name] = provider


def waiting(actor: Actor, facility_ids: frozenset[int]) -> list[Item]:
    """Everything that waits for this actor at these facilities, oldest first."""
    found = (provider(actor, facility_ids) for provider in _providers.values())
    return sorted((item for items in found for item in items), key=lambda item: item.age_on)
