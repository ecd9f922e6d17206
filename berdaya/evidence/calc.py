"""Sums over land and work: geodesic areas, lines that cross, where a place lies, and bands.

A position is (longitude, latitude) in degrees of WGS84. A ring is closed: its last position is its
first. Plots are small, so an edge is straight in longitude and latitude; over ten kilometres this
differs from the geodesic by less than a millionth of the area.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence

Position = tuple[float, float]

# WGS84: half the equator's axis in metres, and the flattening.
AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))
M2_PER_HA = 10_000


def _authalic(lat: float) -> float:
    """The surface from the equator to a latitude, as q: area = axis² / 2 · q · width in radians."""
    e, sine = ECCENTRICITY, math.sin(math.radians(lat))
    return (1 - e * e) * (sine / (1 - (e * sine) ** 2) + math.atanh(e * sine) / e)


def area_m2(ring: Sequence[Position]) -> float:
    """Square metres on the ellipsoid inside a closed ring, whichever way round it runs.

    Sums strips between each edge and the equator (authalic latitude; Snyder, USGS 1395, eq. 3-12).
    """
    total = 0.0
    for (west, south), (east, north) in itertools.pairwise(ring):
        total += math.radians(east - west) * (_authalic(south) + _authalic(north)) / 2
    return abs(total) * AXIS_M * AXIS_M / 2


def hectares(ring: Sequence[Position]) -> float:
    """The same in hectares."""
    return area_m2(ring) / M2_PER_HA


def crosses_itself(ring: Sequence[Position]) -> bool:
    """Whether two edges of a closed ring meet anywhere but where one ends and the next begins."""
    edges = [(a, b) for a, b in itertools.pairwise(ring) if a != b]
    last = len(edges) - 1
    for one, (a, b) in enumerate(edges):
        if _turns_back(a, b, edges[(one + 1) % len(edges)][1]):
            return True
        for other in range(one + 2, len(edges)):
            if (one, other) != (0, last) and _meet(a, b, *edges[other]):
                return True
    return False


def _turns_back(a: Position, b: Position, c: Position) -> bool:
    """Whether the way from b to c runs back along a-b."""
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return _side(a, b, c) == 0 and ahead < 0


def _side(a: Position, b: Position, c: Position) -> float:
    """Above zero where c lies left of the way from a to b, zero on its line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _within(a: Position, b: Position, c: Position) -> bool:
    """Whether c, known to be on the line of a and b, lies between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _meet(a: Position, b: Position, c: Position, d: Position) -> bool:
    one, two = _side(a, b, c), _side(a, b, d)
    three, four = _side(c, d, a), _side(c, d, b)
    if ((one > 0) != (two > 0)) and ((three > 0) != (four > 0)) and 0 not in (one, two):
        return True
    touches = ((one, a, b, c), (two, a, b, d), (three, c, d, a), (four, c, d, b))
    return any(side == 0 and _within(*ends) for side, *ends in touches)


def is_inside(place: Position, rings: Iterable[Sequence[Position]]) -> bool:
    """Whether a place lies in an area of several outlines (even-odd, so holes are outside)."""
    inside = False
    x, y = place
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def is_near(place: Position, rings: Iterable[Sequence[Position]], degrees: float) -> bool:
    """Whether it lies in the area or at most so many degrees from its outline."""
    outlines = list(rings)
    if is_inside(place, outlines):
        return True
    pairs = ((a, b) for ring in outlines for a, b in itertools.pairwise(ring))
    return any(_distance(place, a, b) <= degrees for a, b in pairs)


def _distance(place: Position, a: Position, b: Position) -> float:
    """Degrees to the nearest place of an edge."""
    (x, y), (x1, y1), (x2, y2) = place, a, b
    long = (x2 - x1) ** 2 + (y2 - y1) ** 2
    part = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long if long else 0.0
    part = min(max(part, 0.0), 1.0)
    return math.hypot(x - x1 - part * (x2 - x1), y - y1 - part * (y2 - y1))


ALL, NONE, MOST, SOME = "all", "none", "more_than_half", "half_or_less"
NOT_ALL, UNKNOWN, SOME_TOLD = "not_all", "unknown", "some"
LEAST = 5


def share_word(part: int, whole: int, people: int) -> str:
    """How much of something holds: all, none, more_than_half, half_or_less, unknown (no whole).

    Behind it stand so many people. Under five of them only whether it holds for all is told: any
    finer answer would speak of one of them (docs/rules/public-counts.md).
    """
    if whole <= 0:
        return UNKNOWN
    if part >= whole:
        return ALL
    if people < LEAST:
        return NOT_ALL
    if part <= 0:
        return NONE
    return MOST if 2 * part > whole else SOME


HOUR_BANDS = (4, 6, 7, 8)


def hours_band(minutes: float) -> str:
    """`up_to_4`, `up_to_6`, `up_to_7`, `up_to_8` or `over_8` hours."""
    found = next((band for band in HOUR_BANDS if minutes <= band * 60), None)
    return f"up_to_{found}" if found else "over_8"


def percent_shares(minutes: Mapping[str, int], people: Mapping[str, int]) -> dict[str, str]:
    """The share of working time by group, as text: `100`, a multiple of 5, or a word.

    Exact to five per cent only where at least five people stand behind every group; with fewer
    behind one of them, `more_than_half` or `half_or_less` for each, for a share of one group tells
    that of the other. No time at all (work by pieces alone) is `unknown`.
    """
    groups = sorted(people)
    if len(groups) == 1:
        return {groups[0]: "100"}
    total = sum(minutes.get(name, 0) for name in groups)
    if not total:
        return dict.fromkeys(groups, UNKNOWN)
    if min(people.values(), default=0) < LEAST:
        return {name: MOST if 2 * minutes.get(name, 0) > total else SOME for name in groups}
    return {name: str(5 * round(20 * minutes.get(name, 0) / total)) for name in groups}
