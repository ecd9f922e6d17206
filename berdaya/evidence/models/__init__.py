"""Plots and what came from them, packs of evidence, export declarations."""

from berdaya.evidence.models.declarations import Declaration, Outcome
from berdaya.evidence.models.packs import Pack
from berdaya.evidence.models.plots import MaterialPlot, Plot, PlotKind, PlotShape

__all__ = [
    "Declaration",
    "MaterialPlot",
    "Outcome",
    "Pack",
    "Plot",
    "PlotKind",
    "PlotShape",
]
