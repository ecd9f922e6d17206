"""Small frozen things the components show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise
SPLIT_KINDS = ("material", "fee", "makers", "capital", "state", "other")


@dataclass(frozen=True)
class Moment:
    """A line of a timeline; tone "", done, bad or next."""

    when: Text
    what: Text
    who: Text = ""
    note: Text = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """A number worth a card; with an address it opens to its rows."""

    label: Text
    value: Text
    note: Text = ""
    url: str = ""


@dataclass(frozen=True)
class SplitPart:
    """A part of a rupiah's way: whole rupiah and one of SPLIT_KINDS."""

    label: Text
    amount_rp: int
    kind: str


@dataclass(frozen=True)
class Bar:
    """A part drawn: where it starts and how wide it is, of 1000."""

    part: SplitPart
    x: int
    width: int


def bars_of(parts: Sequence[SplitPart]) -> list[Bar]:
    """Parts side by side, rounded so that they end exactly at 1000."""
    whole = sum(part.amount_rp for part in parts) or 1
    bars, passed = [], 0
    for part in parts:
        start = 1000 * passed // whole
        passed += part.amount_rp
        bars.append(Bar(part, start, 1000 * passed // whole - start))
    return bars
