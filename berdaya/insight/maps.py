"""Outlines of regions: the provinces of the country, and the regencies of provinces we have."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from berdaya.look.charts import Number, Places, Shape
from berdaya.look.charts.parts import Text

DATA = Path(__file__).parent / "data" / "shapes.json"
# Words that every name begins with take room on a map and tell nothing there.
KINDS = ("Kabupaten ", "Provinsi ")


@lru_cache(maxsize=1)
def _maps() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return told


def has_map(code: str) -> bool:
    """Whether there is a map of a province (or, for "", of the country)."""
    return code in _maps()


def mapped_provinces() -> list[str]:
    """Provinces whose regencies are drawn."""
    return [code for code in _maps() if code]


def drawn_codes(code: str) -> list[str]:
    """The regions on a map."""
    return list(_maps()[code]["regions"])


def map_of(
    code: str, key: str, title: Text, names: Mapping[str, str], values: Mapping[str, Number],
    **more: Any,
) -> Places:  # fmt: skip
    """A map of numbers by region; `names` are the regions' by code."""
    told = _maps()[code]
    shapes = [
        Shape(
            region, names.get(region, region), one["path"], tuple(one["at"]),
            tuple(one["extent"]), short_name(names.get(region, "")),
        )
        for region, one in told["regions"].items()
    ]  # fmt: skip
    known = {region: values[region] for region in told["regions"] if region in values}
    return Places(key, title, shapes, known, tuple(told["size"]), **more)


def short_name(name: str) -> str:
    """Without the word for its kind; cities keep theirs, for regencies share their names."""
    for kind in KINDS:
        name = name.removeprefix(kind)
    return name
