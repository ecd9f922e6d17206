"""How a document's number is written."""

import re
from datetime import date
from string import Formatter

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

WORDS = ("number", "code", "unit", "month", "roman_month", "year")


def words_of(pattern: str) -> list[str]:
    """The words in braces of a pattern; ValueError for one that is not written so."""
    found = []
    for _text, word, width, conversion in Formatter().parse(pattern):
        if word is None:
            continue
        if word not in WORDS or conversion or not re.fullmatch(r"(0?[1-9]d)?", width or ""):
            raise ValueError(f"no word of a number: {word!r}")
        found.append(word)
    return found


def number_text(pattern: str, *, number: int, code: str, unit: str, day: date) -> str:
    """The number as printed: `007/SIKB/LP-ATB/XI/2026`.

    A pattern may use {number}, {code}, {unit}, {month}, {roman_month} and {year}, with Python's
    widths; anything else in braces is a ValueError.
    """
    words = {
        "number": number,
        "code": code,
        "unit": unit,
        "month": day.month,
        "roman_month": ROMAN[day.month - 1],
        "year": day.year,
    }
    try:
        return pattern.format_map(words)
    except (KeyError, IndexError, AttributeError) as error:
        raise ValueError(f"no number pattern: {pattern!r}") from error
