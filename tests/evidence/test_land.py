"""Areas against known ones, lines that cross, and every reason why something is no plot."""

import json
import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berdaya.core.verdicts import Refused
from berdaya.evidence import calc, outlines
from berdaya.evidence.geojson import Shape, collection, read_file, read_pasted, shape_of
from berdaya.evidence.rules import OriginFact, PlotFacts, is_plot, is_since_likely, may_go_to_eu
from tests.evidence.scene import POINT, SQUARE, SQUARE_HA

# Square metres by GeographicLib (pyproj 3.7, Geod("WGS84").polygon_area_perimeter), geodesic edges.
KNOWN = [
    ([(120.98, -8.79), (120.983, -8.79), (120.9835, -8.793), (120.9802, -8.7935)], 125_637.23942),
    ([(124.89, -9.11), (124.891, -9.11), (124.891, -9.111), (124.89, -9.111)], 12_157.87147),
    ([(95.3, 5.5), (95.31, 5.5), (95.31, 5.51), (95.3, 5.51)], 1_225_381.04065),
]


@pytest.mark.parametrize(("corners", "square_metres"), KNOWN)
def test_area_is_the_geodesic_one(corners: list[tuple[float, float]], square_metres: float) -> None:
    ring = [*corners, corners[0]]

    found = calc.area_m2(ring), calc.area_m2(ring[::-1])

    assert found == (pytest.approx(square_metres, rel=1e-6),) * 2


def test_an_eighth_of_the_earth_is_an_eighth_of_its_surface() -> None:
    octant = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0), (0.0, 0.0)]

    found = calc.area_m2(octant)

    assert found == pytest.approx(510_065_621_724_088.44 / 8, rel=1e-12)


@given(st.integers(3, 40), st.floats(1e-4, 1e-2), st.floats(-10, 5), st.floats(95, 140))
def test_a_round_plot_crosses_nothing_and_two_corners_exchanged_cross(
    corners: int, size: float, lat: float, lon: float
) -> None:
    turns = [2 * math.pi * n / corners for n in range(corners)]
    ring = [(lon + size * math.cos(one), lat + size * math.sin(one)) for one in turns]

    assert not calc.crosses_itself([*ring, ring[0]])
    if corners > 3:
        ring[1], ring[2] = ring[2], ring[1]
        assert calc.crosses_itself([*ring, ring[0]])


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        ([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], False),
        ([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)], True),
        ([(0, 0), (2, 0), (2, 2), (1, 0), (0, 2), (0, 0)], True),  # touches its own edge
        ([(0, 0), (2, 0), (1, 0), (1, 1), (0, 0)], True),  # runs back along itself
        ([(0, 0), (2, 0), (2, 2), (0, 2), (0, 1), (1, 1), (0, 1), (0, 0)], True),
        ([(0, 0), (1, 0), (1, 0), (1, 1), (0, 0)], False),  # a corner told twice
    ],
)
def test_lines_that_meet_where_they_should_not(ring: list, crosses: bool) -> None:
    assert calc.crosses_itself(ring) is crosses


def facts(text: str = POINT, hectares: str | None = "1.5", **more: object) -> PlotFacts:
    shape = read_pasted(text)
    stated = None if hectares is None else Decimal(hectares)
    return PlotFacts(shape.kind, shape.positions, stated, "Kabupaten Belu", **more)


def ring(*lines: str) -> str:
    return "\n".join(lines)


SWAPPED = "124.890000, -9.110000"
CROSSED = ring(
    "-9.110000, 124.890000", "-9.112500, 124.892500", "-9.110000, 124.892500",
    "-9.112500, 124.890000", "-9.110000, 124.890000",
)  # fmt: skip
OPEN = SQUARE.rsplit("\n", 1)[0]
FLAT = ring("-9.110000, 124.890000", "-9.112500, 124.892500", "-9.110000, 124.890000")


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (facts(), ()),
        (facts(hectares="4"), ()),
        (facts(SQUARE, str(SQUARE_HA)), ()),
        (facts(SQUARE, "8.3"), ()),  # within a tenth
        (facts(hectares="4.001"), ("plot_too_large_for_point",)),
        (facts(hectares=None), ("plot_without_area",)),
        (facts(hectares="0"), ("plot_without_area",)),
        (facts(SWAPPED), ("plot_swapped",)),
        (facts("52.370000, 4.890000"), ("plot_outside_country",)),
        (facts("9.110000, 124.890000"), ("plot_outside_country",)),  # the minus is lost
        (facts("-9.11, 124.890000"), ("plot_too_coarse",)),
        (facts("-9.110000, 124.89000"), ("plot_too_coarse",)),
        (facts("124.89, -9.11"), ("plot_swapped", "plot_too_coarse")),
        (facts(OPEN, str(SQUARE_HA)), ("plot_not_closed",)),
        (facts(FLAT), ("plot_few_corners",)),
        (facts(CROSSED, "7"), ("plot_crosses_itself",)),
        (facts(SQUARE, "9"), ("plot_area_differs",)),
        (facts(SQUARE, "3"), ("plot_area_differs",)),
        (PlotFacts("polygon", (), Decimal(1)), ("plot_empty",)),
        (facts(outline=outlines.outline_of("53.09")), ("plot_outside_region",)),
        (facts(outline=outlines.outline_of("53.04")), ()),
        (facts(outline=outlines.outline_of("53.04.01")), ()),
        (facts(outline=outlines.outline_of("71.01")), ()),  # no outline at hand
    ],
)
def test_every_reason_why_it_is_no_plot(told: PlotFacts, codes: tuple[str, ...]) -> None:
    verdict = is_plot(told)

    assert verdict.codes == codes
    assert all(reason.text and reason.next_text for reason in verdict.reasons)


