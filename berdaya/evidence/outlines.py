"""Outlines of regencies that are at hand, about a kilometre exact (data/ATTRIBUTION.md)."""

import json
from functools import lru_cache
from pathlib import Path

from berdaya.evidence.calc import Position

DATA = Path(__file__).parent / "data" / "outlines.json"


@lru_cache(maxsize=1)
def _outlines() -> dict[str, list[list[Position]]]:
    told = json.loads(DATA.read_text("utf-8"))
    return {
        code: [[(lon, lat) for lon, lat in ring] for ring in rings] for code, rings in told.items()
    }


def outline_of(region_code: str) -> list[list[Position]]:
    """The rings of a regency, also for a district of it; empty where none are at hand."""
    return _outlines().get(region_code[:5], [])
