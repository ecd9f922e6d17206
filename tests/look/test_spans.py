"""A bar a time: where it begins and ends on the years, what runs on, and where today stands."""

import re
from datetime import date, timedelta

import pytest

from berdaya.look.charts import NARROW, WIDE, Span, Spans, spans
from berdaya.look.charts.figures import Figured
from berdaya.look.charts.spans import reach

TODAY = date(2026, 11, 23)
ENDED = Span("a", "P-IRT", date(2021, 1, 1), date(2026, 1, 1), "habis", "Habis", "bad")
OPEN = Span("b", "NIB", date(2025, 7, 1), None, "berlaku", "Berlaku", "done")
CHART = Spans("izin", "Izin", (ENDED, OPEN), TODAY, ("Izin", "Mulai", "Sampai", "Keadaan"))


def bars(svg: str) -> list[tuple[float, float]]:
    """Left edge and width of every bar that says something."""
    found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]*><title>', svg)
    return [(float(left), float(wide)) for left, wide in found]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_lie_on_their_years_at_every_width(width: int) -> None:
    svg = spans(CHART, width)

    (first, ended), (begun, open_) = bars(svg)
    days = (date(2028, 1, 1) - date(2021, 1, 1)).days
    assert (first, round(ended)) == (0, round(width * (date(2026, 1, 1) - ENDED.first).days / days))
    assert round(begun + open_) == width
    assert "2021" in svg
    assert "Hari ini" in svg


def test_the_reach_holds_everything_and_a_year_around_today() -> None:
    first, last = reach(CHART)

    assert (first, last) == (date(2021, 1, 1), date(2028, 1, 1))
    assert reach(Spans("leer", "Izin", (), TODAY)) == (date(2025, 1, 1), date(2028, 1, 1))


def test_the_table_prints_the_last_day_and_nothing_for_no_end() -> None:
    rows = Figured(CHART, spans).rows

    assert rows[0] == ["P-IRT", "1 Januari 2021", "31 Desember 2025", "Habis"]
    assert rows[1][2] == "–"


def test_rows_lead_on_a_page_and_not_in_a_file() -> None:
    linked = Spans("izin", "Izin", (ENDED, OPEN), TODAY, links={"a": "/desk/permits/1/"})

    assert 'href="/desk/permits/1/"' in spans(linked)
    assert "href" not in Figured(linked, spans).picture
    assert 'role="group"' in spans(linked)


def test_many_years_have_fewer_numbers_on_a_phone() -> None:
    long = Spans(
        "izin", "Izin", (Span("a", "Merek", TODAY - timedelta(days=9000), None, ""),), TODAY
    )

    def years(width: int) -> int:
        return len(re.findall(r">(?:19|20)\d\d</text>", spans(long, width)))

    assert 0 < years(NARROW) < years(WIDE)
