"""How a document's number is written."""

from datetime import date

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


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
