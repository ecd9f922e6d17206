"""Logs say what the program did, never what a person typed."""

import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

from django.db import Error as DatabaseError
from psycopg import Error as DriverError

# The code of a private page is its key: whoever reads it may open the page.
KEYS = re.compile(r"(/(?:pesanan|pendaftaran)/)[^/\s?]+")
# What looks like it belongs to a person. NIK and NPWP have 15 or 16 digits, phones begin with
# +62, 62 or 0; account numbers have ten digits or more.
PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[e-mail]"),
    (re.compile(r"(?<![\w-])(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?![\w-])"), "[phone]"),
    (re.compile(r"(?<![\w.-])\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{6}[ .]?\d{4}(?![\w-])"), "[number]"),
    (re.compile(r"(?<![\w.:+-])\d{10,}(?![\w.:-])"), "[number]"),
)
# Made by the program, and of no person: ids and times that the masks could mistake.
OWN = frozenset({"timestamp", "request_id", "correlation_id", "user_id", "level", "logger", "code"})
LONGEST = 500


def forget_query(logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
    """Cut search texts and filters off a logged address: people type names and phones there."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].partition("?")[0]
    return event


def mask(logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
    """Replace what looks like a person's number, address or key in everything that is written."""
    for name, value in event.items():
        if name not in OWN and not name.startswith("_"):
            event[name] = masked(value)
    return event


def masked(value: Any) -> Any:
    """The same text without personal numbers; other things as they are, or by their type."""
    if isinstance(value, str):
        text = KEYS.sub(r"\1…", value)
        for pattern, word in PERSONAL:
            text = pattern.sub(word, text)
        return text
    if value is None or isinstance(value, bool | int | float):
        return masked_number(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(one) for one in value]
    if isinstance(value, dict):
        return {str(key): masked(one) for key, one in value.items()}
    return masked(str(value)[:LONGEST])


def masked_number(value: Any) -> Any:
    """A number, unless it is as long as a NIK."""
    is_long = isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**14
    return "[number]" if is_long else value


def tell_exception(logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
    """In place of an exception its types and places; of the database's only what names no value."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> Iterator[str]:
    for one in _chain(error):
        yield from (text.rstrip() for text in traceback.format_tb(one.__traceback__))
        yield f"{type(one).__module__}.{type(one).__qualname__}: {words_of(one)}"


def _chain(error: BaseException) -> list[BaseException]:
    """The first cause first, as Python prints them."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found[::-1]


def words_of(error: BaseException) -> str:
    """What an exception says, masked; the database's own words repeat the row, so only names."""
    if isinstance(error, DatabaseError):
        return ""
    if isinstance(error, DriverError):
        diagnosis = error.diag
        names = ("schema_name", "table_name", "column_name", "constraint_name")
        told = [f"{name}={value}" for name in names if (value := getattr(diagnosis, name))]
        return " ".join([f"sqlstate={error.sqlstate}", *told])
    return str(masked(str(error)[:LONGEST]))
