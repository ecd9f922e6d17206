"""Charts say what their numbers say: read back from the SVG, for numbers of every kind."""

import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.http import Http404
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from berdaya.look.charts import (
    NARROW,
    WIDE,
    Calendar,
    Chart,
    Flow,
    Flows,
    Funnel,
    Places,
    Series,
    Shape,
    Stage,
    area,
    bars,
    calendar,
    funnel,
    line,
    multiples,
    places,
    sankey,
    scale,
)
from berdaya.look.charts.area import stacked
from berdaya.look.charts.drawing import cut, short, told, width_of
from berdaya.look.charts.figures import Figured, download
from berdaya.look.charts.samples import figures
from berdaya.look.charts.sankey import columns_at, room_of

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = st.one_of(st.none(), st.integers(-(10**13), 10**13), st.decimals(-100, 100, places=2))


def charts(numbers: st.SearchStrategy = NUMBER) -> st.SearchStrategy[Chart]:
    def of(size: tuple[int, int]) -> st.SearchStrategy[Chart]:
        long, many = size
        row = st.lists(numbers, min_size=long, max_size=long)
        names = tuple(f"Bulan <{number}> & lama" for number in range(long))
        return st.lists(row, min_size=many, max_size=many).map(
            lambda rows: Chart(
                "c",
                "Judul <b>",
                names,
                tuple(Series(f"Deret {n}", tuple(one)) for n, one in enumerate(rows)),
                "Rp",
            )
        )

    return st.tuples(st.integers(0, 14), st.integers(0, 8)).flatmap(of)


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(svg: str) -> list[tuple[str, float, float]]:
    """(what it says, left, height) of every box that stands for a number."""
    return [
        (told.text or "", float(one.get("x", 0)), float(one.get("height", 0)))
        for one in read(svg).iter(f"{SVG}rect")
        if (told := one.find(f"{SVG}title")) is not None
    ]


@given(charts(), st.sampled_from([WIDE, NARROW]), st.sampled_from([line, bars, multiples]))
def test_any_numbers_give_a_whole_picture_inside_its_frame(
    chart: Chart, width: int, draw: object
) -> None:
    root = read(draw(chart, width))  # type: ignore[operator]

    _x, _y, wide, tall = map(float, root.get("viewBox", "").split())
    assert (root.get("role"), wide) == ("img", width)
    for one in root.iter(f"{SVG}text"):
        words = one.text or ""
        x, y, long = float(one.get("x", 0)), float(one.get("y", 0)), width_of(words)
        left = {"start": x, "middle": x - long / 2, "end": x - long}[
            one.get("text-anchor", "start")
        ]
        assert left > -2, words
        assert left + long < wide + 2, words
        assert 0 <= y <= tall, words


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_bars_are_as_tall_as_their_numbers(values: list[int]) -> None:
    names = tuple(map(str, range(len(values))))
    tall = [
        height
        for _says, _x, height in boxes(bars(Chart("c", "", names, (Series("", tuple(values)),))))
    ]

    most = max(range(len(values)), key=lambda index: values[index])
    for value, height in zip(values, tall, strict=True):
        assert abs(height - tall[most] * value / values[most]) < 0.2


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=9))
def test_areas_lie_upon_each_other(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    chart = Chart(
        "c", "", tuple(map(str, range(len(pairs)))), (Series("a", first), Series("b", second))
    )

    assert stacked(chart)[-1] == [one + other for one, other in pairs]
    assert "NaN" not in area(chart)


def test_area_of_a_negative_part_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        area(Chart("c", "", ("a",), (Series("x", (-1,)),)))


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15), st.integers(2, 8))
def test_ticks_are_round_few_and_hold_both_ends(low: float, high: float, most: int) -> None:
    marks = scale.ticks(low, high, most)

    assert marks == sorted(marks)
    assert 2 <= len(marks) <= most + 1
    if abs(high - low) > 1e-6:
        step = marks[1] - marks[0]
        assert marks[0] <= min(low, high) + step * 1e-6
        assert marks[-1] >= max(low, high) - step * 1e-6
        figures = f"{step:.6e}".split("e")[0].rstrip("0").rstrip(".")
        assert figures in {"1", "2", "2.5", "5"}


