"""The ikat motif: deterministic from a seed, tied row by row, mirrored, repeated, feathered."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

COTTON = "#F3E9D2"


@dataclass(frozen=True)
class Palette:
    """Four dyed colours beside the undyed cotton."""

    ground: str
    main: str
    accent: str
    spark: str


PALETTES = (
    Palette("#1F2A52", COTTON, "#B4402F", "#D9982B"),  # indigo of Sumba
    Palette("#9E3328", COTTON, "#26336A", "#E0A63C"),  # madder of Timor
    Palette("#5A2436", COTTON, "#D9982B", "#31427E"),  # lontar wine of Rote
    Palette("#2B1D1A", "#E9D3A4", "#A8392B", "#D08A2A"),  # black earth of Ende
    Palette("#2C4A3C", COTTON, "#D9982B", "#B4402F"),  # leaf of Alor
)

GROUND, MAIN, ACCENT, SPARK = 0, 1, 2, 3
Cell = list[list[int]]
Rule = Callable[[int, int, int, int], int]


def _diamond(x: int, y: int, w: int, h: int) -> int:
    """Lozenges inside one another, seen from the centre."""
    far = x / w + y / h
    if far < 0.22:
        return SPARK
    if far < 0.42:
        return GROUND
    if far < 0.62:
        return ACCENT
    return MAIN if far < 0.86 else GROUND


def _hook(x: int, y: int, w: int, h: int) -> int:
    """A lozenge whose points curl into hooks (kait)."""
    far = x + y
    reach = min(w, h) - 2
    if far <= 1:
        return SPARK
    if far <= 2:
        return ACCENT
    if reach - 2 <= far <= reach - 1:
        return MAIN
    curl = y == 0 and reach <= x < w - 1
    tip = x == w - 2 and y <= 2
    back = y == 2 and w - 4 <= x <= w - 2
    return MAIN if curl or tip or back else GROUND


def _star(x: int, y: int, w: int, h: int) -> int:
    """Eight points around a small heart."""
    reach = min(w, h) - 1
    if x + y <= 1:
        return ACCENT
    if max(x, y) <= 2:
        return GROUND if x + y <= 2 else MAIN
    straight = min(x, y) <= (reach - max(x, y)) / 2
    slanting = abs(x - y) <= 1 and max(x, y) < reach - 1
    if straight and max(x, y) < reach:
        return MAIN
    return ACCENT if slanting else GROUND


def _spear(x: int, y: int, w: int, h: int) -> int:
    """Spear heads pointing away from the middle line (tumpal)."""
    edge = (h - y) * w / h
    if x > edge:
        return GROUND
    if x > edge - 1.6:
        return MAIN
    if x > edge - 3.2:
        return GROUND
    return ACCENT if y < h - 4 else SPARK


def _checks(x: int, y: int, w: int, h: int) -> int:
    """A chequered lozenge, square by square."""
    far = x / w + y / h
    if far > 0.95:
        return GROUND
    if far > 0.74:
        return MAIN
    return (ACCENT if far < 0.4 else MAIN) if (x // 2 + y // 2) % 2 == 0 else GROUND


RULES: dict[str, Rule] = {
    "diamond": _diamond,
    "hook": _hook,
    "star": _star,
    "spear": _spear,
    "checks": _checks,
}


@dataclass(frozen=True)
class Band:
    """A woven band: rows of colour numbers one repeat wide, and the colours they stand for."""

    rows: Cell
    colours: tuple[str, str, str, str]
    shifts: tuple[float, ...]

    @property
    def width(self) -> int:
        """Squares in one repeat."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Rows of squares."""
        return len(self.rows)


def dice(seed: str, salt: str = "") -> Random:
    """A source of chance, the same for the same words on every machine, in any letter case."""
    digest = hashlib.sha256(f"{salt}:{seed.lower()}".encode()).digest()
    return Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 decorates, protects nothing


def palette_of(seed: str) -> Palette:
    """The dyes of a seed."""
    return PALETTES[dice(seed, "palette").randrange(len(PALETTES))]


