"""Figures of many units added up by the database: by place, month, indicator and step, at once.

A board asks one statement for everything it draws. Where a unit belongs is its seat's of each
month, so that a unit that moves keeps its history; whose rows are added is the reader's.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, cast

from django.db import connection

from berdaya.core.scope import Actor
from berdaya.insight.calc import PER_MAKER, Sums, as_told, counted_months, divided, value_of
from berdaya.insight.indicators import INDICATORS, MAKERS
from berdaya.insight.periods import Period
from berdaya.insight.queries import OFFICE, office_places

NATION, PROVINCE, REGENCY, FACILITY = "nation", "province", "regency", "facility"
# Region codes are nested: 53, 53.04; by what the rows of a level are told apart.
_KEYS = {NATION: "''", PROVINCE: "left(t.region, 2)", REGENCY: "t.region", FACILITY: "t.unit"}
_FIGURES = """
SELECT coalesce(s.region_id, u.region_id) AS region, u.code AS unit, f.month, f.indicator, f.part,
       f.numerator, f.denominator, s.places, f.{stamp} AS at{days}
  FROM {table} f
  JOIN institutions_facility u ON u.id = f.facility_id
  LEFT JOIN insight_seat s ON s.facility_id = f.facility_id AND s.valid_from <= f.month
    AND (s.valid_until IS NULL OR s.valid_until > f.month)
 WHERE {asked}{mine}
"""
_SUMS = """
SELECT f.region_id AS region, '' AS unit, f.month, f.indicator, f.part,
       f.numerator, f.denominator, f.places, f.reckoned_at AS at{days}
  FROM insight_officesum f
 WHERE {asked} AND f.office_id = ANY(%(offices)s) AND f.is_province = %(provinces)s
"""
_OFFICES = """
WITH whole AS (
  SELECT office_id FROM institutions_facility
   WHERE office_id = ANY ((SELECT insight_whole_offices())::bigint[])
   GROUP BY office_id HAVING bool_and(id = ANY(%(mine)s)))
SELECT ARRAY(SELECT office_id FROM whole),
       ARRAY(SELECT id FROM institutions_facility
              WHERE id = ANY(%(mine)s) AND office_id NOT IN (SELECT office_id FROM whole))
"""


@dataclass(frozen=True)
class Reach:
    """Whose figures: an audience, the units an office reads (None: all told), and within where.

    `within` is a region's code or empty; `unit` a facility's code or empty. Of `offices` the sums
    are read in place of their units, where no unit is told apart; `others` are the units left.
    """

    audience: str
    facilities: tuple[int, ...] | None
    within: str = ""
    unit: str = ""
    offices: tuple[int, ...] = ()
    others: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        actor: Actor | None,
        audience: str,
        within: str = "",
        unit: str = "",
        facilities: Iterable[int] | None = None,
    ) -> "Reach":
        """What an actor reads, of `facilities` alone where these are given; one statement where
        sums of whole offices may do."""
        asked = None if facilities is None else frozenset(facilities)
        if audience != OFFICE or actor is None:
            return cls(audience, None if asked is None else tuple(sorted(asked)), within, unit)
        mine = tuple(pk for pk in office_places(actor) if asked is None or pk in asked)
        reach = cls(audience, mine, within, unit)
        if deep(reach) == FACILITY or len(mine) < 2:
            return reach
        with connection.cursor() as cursor:
            cursor.execute(_OFFICES, {"mine": list(mine)})
            [(offices, others)] = cursor.fetchall()
        return replace(reach, offices=tuple(offices), others=tuple(others))

    def having(self) -> tuple[str, dict[str, object]]:
        """Within where, asked of the sums: asked of every row the planner takes it that next to
        none are left, and joins them one by one. In a month a unit lies in one region."""
        if not self.within:
            return "", {}
        text = " HAVING left(min(t.region), %(long)s) = %(within)s"
        return text, {"within": self.within, "long": len(self.within)}

    def source(self, asked: str, by: str, days: str = "") -> tuple[str, dict[str, object]]:
        """Rows to add up, as SQL and its values: sums of whole offices and figures of the rest."""
        is_summed = bool(self.offices) and by != FACILITY and not self.unit
        mine, values = self._mine(is_summed)
        is_office = self.audience == OFFICE
        table, stamp = (
            ("insight_figure", "reckoned_at") if is_office else ("insight_toldfigure", "told_at")
        )
        parts = [_FIGURES.format(table=table, stamp=stamp, asked=asked, mine=mine, days=days)]
        if is_summed:
            values |= {"offices": list(self.offices), "provinces": by != REGENCY}
            summed = _SUMS.format(asked=asked, days=days)
            parts = [summed, *parts] if self.others else [summed]
        return f" FROM ({' UNION ALL '.join(parts)}) t", values

    def _mine(self, is_summed: bool) -> tuple[str, dict[str, object]]:
        text, values = "", {}
        if self.facilities is not None:
            text += " AND f.facility_id = ANY(%(facilities)s)"
            values["facilities"] = list(self.others if is_summed else self.facilities)
        if self.unit:
            text += " AND u.code = %(unit)s"
            values["unit"] = self.unit
        elif self.facilities is not None and deep(self) == FACILITY:
            # Of one regency: the few units that ever lay there, before their figures are read.
            text += _EVER_WITHIN
        return text, values


# An array and no IN: joined, the planner reads every unit's figures first.
_EVER_WITHIN = """
   AND f.facility_id = ANY(ARRAY(
     SELECT e.id FROM institutions_facility e WHERE left(e.region_id, %(long)s) = %(within)s
     UNION SELECT e.facility_id FROM insight_seat e WHERE left(e.region_id, %(long)s) = %(within)s))
