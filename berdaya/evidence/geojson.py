"""Plots as text: pasted coordinates and GeoJSON (RFC 7946) in, GeoJSON out, digit by digit.

Numbers are kept as they were written: six decimals count, and a zero at the end is one of them
(Regulation (EU) 2023/1115, art. 2(28)). Positions are (longitude, latitude) as text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from berdaya.core.verdicts import Refused
from berdaya.evidence import rules

POINT, POLYGON = "point", "polygon"
Written = tuple[str, str]
LONGEST = 400_000
# As people read them off a phone: latitude first, a comma or space between.
_PASTED = re.compile(r"\(?\s*([-−]?\d+(?:\.\d+)?)\s*[,;\s]\s*([-−]?\d+(?:\.\d+)?)\s*\)?")


class _Number(str):
    """A number of a JSON file as its digits stand there; a quoted text is not one."""

    __slots__ = ()


@dataclass(frozen=True)
class Shape:
    """Where a plot lies: one position, or the closed ring of a polygon."""

    kind: str
    positions: tuple[Written, ...]

    @property
    def text(self) -> str:
        """As the table keeps it: `longitude latitude`, a line a position."""
        return "\n".join(" ".join(one) for one in self.positions)

    @property
    def places(self) -> list[tuple[float, float]]:
        """As numbers."""
        return [(float(lon), float(lat)) for lon, lat in self.positions]


@dataclass(frozen=True)
class Feature:
    """One feature of a file: its shape, or why there is none, and what its properties say."""

    shape: Shape | None
    properties: Mapping[str, Any]
    fault: Refused | None = None


def shape_of(kind: str, text: str) -> Shape:
    """A shape back from what `Shape.text` said."""
    pairs = (line.split(" ") for line in text.splitlines())
    return Shape(kind, tuple((lon, lat) for lon, lat in pairs))


def read_pasted(text: str) -> Shape:
    """Pasted GeoJSON, or lines of `latitude, longitude`: one is a point, more are a polygon.

    Refused: plot_unreadable (with the line), plot_empty, and what read_file refuses.
    """
    if text.lstrip().startswith("{"):
        features = read_file(text)
        if len(features) != 1:
            raise Refused(rules.plot_several(count=len(features)))
        if features[0].fault is not None or features[0].shape is None:
            raise features[0].fault or Refused(rules.plot_empty())
        return features[0].shape
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Refused(rules.plot_empty())
    positions = tuple(_pasted(number, line) for number, line in lines)
    return Shape(POINT if len(positions) == 1 else POLYGON, positions)


def _pasted(number: int, line: str) -> Written:
    found = _PASTED.fullmatch(line)
    if found is None:
        raise Refused(rules.plot_unreadable(line=number))
    lat, lon = (part.replace("−", "-") for part in found.groups())
    return lon, lat


def read_file(text: str) -> list[Feature]:
    """The features of a GeoJSON file, a lone geometry as one; each with its own fault.

    Refused: geojson_unreadable, geojson_too_large, plot_empty.
    """
    if len(text) > LONGEST:
        raise Refused(rules.geojson_too_large())
    try:
        told = json.loads(text, parse_float=_Number, parse_int=_Number)
    except (ValueError, RecursionError):
        raise Refused(rules.geojson_unreadable()) from None
    if not isinstance(told, dict):
        raise Refused(rules.geojson_unreadable())
    found = [_feature(one) for one in _features(told)]
    if not found:
        raise Refused(rules.plot_empty())
    return found


def _features(told: dict[str, Any]) -> list[Any]:
    if told.get("type") == "FeatureCollection":
        several = told.get("features")
        return several if isinstance(several, list) else []
    return [told if told.get("type") == "Feature" else {"geometry": told, "properties": {}}]


def _feature(one: Any) -> Feature:
    facts = one if isinstance(one, dict) else {}
    properties = facts.get("properties")
    said = properties if isinstance(properties, dict) else {}
    try:
        return Feature(_shape(facts.get("geometry")), said)
    except Refused as refused:
        return Feature(None, said, refused)


def _shape(geometry: Any) -> Shape:
    facts = geometry if isinstance(geometry, dict) else {}
    kind, coordinates = facts.get("type"), facts.get("coordinates")
    if kind == "Point":
        return Shape(POINT, (_position(coordinates),))
    if kind != "Polygon":
        raise Refused(rules.plot_of_other_kind(kind=str(kind)[:30]))
    if not isinstance(coordinates, list) or not coordinates:
        raise Refused(rules.plot_empty())
    if len(coordinates) > 1:
        raise Refused(rules.plot_with_hole())
    ring = coordinates[0] if isinstance(coordinates[0], list) else []
    return Shape(POLYGON, tuple(_position(one) for one in ring))


def _position(one: Any) -> Written:
    pair = one[:2] if isinstance(one, list) else []
    if len(pair) != 2 or not all(isinstance(part, _Number) for part in pair):
        raise Refused(rules.geojson_unreadable())
    if not all(re.fullmatch(r"-?\d{1,3}(\.\d{1,15})?", part) for part in pair):
        raise Refused(rules.geojson_unreadable())
    return str(pair[0]), str(pair[1])


def collection(plots: Iterable[Mapping[str, str]]) -> str:
    """A FeatureCollection with the digits as recorded, in the order given.

    A plot: code, group, shape, positions (as `Shape.text`), hectares. The names of properties are
    those that the EU's information system reads (ProducerName, ProducerCountry, ProductionPlace,
    Area).
    """
    features = ",\n".join(_written(one) for one in plots)
    body = f"\n{features}\n" if features else ""
    return f'{{"type":"FeatureCollection","features":[{body}]}}\n'


def _written(plot: Mapping[str, str]) -> str:
    shape = shape_of(plot["shape"], plot["positions"])
    pairs = ",".join(f"[{lon},{lat}]" for lon, lat in shape.positions)
    is_point = shape.kind == POINT
    geometry = f'{{"type":"{"Point" if is_point else "Polygon"}","coordinates":'
    geometry += f"{pairs}}}" if is_point else f"[[{pairs}]]}}"
    said = {
        "ProducerName": plot["group"],
        "ProducerCountry": "ID",
        "ProductionPlace": plot["code"],
    }
    properties = json.dumps(said, ensure_ascii=False, separators=(",", ":"))[:-1]
    properties += f',"Area":{plot["hectares"]}}}'
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'
