"""What of sales and money waits on Hari Ini."""

from collections.abc import Iterable

from berdaya.core.scope import Actor
from berdaya.institutions.today import Item


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterable[Item]:
    """Nothing yet."""
    return ()