def test_the_swapped_reason_says_what_to_write() -> None:
    (reason,) = is_plot(facts(SWAPPED)).reasons

    assert "-9.110000, 124.890000" in reason.next_text


def test_too_many_corners_are_told_before_anything_is_reckoned() -> None:
    shape = read_pasted(SQUARE)
    many = replace(
        facts(SQUARE, "7.6"), positions=(*shape.positions[:-1], *shape.positions[:-1] * 500)
    )

    assert is_plot(many).codes == ("plot_many_corners",)


@pytest.mark.parametrize(("year", "ok"), [(1998, True), (2026, True), (2027, False), (98, False)])
def test_a_year_since_which_it_bears(year: int, ok: bool) -> None:
    assert is_since_likely(year, 2026).ok is ok


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "plot_empty"),
        ("\n \n", "plot_empty"),
        ("-9.110000 124.890000\ndi belakang gereja", "plot_unreadable"),
        ("-9,110000 124,890000", "plot_unreadable"),
        ('{"type": "Point"', "geojson_unreadable"),
        ('{"type": "LineString", "coordinates": [[1.0, 2.0]]}', "plot_of_other_kind"),
        ('{"type": "Point", "coordinates": ["124.890000", "-9.110000"]}', "geojson_unreadable"),
        ('{"type": "Point", "coordinates": [1e2, 2.0]}', "geojson_unreadable"),
        ('{"type": "Polygon", "coordinates": [[[1.0, 2.0]], [[1.0, 2.0]]]}', "plot_with_hole"),
        ('{"type": "FeatureCollection", "features": []}', "plot_empty"),
        ('{"type": "Feature", "geometry": null}', "plot_of_other_kind"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_pasted(text)


def test_digits_stay_as_they_were_written_on_the_way_in_and_out() -> None:
    text = (
        '{"type":"Feature","properties":{},"geometry":{"type":"Point",'
        '"coordinates":[124.890000,-9.1100000]}}'
    )

    (feature,) = read_file(text)
    assert feature.shape == Shape("point", (("124.890000", "-9.1100000"),))
    plot = {
        "code": "LP-ATB-26-KB0001", "group": "Kelompok \"Contoh\"", "shape": "point",
        "positions": feature.shape.text, "hectares": "1.500",
    }  # fmt: skip
    written = collection([plot])

    assert '"coordinates":[124.890000,-9.1100000]' in written
    assert '"Area":1.500' in written
    assert json.loads(written)["features"][0]["properties"]["ProducerName"] == 'Kelompok "Contoh"'
    assert [one.shape for one in read_file(written)] == [feature.shape]


def test_a_polygon_survives_the_table_and_the_file() -> None:
    shape = read_pasted(SQUARE)
    plot = {
        "code": "K",
        "group": "G",
        "shape": shape.kind,
        "positions": shape.text,
        "hectares": "7.600",
    }

    assert shape_of(shape.kind, shape.text) == shape
    assert read_file(collection([plot]))[0].shape == shape
    assert json.loads(collection([])) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize(
    ("materials", "codes"),
    [
        ([], ("eudr_no_material",)),
        ([OriginFact("M1", (("K1", True),))], ()),
        ([OriginFact("M1", (("K1", True),)), OriginFact("M2", ())], ("eudr_origin_unknown",)),
        ([OriginFact("M1", (("K1", False), ("K2", True)))], ("eudr_statement_missing",)),
    ],
)
def test_one_material_of_unknown_origin_bars_the_whole_lot(
    materials: list[OriginFact], codes: tuple[str, ...]
) -> None:
    assert may_go_to_eu(materials).codes == codes