@given(st.lists(st.integers(0, 10**9), max_size=40))
def test_every_number_falls_into_a_class_that_begins_at_or_below_it(values: list[int]) -> None:
    bounds = scale.bounds_of(values)

    assert len(bounds) <= 5
    for value in values:
        found = scale.class_of(value, bounds)
        assert bounds[found] <= value
        assert found + 1 == len(bounds) or value < bounds[found + 1]


def test_unknown_numbers_break_the_line() -> None:
    svg = line(Chart("c", "", ("a", "b", "c"), (Series("x", (1, None, 3)),)))

    drawn = [one for one in read(svg).iter(f"{SVG}path") if one.get("fill") == "none"]
    assert len(drawn) == 2
    assert "–" not in svg.partition("<desc")[2].partition("</desc")[0]


def test_funnel_never_widens() -> None:
    stages = tuple(Stage(str(count), count) for count in (412, 365, 201, 0))
    chart = Funnel("f", "", stages)

    assert [one for one, _x, _tall in boxes(funnel(chart))] == [
        "412: 412", "365: 365 · 88,6 %", "201: 201 · 48,8 %", "0: 0 · 0 %",
    ]  # fmt: skip
    assert chart.grid().rows[1] == ("365", 365, Decimal("88.6"))
    with pytest.raises(ValueError, match="later step"):
        Funnel("f", "", (Stage("a", 1), Stage("b", 2)))


AMOUNT = st.integers(1, 10**9)


@given(AMOUNT, AMOUNT, AMOUNT)
def test_sankey_keeps_every_rupiah(fee: int, makers: int, state: int) -> None:
    names = {"pay": "Bayar", "fee": "Biaya", "base": "Laba", "makers": "Pembuat", "state": "Negara"}
    chart = Flows("s", "", names, (
        Flow("pay", "fee", fee), Flow("pay", "base", makers + state),
        Flow("base", "makers", makers), Flow("base", "state", state),
    ), "Rp")  # fmt: skip

    for width in (WIDE, NARROW):
        svg = sankey(chart, width)
        tall = float(read(svg).get("viewBox", "").split()[3])
        told_of = {says.partition(":")[0]: height for says, _x, height in boxes(svg)}
        assert abs(told_of["Laba"] - told_of["Pembuat"] - told_of["Negara"]) < 2.5
        assert max(told_of.values()) <= tall


def test_flows_in_a_ring_are_refused() -> None:
    ring = (Flow("a", "b", 1), Flow("b", "a", 1))

    with pytest.raises(ValueError, match="round"):
        sankey(Flows("s", "", {"a": "A", "b": "B"}, ring))
    with pytest.raises(ValueError, match="not a flow"):
        Flow("a", "b", 0)


def test_calendar_has_a_square_a_day_and_fits() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    days = {first + timedelta(days=number): number for number in range(0, 365, 2)}

    for width in (WIDE, NARROW):
        found = boxes(calendar(Calendar("k", "", first, last, days), width))
        assert len(found) == 365
        assert max(left for _says, left, _tall in found) < width
        assert found[2][0].endswith("2026: 2")
        assert found[1][0].endswith(": –")


def test_map_colours_what_is_known_and_lists_it_first() -> None:
    shapes = [Shape(code, code, "M0 0h9v9z") for code in ("53.01", "53.02", "53.03")]
    chart = Places("p", "", shapes, {"53.02": 9, "53.03": 400}, (10, 10), unknown="belum ada")

    root = read(places(chart))
    fills = [one.get("fill") for one in root.iter(f"{SVG}path") if len(one)]
    assert len(set(fills)) == 3
    assert [row[0] for row in chart.grid().rows] == ["53.03", "53.02", "53.01"]
    assert "belum ada" in places(chart)


