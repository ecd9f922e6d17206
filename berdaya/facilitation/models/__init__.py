"""Ways to a permit, and the cases in which a unit is helped along one."""

from berdaya.facilitation.models.cases import Case, CaseProduct, CaseState, Side
from berdaya.facilitation.models.routes import Acting, Kind, Route, RouteStep
from berdaya.facilitation.models.steps import CaseMessage, CaseStep

__all__ = [
    "Acting",
    "Case",
    "CaseMessage",
    "CaseProduct",
    "CaseState",
    "CaseStep",
    "Kind",
    "Route",
    "RouteStep",
    "Side",
]
