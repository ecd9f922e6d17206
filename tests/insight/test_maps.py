"""Outlines: every region is there, small ones too, and the tool that makes them."""

import csv
import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from berdaya.insight.maps import DATA, drawn_codes, has_map, map_of, short_name
from berdaya.look.charts import NARROW, places

ROOT = Path(__file__).resolve().parents[2]
REGIONS = ROOT / "berdaya/institutions/data/regions.csv"
SVG = "{http://www.w3.org/2000/svg}"


def tool() -> object:
    spec = importlib.util.spec_from_file_location("shapes", ROOT / "tools/shapes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def published() -> list[str]:
    with REGIONS.open(encoding="utf-8") as file:
        return [row[0] for row in csv.reader(file)]


def test_every_province_and_every_regency_of_ntt_is_drawn() -> None:
    codes = published()

    assert drawn_codes("") == sorted(code for code in codes if re.fullmatch(r"\d\d", code))
    assert drawn_codes("53") == sorted(code for code in codes if re.fullmatch(r"53\.\d\d", code))
    assert not has_map("53.04")
    assert not has_map("35")
    assert DATA.stat().st_size < 30_000


@pytest.mark.parametrize("code", ["", "53"])
def test_every_outline_lies_on_its_map_and_can_be_touched_on_a_phone(code: str) -> None:
    names = {one: f"Kabupaten {one}" for one in drawn_codes(code)}
    chart = map_of(
        code, "p", "Peta", names, dict.fromkeys(names, 1), links=dict.fromkeys(names, "?")
    )
    wide, tall = chart.size
    root = ElementTree.fromstring(places(chart, NARROW))

    for one in chart.shapes:
        assert re.fullmatch(r"(M\d+ \d+l[-\d. ]+z)+", one.path), one.code
        assert 0 <= one.at[0] <= wide
        assert 0 <= one.at[1] <= tall
    for shape, link in zip(chart.shapes, root.iter(f"{SVG}a"), strict=True):
        is_small = max(shape.extent) * NARROW / wide < 9
        assert len(list(link.iter(f"{SVG}path"))) == 1 + is_small, shape.code


def test_a_province_without_a_map_has_none() -> None:
    with pytest.raises(KeyError):
        map_of("35", "p", "Peta", {}, {})


def test_names_lose_only_what_every_name_begins_with() -> None:
    assert short_name("Kabupaten Kupang") == "Kupang"
    assert short_name("Kota Kupang") == "Kota Kupang"


def test_the_tool_simplifies_but_keeps_the_last_piece() -> None:
    shapes = tool()
    line = [(0.0, 0.0), (5.0, 0.4), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    large = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)]
    islet = [(x / 1e4 + 10, y / 1e4) for x, y in large]

    assert (5.0, 0.4) not in shapes.simplified(line)  # type: ignore[attr-defined]
    assert shapes.area(large[:-1]) == 81  # type: ignore[attr-defined]
    told = shapes.map_of([  # type: ignore[attr-defined]
        {"properties": {"code": code, "lat": 1, "lon": 1},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in (("1", large), ("2", islet))
    ])  # fmt: skip
    assert told["size"][0] == 1440
    assert set(told["regions"]) == {"1", "2"}
    assert told["regions"]["2"]["path"].startswith("M")
