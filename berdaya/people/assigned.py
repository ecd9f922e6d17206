"""Whom a purpose may open: the room that knows the list says so, as Hari Ini's providers do.

Rolls, payouts, slips and samples live above this room, so they register here and are asked.
"""

from collections.abc import Callable
from dataclasses import dataclass

from berdaya.core.scope import Actor
from berdaya.institutions.models import Facility


@dataclass(frozen=True)
class Assigned:
    """The people of a list, and what the list is called; the label is stored and names nobody."""

    people: frozenset[int]
    label: str


# Given who asks, where, and the subject; reads in the open scope. Raises Refused where the list is
# not to be opened (yet), for instance an unapproved payout or an unknown one.
Provider = Callable[[Actor, Facility, str], Assigned]
_providers: dict[str, Provider] = {}


def assigns(purpose: str, provider: Provider) -> None:
    """Register the one provider of a purpose, in AppConfig.ready; a second one replaces it."""
    _providers[purpose] = provider


def assigned_to(by: Actor, facility: Facility, purpose: str, subject: str) -> Assigned:
    """Whom this actor may open for that; KeyError for a purpose without a provider."""
    return _providers[purpose](by, facility, subject)
