"""Counts of people that anybody may read: docs/rules/public-counts.md is the law of this file.

A month's people are parted once, by facility and family of work. Each part is told by itself, as a
multiple of five, or not at all below five; every total is a sum of what was told. So what is
published is the same whatever a part under five really was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _lazy

from berdaya.people.models import LineOfWork
from berdaya.people.rounded import about

TEXTILE, FOOD, CRAFT, OTHER = "textile", "food", "craft", "other"
FAMILIES = {
    TEXTILE: _lazy("kain dan jahitan"),
    FOOD: _lazy("pangan dan kebun"),
    CRAFT: _lazy("kerajinan dan mebel"),
    OTHER: _lazy("pekerjaan lain"),
}
_OF = {
    LineOfWork.WEAVING: TEXTILE,
    LineOfWork.SEWING: TEXTILE,
    LineOfWork.COFFEE: FOOD,
    LineOfWork.FOOD: FOOD,
    LineOfWork.FARMING: FOOD,
    LineOfWork.BASKETRY: CRAFT,
    LineOfWork.HANDICRAFT: CRAFT,
    LineOfWork.FURNITURE: CRAFT,
}


class Cell(NamedTuple):
    """One part of a month's people."""

    facility_id: int
    family: str


class Minutes(NamedTuple):
    """What one person worked in one line of work."""

    participant_id: int
    line_of_work: str
    minutes: int


def family_of(line_of_work: str) -> str:
    """The family of a line of work; a unit's own word is another work."""
    return _OF.get(LineOfWork(line_of_work), OTHER) if line_of_work in LineOfWork else OTHER


def true_counts(worked: Iterable[Minutes]) -> dict[str, int]:
    """People of a facility by family: each once, where they worked longest; ties by name."""
    each: dict[int, Counter[str]] = defaultdict(Counter)
    for row in worked:
        each[row.participant_id][family_of(row.line_of_work)] += row.minutes
    mine = Counter(min(spent, key=lambda one: (-spent[one], one)) for spent in each.values())
    return {family: mine[family] for family in FAMILIES}


class Tables(NamedTuple):
    """Everything that is ever published of a month; the last three are sums of the first."""

    cells: dict[Cell, int]
    by_facility: dict[int, int]
    by_family: dict[str, int]
    total: int


def tables(cells: Mapping[Cell, int]) -> Tables:
    """The tables of a month from its true counts."""
    told = {cell: about(people) for cell, people in cells.items()}
    by_facility: Counter[int] = Counter()
    by_family: Counter[str] = Counter()
    for cell, people in told.items():
        by_facility[cell.facility_id] += people
        by_family[cell.family] += people
    return Tables(told, dict(by_facility), dict(by_family), sum(told.values()))
