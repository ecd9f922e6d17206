"""Hold part of a level for a promise, and let it go; nobody reads and then writes."""

from decimal import Decimal

from django.db.models import F

from berdaya.core import scope
from berdaya.core.scope import Actor
from berdaya.stock.models import StockLevel


def reserve_level(*, by: Actor, level: StockLevel, qty: Decimal) -> bool:
    """Hold `qty` of what is free; False where somebody was faster. One conditional UPDATE."""
    scope.required()
    fits = StockLevel.objects.filter(pk=level.pk, on_hand__gte=F("reserved") + qty)
    return bool(qty > 0 and fits.update(reserved=F("reserved") + qty))


def free_level(*, by: Actor, lot_id: int, place_id: int, qty: Decimal) -> None:
    """Give back what was held. ValueError where less is held: a caller freed it twice."""
    scope.required()
    held = StockLevel.objects.filter(lot=lot_id, place=place_id, reserved__gte=qty)
    if qty <= 0 or not held.update(reserved=F("reserved") - qty):
        raise ValueError("more freed than held")
