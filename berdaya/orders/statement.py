"""Lines of a bank statement as people paste them: date; amount; reference."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")
BREAKS = re.compile(r"[;\t]")
AMOUNT = re.compile(r"(\d{1,15}|\d{1,3}(\.\d{3}){1,4})", re.A)


@dataclass(frozen=True)
class StatementLine:
    """One payment that came: line of the paste, day, whole rupiah, the bank's own reference."""

    number: int
    received_on: date
    amount_rp: int
    reference: str


@dataclass(frozen=True)
class Unread:
    """A line that says no payment."""

    number: int
    text: str


def read_statement(text: str) -> Iterator[StatementLine | Unread]:
    """Every line that is not empty, in order; separated by semicolons or tabs."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _read(number, line.strip())


def _read(number: int, line: str) -> StatementLine | Unread:
    parts = [part.strip() for part in BREAKS.split(line, maxsplit=2)]
    if len(parts) < 3:
        return Unread(number, line[:80])
    day, amount, reference = _day(parts[0]), _amount(parts[1]), parts[2].strip(" ;\t")[:80]
    if day is None or not amount or not reference:
        return Unread(number, line[:80])
    return StatementLine(number, day, amount, reference)


def _day(text: str) -> date | None:
    for pattern in DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    return None


def _amount(text: str) -> int:
    """Whole rupiah; 0 for what is none, or what went out."""
    plain = re.sub(r"^(Rp\.?)|(,-|,00)$|\s", "", text, flags=re.I).strip()
    return int(plain.replace(".", "")) if AMOUNT.fullmatch(plain) else 0