def make_band(seed: str, size: int, rule: str, light: bool = False) -> Band:
    """One band: `size` is the height of the half cell (4 to 11 squares), `light` on cotton."""
    chance = dice(seed, f"{rule}{size}{light}")
    width = max(5, size + chance.choice((0, 1, 2)))
    half = [[RULES[rule](x, y, width, size) for x in range(width)] for y in range(size)]
    _add_sparks(half, chance)
    right = half[:0:-1] + half
    rows = [row[:0:-1] + row for row in right]
    shifts = tuple(round(chance.uniform(-0.3, 0.3), 1) for _row in rows)
    return Band(rows, _colours(palette_of(seed), light), shifts)


def _add_sparks(half: Cell, chance: Random) -> None:
    """A few tied threads that stayed light in the empty corners, as hands leave them."""
    rows, columns = len(half), len(half[0])
    for _try in range(3):
        x, y = chance.randrange(columns // 2, columns), chance.randrange(rows // 2, rows)
        around = [
            half[b][a]
            for a in range(max(0, x - 1), min(columns, x + 2))
            for b in range(max(0, y - 1), min(rows, y + 2))
        ]
        if not any(around):
            half[y][x] = SPARK


def _colours(palette: Palette, light: bool) -> tuple[str, str, str, str]:
    if light:
        return (COTTON, palette.ground, palette.accent, palette.spark)
    return (palette.ground, palette.main, palette.accent, palette.spark)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def band_paths(band: Band) -> str:
    """One repeat of a band as SVG paths in squares, one path a colour, without its ground."""
    runs: dict[int, list[str]] = defaultdict(list)
    for y, row in enumerate(band.rows):
        for start, length, colour in _runs(row):
            for copy in (0, -band.width, band.width):
                left = start + copy + band.shifts[y]
                if left + length > 0 and left < band.width:
                    runs[colour].append(f"M{_number(left)} {y}h{length}v1h-{length}z")
    return "".join(
        f'<path fill="{band.colours[colour]}" d="{"".join(parts)}"/>'
        for colour, parts in sorted(runs.items())
    )


def _runs(row: list[int]) -> list[tuple[int, int, int]]:
    """(start, length, colour) of every dyed stretch of a row."""
    found, start = [], 0
    for x in range(1, len(row) + 1):
        if x == len(row) or row[x] != row[start]:
            if row[start] != GROUND:
                found.append((start, x - start, row[start]))
            start = x
    return found


def band_pattern(name: str, band: Band, top: float, square: float, left: float = 0) -> str:
    """An SVG pattern that repeats the band sideways, its edges feathered like tied yarn."""
    box = f'width="{band.width}" height="{band.height}"'
    place = f'patternTransform="translate({_number(left)} {_number(top)}) scale({square})"'
    return (
        f'<pattern id="{name}" {box} patternUnits="userSpaceOnUse" {place}>'
        f'<path fill="{band.colours[0]}" d="M0 0h{band.width}v{band.height}H0z"/>'
        f'<g id="{name}g">{band_paths(band)}</g>'
        f'<use href="#{name}g" x=".45" opacity=".4"/><use href="#{name}g" x="-.45" opacity=".4"/>'
        "</pattern>"
    )


@dataclass(frozen=True)
class Cloth:
    """A piece of cloth as SVG: definitions, and the stripes and bands to lay under a clip."""

    defs: str
    body: str
    height: float


def weave(seed: str, width: float, height: float, square: float, left: float = 0) -> Cloth:
    """Stripes and bands filling `width` × `height` user units with squares of `square` units."""
    chance = dice(seed, "weave")
    palette = palette_of(seed)
    wide = chance.choice(("diamond", "hook", "star", "checks"))
    narrow = chance.choice([rule for rule in RULES if rule != wide])
    bands = (
        make_band(seed, chance.randint(8, 10), wide),
        make_band(seed, chance.randint(5, 6), narrow, light=chance.random() < 0.6),
    )
    defs: list[str] = []
    body: list[str] = []
    top, turn = -square * chance.randint(0, 3), 0
    while top < height:
        top = _lay_stripes(body, _stripes(palette, turn, chance), top, width, square, left)
        band = bands[turn % 2]
        name = f"b{turn}"
        tall = band.height * square
        middle = left + width / 2 - (band.width * square) / 2
        if top < height:
            defs.append(_placed_pattern(name, band, top, square, middle, turn))
            body.append(_bar(left, top, width, tall, f"url(#{name})"))
        top, turn = top + tall, turn + 1
    return Cloth("".join(defs), "".join(body), height)


def _placed_pattern(
    name: str, band: Band, top: float, square: float, left: float, turn: int
) -> str:
    """The first two bands are drawn, later ones refer back to them: half the bytes."""
    if turn < 2:
        return band_pattern(name, band, top, square, left)
    place = f"translate({_number(left)} {_number(top)}) scale({square})"
    return f'<pattern id="{name}" href="#b{turn % 2}" patternTransform="{place}"/>'


def _stripes(palette: Palette, turn: int, chance: Random) -> list[tuple[str, float]]:
    """Plain stripes between two bands, thin and thick, never two alike side by side."""
    sets = (
        (palette.accent, 1.0, COTTON, 0.5, palette.ground, 2.0, palette.spark, 1.0),
        (palette.spark, 0.5, palette.ground, 1.5, COTTON, 0.5, palette.accent, 2.0),
        (palette.ground, 1.0, palette.spark, 1.0, palette.accent, 1.5, COTTON, 0.5),
    )
    chosen = list(sets[(turn + chance.randrange(3)) % 3])
    return [(str(chosen[i]), float(chosen[i + 1])) for i in range(0, len(chosen), 2)]


def _lay_stripes(
    body: list[str],
    stripes: list[tuple[str, float]],
    top: float,
    width: float,
    square: float,
    left: float,
) -> float:
    for colour, size in stripes:
        body.append(_bar(left, top, width, size * square, colour))
        top += size * square
    return top


def _bar(left: float, top: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{_number(left)}" y="{_number(top)}" width="{_number(width)}" '
        f'height="{height:.2f}" fill="{fill}"/>'
    )


@lru_cache(maxsize=1024)
def strip_svg(seed: str, square: float = 2, width: str = "100%") -> str:
    """A thin strip, 22 units high, that repeats over whatever width it is given."""
    chance = dice(seed, "strip")
    palette = palette_of(seed)
    light = chance.random() < 0.35
    large, small = chance.sample(("diamond", "checks", "star", "spear"), 2)
    band = _beside(make_band(seed, 4, large, light), make_band(seed, 4, small, light))
    edge = _bar_full(0, 2, palette.accent) + _bar_full(2, 1, COTTON)
    foot = _bar_full(19, 1, COTTON) + _bar_full(20, 2, palette.spark)
    top = 11 - band.height * square / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="22">'
        f"<defs>{band_pattern('b0', band, top, square)}</defs>"
        f"{_bar_full(0, 22, band.colours[0])}"
        f'<rect y="{_number(top)}" width="100%" height="{band.height * square}" fill="url(#b0)"/>'
        f"{edge}{foot}</svg>"
    )


def _beside(one: Band, other: Band) -> Band:
    """Two bands of equal height as one repeat."""
    rows = [left + right for left, right in zip(one.rows, other.rows, strict=True)]
    return Band(rows, one.colours, one.shifts)


def _bar_full(top: float, height: float, fill: str) -> str:
    return f'<rect y="{_number(top)}" width="100%" height="{_number(height)}" fill="{fill}"/>'


@lru_cache(maxsize=256)
def paper_strip_svg(seed: str, repeats: int = 60) -> str:
    """The strip for paper: black on white, without patterns, so that every printer draws it."""
    band = make_band(seed, 4, "diamond")
    black = Band(band.rows, ("#fff", "#000", "#555", "#999"), band.shifts)
    tile = band_paths(black)
    width = band.width * repeats
    tiles = "".join(f'<use href="#t" x="{band.width * i}"/>' for i in range(repeats))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {band.height + 4}" '
        f'width="{width}" height="{band.height + 4}"><defs><g id="t">{tile}</g></defs>'
        f'<path fill="#000" d="M0 0h{width}v1H0zM0 {band.height + 3}h{width}v1H0z"/>'
        f'<g transform="translate(0 2)">{tiles}</g></svg>'
    )