def test_map_leads_on_and_shows_what_is_small() -> None:
    large = Shape("53.01", "Kabupaten <Besar>", "M0 0h90v90z", (40, 40), (90, 90), "Besar")
    small = Shape("53.71", "Kota Kecil", "M95 95h2v2z", (96, 96), (2, 2))
    links = {"53.01": "?di=53.01&masa=2026", "53.71": "?di=53.71"}
    chart = Places("p", "Peta", [large, small], {"53.01": 9}, (100, 100), links=links)

    root = read(places(chart, 328))
    anchors = {one.get("href"): one for one in root.iter(f"{SVG}a")}
    assert root.get("role") == "group"
    assert list(anchors) == ["?di=53.01&masa=2026", "?di=53.71"]
    assert anchors["?di=53.71"].get("aria-label") == "Kota Kecil: –"
    # The small one has a dot as well, the large one its name upon it.
    assert [len(list(one.iter(f"{SVG}path"))) for one in anchors.values()] == [1, 2]
    assert "Besar" in [one.text for one in root.iter(f"{SVG}text")]
    assert read(Figured(chart, places).picture).get("role") == "img"


def test_a_file_says_for_whom_it_is() -> None:
    chart = Chart("c", "Judul", ("Jan",), (Series("a", (1,)),))
    figure = Figured(chart, line, "?a=1", told_to="Untuk kantor & bukan umum", tail="kantor")

    svg, table = download(figure, "svg"), download(figure, "csv")
    words = [one.text for one in read(svg.content.decode()).iter(f"{SVG}text")]
    assert words[-1] == "Untuk kantor & bukan umum"
    assert 'filename="c-kantor.svg"' in svg["Content-Disposition"]
    assert table.content.decode("utf-8-sig").splitlines()[1].endswith("Untuk kantor & bukan umum")
    assert figure.files[0] == ("SVG", "?a=1&berkas=svg")


def test_words_of_a_phones_columns_do_not_meet() -> None:
    for last in (1, 2, 3, 4):
        stands = columns_at(last, 328)
        rooms = [room_of(column, stands, 328) for column in range(last + 1)]
        for column in range(last - 1):
            assert stands[column] + rooms[column] <= stands[column + 1] + 1
        if last > 2:
            assert stands[-2] + rooms[-2] <= 328 - rooms[-1] + 1


def test_numbers_are_written_as_people_write_them() -> None:
    assert [told(1_250_000, "Rp"), told(-500, "Rp"), told(None), told(Decimal("88.60"), "%")] == [
        "Rp1.250.000", "-Rp500", "–", "88,6 %",
    ]  # fmt: skip
    assert [short(1_250_000, "Rp"), short(999), short(12_000), short(3_000_000_000_000)] == [
        "Rp1,25 jt", "999", "12 rb", "3 T",
    ]  # fmt: skip
    with translation.override("en"):
        assert [told(1_250), short(1_250_000, "Rp")] == ["1,250", "Rp1.25 m"]
    assert cut("Lapas Perempuan Kupang", 60).endswith("…")


def test_every_sample_is_a_picture_a_table_and_three_files() -> None:
    for one in figures("/"):
        assert one.rows, one.chart.key
        assert one.wide != one.narrow
        names = re.findall(r'id="([^"]+)"', one.wide + one.narrow)
        assert len(names) == len(set(names)), one.chart.key
        assert download(one, "svg").content.startswith(b"<svg")
        assert download(one, "csv").content.count(b"\n") > len(one.rows)
    drawn = download(figures("/")[0], "png").content
    assert drawn.startswith(b"\x89PNG")
    with pytest.raises(Http404):
        download(figures("/")[0], "exe")


def test_table_of_a_chart_has_its_numbers() -> None:
    chart = Chart("c", "", ("Jan", "Feb"), (Series("Toko", (1_000, None)),), "Rp", "Bulan")

    assert Figured(chart, bars).rows == [["Jan", "Rp1.000"], ["Feb", "–"]]
    with pytest.raises(ValueError, match="one value"):
        Chart("c", "", ("a",), (Series("x", (1, 2)),))