"""


class Row(NamedTuple):
    """What the units of a place have together in a month; `at`: when the newest was counted."""

    key: str
    month: date
    code: str
    step: str
    numerator: Decimal
    denominator: Decimal | None
    room: int
    at: datetime


def rows_of(
    reach: Reach, codes: Sequence[str], period: Period, by: str, stepped: Sequence[str] = ()
) -> list[Row]:
    """One statement: the wholes of indicators, and the steps or parts of those in `stepped`."""
    asked = (
        "f.indicator = ANY(%(every)s) AND f.month >= %(start)s AND f.month < %(until)s"
        " AND CASE WHEN f.part = '' THEN f.indicator = ANY(%(codes)s)"
        " ELSE f.indicator = ANY(%(stepped)s) END"
    )
    source, values = reach.source(asked, by)
    having, within = reach.having()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_KEYS[by]}, t.month, t.indicator, t.part, sum(t.numerator),"
            " sum(t.denominator), coalesce(sum(t.places), 0), max(t.at)"
            f"{source} GROUP BY 1, 2, 3, 4{having}",
            {
                "every": [*codes, *stepped], "codes": list(codes), "stepped": list(stepped),
                "start": period.start, "until": period.until, **values, **within,
            },
        )  # fmt: skip
        return [Row(*row) for row in cursor.fetchall()]


def _joined(one: Row, other: Row) -> Row:
    below = [row.denominator for row in (one, other) if row.denominator is not None]
    return Row(
        "", one.month, one.code, one.step, one.numerator + other.numerator,
        sum(below, Decimal(0)) if below else None, one.room + other.room, max(one.at, other.at),
    )  # fmt: skip


@dataclass
class Cube:
    """Rows of one statement, read along places, months or steps. Numbers are an indicator's own."""

    rows: Sequence[Row]
    is_told: bool = False
    found: dict[tuple[str, str, str], dict[date, Row]] = field(init=False)
    keys: set[str] = field(init=False)
    at: datetime | None = field(init=False)

    def __post_init__(self) -> None:
        self.found = defaultdict(dict)
        for row in self.rows:
            self.found[row.code, row.step, row.key][row.month] = row
        self.keys = {key for _code, _step, key in self.found}
        self.at = max((row.at for row in self.rows), default=None)

    @cached_property
    def whole(self) -> dict[tuple[str, str], dict[date, Row]]:
        """All places together by indicator, step and month, added up once for a whole board."""
        found: dict[tuple[str, str], dict[date, Row]] = defaultdict(dict)
        for row in self.rows:
            months = found[row.code, row.step]
            months[row.month] = _joined(months[row.month], row) if row.month in months else row
        return found

    def _counted(self, code: str, period: Period, key: str | None, step: str = "") -> list[Row]:
        """The rows that make an indicator's number, of one place or (None) of all."""
        place = self.whole.get((code, step)) if key is None else self.found.get((code, step, key))
        months = counted_months(INDICATORS[code], period)
        return [row for month in months if (row := place.get(month))] if place else []

    def sums(
        self, code: str, period: Period, key: str | None = None, step: str = ""
    ) -> Sums | None:
        """What was gathered of a period, of one place or (None) of all; None where nothing is."""
        rows = self._counted(code, period, key, step)
        below = [row.denominator for row in rows if row.denominator is not None]
        number = sum((row.numerator for row in rows), Decimal(0))
        return Sums(number, sum(below, Decimal(0)) if below else None) if rows else None

    def value(
        self, code: str, period: Period, key: str | None = None, per: str = ""
    ) -> Decimal | None:
        """The indicator's value; divided by makers or room where `per` says so."""
        known, sums = INDICATORS[code], self.sums(code, period, key)
        if sums is None:
            return None
        if per and not known.is_ratio:
            return divided(sums.numerator, self._below(code, period, key, per))
        value: Decimal | None = value_of(known, sums, period)[1]
        return as_told(known, value) if self.is_told else value

    def _below(self, code: str, period: Period, key: str | None, per: str) -> Decimal:
        if per == PER_MAKER:
            sums = self.sums(MAKERS, period, key)
            return sums.numerator if sums else Decimal(0)
        return Decimal(sum(row.room for row in self._counted(code, period, key)))

    def along(
        self, code: str, period: Period, key: str | None = None, per: str = ""
    ) -> tuple[Decimal | None, ...]:
        """A value a month."""
        return tuple(self.value(code, Period.month(month), key, per) for month in period)

    def by_place(self, code: str, period: Period, per: str = "") -> dict[str, Decimal]:
        """A value for each place that has one."""
        values = {key: self.value(code, period, key, per) for key in self.keys}
        return {key: value for key, value in values.items() if value is not None}

    def steps(self, code: str, period: Period) -> dict[str, Decimal]:
        """How much each step or part has, of all places, in the order of the indicator."""
        known = INDICATORS[code]
        found = {step: self.sums(code, period, step=step) for step in (known.steps or known.parts)}
        return {step: sums.numerator for step, sums in found.items() if sums}


