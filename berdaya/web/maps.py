"""The small map of Nusa Tenggara Timur: its islands, one regency coloured, one town marked."""

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "ntt-map.json"
SEA, LAND, EDGE, HERE, DOT, RING = "#E8EDF1", "#D8C8A4", "#FFFDF8", "#9E3328", "#D9982B", "#141B36"
ISLANDS = {
    "Timor": ("53.01", "53.02", "53.03", "53.04", "53.21", "53.71"),
    "Alor": ("53.05",),
    "Flores": ("53.06", "53.07", "53.08", "53.09", "53.10", "53.15", "53.16", "53.19"),
    "Lembata": ("53.13",),
    "Rote": ("53.14",),
    "Sabu": ("53.20",),
    "Sumba": ("53.11", "53.12", "53.17", "53.18"),
}


def island_of(region_code: str) -> str:
    """The island a regency of the province lies on (mostly); empty for any other region."""
    return next((name for name, codes in ISLANDS.items() if region_code in codes), "")


def neighbours(region_code: str) -> tuple[str, ...]:
    """The regencies of the same island, itself included; only itself where none is known."""
    return ISLANDS.get(island_of(region_code), (region_code,))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return told


def is_drawn(region_code: str) -> bool:
    """Whether the map holds this regency."""
    return region_code in _data()["regencies"]


@lru_cache(maxsize=128)
def map_svg(region_code: str, lat: Decimal, lon: Decimal) -> str:
    """The map as SVG, about 7 kB: a regency in madder, a town in turmeric."""
    data = _data()
    here = data["regencies"].get(region_code, "")
    others = "".join(path for code, path in data["regencies"].items() if code != region_code)
    x = round((float(lon) - data["lon"]) * data["per_lon"], 1)
    y = round((data["lat"] - float(lat)) * data["per_lat"], 1)
    width, height = data["width"], data["height"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" rx="14" fill="{SEA}"/>'
        f'<g stroke="{EDGE}" stroke-linejoin="round"><path fill="{LAND}" d="{others}"/>'
        f'<path fill="{HERE}" d="{here}"/></g>'
        f'<circle cx="{x}" cy="{y}" r="8" fill="{DOT}" stroke="{RING}" stroke-width="2.5"/></svg>'
    )
