"""Single cells as units write them: days, rupiah, quantities, marks, work numbers, names."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from berdaya.intake.records import Value

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august",
            "september sept sep",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
SERIAL_ZERO = date(1899, 12, 30)
DAY_MINUTES = 7 * 60


@dataclass(frozen=True)
class DayRead:
    """A day, and whether its year had to be taken from elsewhere."""

    day: date | None
    year_was_missing: bool = False


_WORDS = re.compile(r"(\d{1,2})[\s.\-/]*([a-z]+)\.?[\s.\-/,]*(\d{4}|\d{2})?$")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")


def read_day(value: Value, year: int | None) -> DayRead:
    """A day from a date, a serial number, `12 Maret 2025`, `19 Sept`, `3/9`, `20-06-26`.

    Day goes before month. `year` is what the sheet's title says, for days without one.
    """
    if isinstance(value, date):
        return DayRead(value)
    if isinstance(value, float) and 30_000 < value < 80_000:
        return DayRead(SERIAL_ZERO + timedelta(days=int(value)))
    text = str(value or "").strip().lower()
    text = re.sub(r"^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)[,\s]+", "", text)
    if found := _ISO.match(text):
        return DayRead(_day(*(int(part) for part in found.groups())))
    if found := _NUMBERS.match(text):
        return _with_year(int(found[1]), int(found[2]), found[3], year)
    if (found := _WORDS.match(text)) and found[2] in MONTHS:
        return _with_year(int(found[1]), MONTHS[found[2]], found[3], year)
    return DayRead(None)


def _with_year(day: int, month: int, written: str | None, year: int | None) -> DayRead:
    if written:
        full = int(written) if len(written) == 4 else 2000 + int(written)
        return DayRead(_day(full, month, day))
    return DayRead(_day(year, month, day) if year else None, year_was_missing=True)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Period:
    """What a title says about time: `BULAN SEPTEMBER 2026`, `TAHUN 2026`."""

    year: int | None = None
    months: tuple[int, ...] = ()


def read_period(titles: str) -> Period:
    """The year and the months named in title rows or a sheet's name."""
    words = re.findall(r"[a-z]+", titles.lower())
    years = re.findall(r"\b(20\d\d)\b", titles)
    months = dict.fromkeys(MONTHS[word] for word in words if word in MONTHS)
    return Period(int(years[-1]) if years else None, tuple(months))


def read_number(value: Value) -> Decimal | None:
    """`24,5`, `1.200` (a thousand two hundred), `14.25`, 6.0; None for what is no number."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return Decimal(str(value)).normalize() + 0
    text = re.sub(r"\s", "", str(value))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or re.fullmatch(r"-?\d+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_rp(value: Value) -> int | None:
    """Whole rupiah from `Rp 15.000,-`, `15.000`, 15000.0; None for what is no amount."""
    if isinstance(value, str):
        text = re.sub(r"^rp\.?", "", value.strip().lower()).strip()
        value = re.sub(r"(,-|\.-|,00?|-)$", "", text)
    number = read_number(value)
    return int(number.to_integral_value()) if number is not None else None


MarkKind = Literal["present", "sick", "leave", "absent"]
LETTERS: dict[str, MarkKind] = {
    "h": "present",
    "v": "present",
    "✓": "present",
    "√": "present",
    "s": "sick",
    "i": "leave",
    "c": "leave",
    "a": "absent",
    "tk": "absent",
    "alpa": "absent",
}
NOTHING = {"", "-", "–", "l", "libur", "off", "x"}
_PIECES = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:j|jam)?\s*[/+;\s]\s*)?(\d+)\s*(?:p|ptg|potong|bh|buah|pcs)"
)


@dataclass(frozen=True)
class Mark:
    """What one cell of the month says about one person's day."""

    kind: MarkKind
    minutes: int = 0
    pieces: Decimal = Decimal(0)


def read_mark(value: Value, full_day: int = DAY_MINUTES) -> Mark | None:
    """`H` is a full day, `5,5` hours, `3p` pieces, `S` ill, `I` leave; None: nothing happened.

    ValueError for a cell that says something we do not understand.
    """
    text = "" if value is None else str(value).strip().lower()
    if text in NOTHING:
        return None
    if text in LETTERS:
        kind = LETTERS[text]
        return Mark(kind, full_day if kind == "present" else 0)
    if isinstance(value, str) and (found := _PIECES.fullmatch(text)):
        hours = read_number(found[1]) if found[1] else Decimal(0)
        return Mark("present", int((hours or 0) * 60), Decimal(found[2]))
    number = read_number(re.sub(r"\s*(j|jam)$", "", text) if isinstance(value, str) else value)
    if number is None or not 0 <= number <= 24:
        raise ValueError(text)
    return Mark("present", int(number * 60)) if number else None


def read_full_day(titles: str) -> int:
    """Minutes that `H` stands for, from a title such as `H = hadir 7 jam`; 7 hours otherwise."""
    found = re.search(r"\bh\s*=\s*(?:hadir\s*)?(\d+(?:[.,]\d+)?)\s*jam", titles.lower())
    hours = read_number(found[1]) if found else None
    return int(hours * 60) if hours else DAY_MINUTES


def work_number(value: Value) -> str:
    """`A 009`, `a009`, `A-009` are one work number; `9.0` is `9`; empty for what is none."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else ""
    text = str(value or "").strip().upper()
    if found := re.fullmatch(r"([A-Z]{1,5})[\s.\-_/]*(\d{1,5})", text):
        return f"{found[1]}-{found[2]}"
    return text if re.fullmatch(r"\d{1,6}", text) else ""


def name_key(text: Value) -> str:
    """Two spellings of one thing have one key: case, spaces, `250ml` and `250 ml`, dots."""
    words = str(text or "").lower().replace("²", "2")
    words = re.sub(r"(\d)\s*(ml|l|ltr|liter|gr|g|gram|kg|cm|m)\b", r"\1 \2", words)
    words = re.sub(r"\b(ltr|liter)\b", "l", words)
    words = re.sub(r"\b(gr|gram)\b", "g", words)
    return " ".join(re.findall(r"[a-z0-9]+", words))


MEASURES = {
    alias: name
    for name, aliases in {
        "botol": "botol btl bottle",
        "buah": "buah bh pcs pc biji potong ptg unit",
        "set": "set stel",
        "lembar": "lembar lbr",
        "batang": "batang btg",
        "butir": "butir btr",
        "bungkus": "bungkus bks pak pack",
        "kg": "kg kilo kilogram",
        "g": "g gr gram",
        "L": "l lt ltr liter",
        "ml": "ml cc",
        "m": "m meter mtr",
        "m2": "m2 m² meter2",
    }.items()
    for alias in aliases.split()
}


# The program's code of each; what is counted one by one is a piece, whatever it is called.
MEASURE_CODES = {
    **{
        name: name
        for name in ("botol", "set", "lembar", "bungkus", "kg", "g", "L", "ml", "m", "m2")
    },
    **dict.fromkeys(("buah", "batang", "butir"), "pcs"),
}


def measure(value: Value) -> str:
    """The one name of a measure (`btl` is `botol`); an unknown one stays as it was written."""
    text = str(value or "").strip().rstrip(".")
    return MEASURES.get(text.lower(), text)
