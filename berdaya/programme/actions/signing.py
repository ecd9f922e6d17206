"""Who signs: the side and office of an actor in an agreement, or a refusal."""

from collections.abc import Callable
from typing import Any

from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.programme.models import Agreement, Side
from berdaya.programme.rules.changes import side_missing
from berdaya.programme.seats import Seat, seat_of


def require_seat(by: Actor, agreement: Agreement, rule: Callable[..., Verdict], *more: Any) -> Seat:
    """The actor's seat, once the rule (asked with actor, side and `more`) lets it through."""
    required()
    seat = seat_of(by, agreement)
    side: Side | None = seat.side if seat else None
    require(rule(by, side, *more))
    if seat is None:
        raise Refused(side_missing())
    return seat
