"""Places, lots, movements, levels, counts and gate passes."""

from berdaya.stock.models.counts import StockCount, StockCountLine
from berdaya.stock.models.gates import GatePass, GatePassLine
from berdaya.stock.models.lots import Lot, MovementKind, StockLevel, StockMovement
from berdaya.stock.models.places import Place, PlaceKind

__all__ = [
    "GatePass",
    "GatePassLine",
    "Lot",
    "MovementKind",
    "Place",
    "PlaceKind",
    "StockCount",
    "StockCountLine",
    "StockLevel",
    "StockMovement",
]
