"""A GeoJSON file read as plots, row by row, before anything is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from berdaya.core.verdicts import Reason
from berdaya.evidence.actions.plots import PlotInput, judge_plot
from berdaya.evidence.geojson import Feature, Shape

# What files call it, the EU's own names first.
GROUP = ("ProducerName", "kelompok", "group", "group_name")
AREA = ("Area", "luas_ha", "hectares", "luas")


@dataclass(frozen=True)
class Row:
    """One feature of a file: what would be kept, and every reason why not."""

    number: int
    told: PlotInput
    reasons: tuple[Reason, ...]

    @property
    def is_good(self) -> bool:
        """Whether it can be kept."""
        return not self.reasons


def rows_of(features: Sequence[Feature], usual: Mapping[str, Any], today: date) -> list[Row]:
    """All features with what the form says of all of them; a feature's own words go first."""
    return [_row(number, one, usual, today) for number, one in enumerate(features, start=1)]


def _row(number: int, feature: Feature, usual: Mapping[str, Any], today: date) -> Row:
    facts = dict(usual)
    facts["group_name"] = _said(feature.properties, GROUP)[:80] or usual["group_name"]
    facts["hectares"] = _number(_said(feature.properties, AREA)) or usual["hectares"]
    told = PlotInput(shape=feature.shape or Shape("point", ()), **facts)
    if feature.fault is not None:
        return Row(number, told, feature.fault.verdict.reasons)
    return Row(number, told, judge_plot(told, today).reasons)


def _said(properties: Mapping[str, Any], names: Sequence[str]) -> str:
    found = next((properties[name] for name in names if properties.get(name)), "")
    return str(found).strip()


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return round(number, 3) if number.is_finite() and 0 < number < 1_000_000 else None


def good_inputs(rows: Sequence[Row]) -> list[PlotInput]:
    """What would be kept."""
    return [row.told for row in rows if row.is_good]
