"""Whose goods a stall's people may sell: owners who accepted the agreement there."""

from dataclasses import replace

from berdaya.core.scope import Actor
from berdaya.till.models import HandOut, Stall

# What an owner lets the stall do with its goods: record a sale, nothing else.
GRANTED = frozenset({"seller"})


def at_stall(actor: Actor, stall: Stall) -> Actor:
    """The same person, reaching also the owners who accepted *titip jual* at this stall.

    Each accepted hand-out is a mandate to the host to sell, count and settle for its owner. The
    caller asks for the ability at the host first, then opens its scope with this actor (decision
    0027). A program's own actor reaches everything already. Reads in an open scope.
    """
    if actor.user_id is None or stall.facility_id not in actor.facility_ids:
        return actor
    owners = set(HandOut.objects.filter(stall=stall).values_list("facility_id", flat=True))
    more = owners - actor.facility_ids
    return replace(
        actor,
        facility_ids=actor.facility_ids | more,
        roles={**actor.roles, **dict.fromkeys(more, GRANTED)},
    )