def days_of(reach: Reach, code: str, period: Period) -> dict[date, int]:
    """The numbers of each day, of all places together: one statement, a row a month and region."""
    asked = (
        "f.indicator = %(code)s AND f.month >= %(start)s AND f.month < %(until)s"
        " AND f.part = '' AND f.days IS NOT NULL"
    )
    by = FACILITY if deep(reach) == FACILITY else PROVINCE
    source, values = reach.source(asked, by, ", f.days")
    having, within = reach.having()
    sums = ", ".join(f"sum(t.days[{number}])" for number in range(1, 32))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.month, {sums}{source} GROUP BY t.month, t.region{having}",
            {"code": code, "start": period.start, "until": period.until, **values, **within},
        )
        months = cursor.fetchall()
    found: dict[date, int] = defaultdict(int)
    for month, *numbers in months:
        for place, number in enumerate(numbers):
            if number is not None:
                found[month + timedelta(days=place)] += int(number)
    return found


_NEWEST = """
SELECT greatest(
  (SELECT max(reckoned_at) FROM insight_officesum WHERE is_province AND indicator = %(code)s),
  (SELECT max(reckoned_at) FROM insight_figure WHERE indicator = %(code)s AND facility_id = ANY(
    ARRAY(SELECT id FROM institutions_facility
           WHERE id = ANY (core_scope_facilities())
             AND office_id <> ALL ((SELECT insight_whole_offices())::bigint[])))))
"""


def newest(code: str) -> datetime | None:
    """When the newest figure of an indicator was counted, of all in scope: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, {"code": code})
        [(at,)] = cursor.fetchall()
    return cast("datetime | None", at)


def deep(reach: Reach) -> str:
    """By what a board tells its places apart: one level below the one it stands on."""
    if reach.unit or len(reach.within) > 2:
        return FACILITY
    return REGENCY if reach.within else PROVINCE
