"""The only now and today: zones, beginnings of days, words, and the lint that keeps it so."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from berdaya.core import clock
from tools import lint_clock

EVENING = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Jakarta", date(2026, 11, 22)),
        ("Asia/Makassar", date(2026, 11, 23)),
        ("Asia/Jayapura", date(2026, 11, 23)),
    ],
)
def test_today_near_midnight_is_the_zones_day(zone: str, day: date) -> None:
    with time_machine.travel(EVENING, tick=False):
        seen = clock.today(zone)

    assert seen == day


def test_now_is_aware_and_utc() -> None:
    with time_machine.travel(EVENING, tick=False):
        seen = clock.now()

    assert seen == EVENING
    assert seen.tzinfo is UTC


def test_local_naive_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        clock.local(datetime(2026, 11, 22, 16, 30), "Asia/Makassar")


def test_start_of_is_the_zones_midnight_in_utc() -> None:
    instant = clock.start_of(date(2026, 11, 23), "Asia/Makassar")

    assert instant == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert clock.local(instant, "Asia/Makassar").date() == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("id", "12 Maret 2025"), ("en", "12 March 2025"), ("en-us", "12 March 2025")],
)
def test_format_date_speaks_both_languages(lang: str, words: str) -> None:
    assert clock.format_date(date(2025, 3, 12), lang) == words


@pytest.mark.parametrize(
    ("zone", "lang", "words"),
    [
        ("Asia/Makassar", "id", "Senin, 23 November 2026, 08.10 WITA"),
        ("Asia/Jakarta", "id", "Senin, 23 November 2026, 07.10 WIB"),
        ("Asia/Jayapura", "en", "Monday, 23 November 2026, 09:10 WIT"),
    ],
)
def test_format_instant_names_the_zone(zone: str, lang: str, words: str) -> None:
    instant = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)

    assert clock.format_instant(instant, zone, lang) == words


BAD = """
import datetime
import datetime as d
import time
from datetime import date, datetime as moment
from django.utils import timezone as tz
from django.utils.timezone import localdate

a = datetime.datetime.now()
b = d.date.today()
c = moment.utcnow()
e = date.today
f = time.time()
g = tz.now
h = localdate()
i = tz.localtime(a)
"""
GOOD = """
import time
from datetime import datetime
from berdaya.core import clock

a = clock.now()
b = time.monotonic()
c = datetime(2026, 1, 1)
d = self.datetime.now()
"""


def test_lint_finds_every_other_clock(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(BAD)

    code = lint_clock.main([str(tmp_path)])

    lines = [int(row.split(":")[1]) for row in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert lines == [*range(9, 17)]


def test_lint_leaves_the_clock_and_durations_alone(tmp_path: Path) -> None:
    allowed = tmp_path / "berdaya" / "core" / "clock.py"
    allowed.parent.mkdir(parents=True)
    allowed.write_text(BAD)
    (tmp_path / "good.py").write_text(GOOD)

    assert lint_clock.main([str(tmp_path)]) == 0
