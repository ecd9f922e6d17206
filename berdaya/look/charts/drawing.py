"""Letters, colours and SVG elements of charts.

Colours are the dyes of tokens.css, written out because a downloaded picture has no style sheet.
Series differ in lightness and in dash or hatch as well, so that they part on grey paper.
"""

import math
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language

from berdaya.core.money import format_qty
from berdaya.look.charts.parts import Number, Text

INK, QUIET, RULE, PAPER, COTTON = "#221D18", "#6B6258", "#E8DCC5", "#FFFDF8", "#F0E7D4"
DYES = ("#1F2A52", "#9E3328", "#D9982B", "#2F4A2C", "#8A7E6C", "#7C86B4")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")
STEPS = ("#E1E5F2", "#B3BEDF", "#8390C4", "#4A5AA0", "#1F2A52")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
LETTER = 12  # pixels
LARGE = {"id": ((12, "T"), (9, "M"), (6, "jt"), (3, "rb")),
         "en": ((12, "tn"), (9, "bn"), (6, "m"), (3, "k"))}  # fmt: skip


def lang() -> str:
    """ "id" or "en"."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def told(value: Number | None, unit: str = "") -> str:
    """A number as people write it, whole, with its unit; a dash for what is not known."""
    if value is None:
        return "–"
    return with_unit(format_qty(_decimal(value), lang()), unit)


def short(value: Number, unit: str = "") -> str:
    """The same in few letters, for an axis: 1.250.000 → 1,25 jt."""
    number = _decimal(value)
    for power, word in LARGE[lang()]:
        if abs(number) >= Decimal(10) ** power:
            figures = (number / Decimal(10) ** power).quantize(Decimal("0.01"))
            return with_unit(f"{format_qty(figures.normalize() + 0, lang())} {word}", unit)
    return with_unit(format_qty(number, lang()), unit)


def _decimal(value: Number) -> Decimal:
    number = Decimal(str(round(value, 2) if isinstance(value, float) else value))
    return number.quantize(Decimal(1)) if number == number.to_integral() else number


def with_unit(figures: str, unit: str) -> str:
    """Rupiah before the number, percent and words after it."""
    if unit == "Rp":
        return f"-Rp{figures[1:]}" if figures.startswith("-") else f"Rp{figures}"
    return f"{figures}{' ' if unit else ''}{unit}"


def width_of(words: str, size: float = LETTER) -> float:
    """About how wide words are, in pixels: on the safe side for the fonts above."""
    return sum(0.34 if one in " .,:;il|!'" else 0.64 for one in words) * size


def cut(words: Text, room: float, size: float = LETTER) -> str:
    """Words that fit into so many pixels, with … where they were cut."""
    text = str(words)
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""


def trim(value: float) -> str:
    """A coordinate in few letters."""
    figures = f"{value:.1f}"
    return "0" if figures in ("-0.0", "0.0") else figures.removesuffix(".0")


@dataclass
class Canvas:
    """An SVG that grows: elements are appended in order of painting."""

    key: str
    title: Text
    width: float
    height: float
    description: str = ""
    role: str = "img"
    pieces: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: Text, *, anchor: str = "start", size: float = LETTER,
        fill: str = INK, bold: bool = False,
    ) -> None:  # fmt: skip
        """Words whose baseline begins, ends or is centred at a point."""
        weight = ' font-weight="650"' if bold else ""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        large = "" if size == LETTER else f' font-size="{trim(size)}"'
        self.pieces.append(
            f'<text x="{trim(x)}" y="{trim(y)}" fill="{fill}"{place}{large}{weight}>'
            f"{escape(str(words))}</text>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE) -> None:
        self.pieces.append(
            f'<path d="M{trim(x1)} {trim(y1)}L{trim(x2)} {trim(y2)}" stroke="{stroke}"/>'
        )

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, says: str = ""
    ) -> None:
        """A box that says its number to a pointer that rests on it."""
        body = f"><title>{escape(says)}</title></rect>" if says else "/>"
        self.pieces.append(
            f'<rect x="{trim(x)}" y="{trim(y)}" width="{trim(max(width, 0))}"'
            f' height="{trim(max(height, 0))}" fill="{fill}"{body}'
        )

    def path(self, d: str, says: str = "", **facts: object) -> None:
        """A path; `facts` are its attributes, _ for -."""
        told_of = "".join(
            f" {name.replace('_', '-')}={quoteattr(str(value))}" for name, value in facts.items()
        )
        body = f"><title>{escape(says)}</title></path>" if says else "/>"
        self.pieces.append(f'<path d="{d}"{told_of}{body}')

    def hatch(self, number: int) -> str:
        """The fill of a series' boxes and fields: plain for the first, then with stripes."""
        colour = DYES[number % len(DYES)]
        if number % len(DYES) in (0, 1):
            return colour
        name = f"{self.key}-{trim(self.width)}-{number}"
        angle = (45, -45, 90, 0)[number % 4]
        self.pieces.append(
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate({angle})"><rect width="6" height="6" fill="{colour}"/>'
            f'<path d="M0 0V6" stroke="{PAPER}" stroke-width="1.6" stroke-opacity=".55"/></pattern>'
        )
        return f"url(#{name})"

    def svg(self) -> str:
        """The whole picture; its title and description are read aloud."""
        size = f"{trim(self.width)} {trim(math.ceil(self.height))}"
        name = f"{self.key}-{trim(self.width)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="{self.role}"'
            f' aria-labelledby="{name}-t {name}-d" font-family="{FONT}" font-size="{LETTER}">'
            f'<title id="{name}-t">{escape(str(self.title))}</title>'
            f'<desc id="{name}-d">{escape(self.description)}</desc>{"".join(self.pieces)}</svg>'
        )
