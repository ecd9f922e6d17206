"""Codes that people read aloud, type and scan: the desk's readable ones and the public secret ones.

A public code is 14 random characters and a check character out of 23: no vowels, so that no word
appears, and none of 0 1 A B E I L O S U V Y Z, which are mistaken for others. log2(23^14) is 63.3
bits without the check. 23 is prime, so the weighted sum notices every single wrong character and
every exchange of two.
"""

import math
import re
import secrets

ALPHABET = "23456789CDFGHJKMNPQRTWX"
RANDOM_LENGTH = 14
PUBLIC_LENGTH = RANDOM_LENGTH + 1
RANDOM_BITS = RANDOM_LENGTH * math.log2(len(ALPHABET))
GROUP = 5

# Only where one character of the alphabet can have been meant.
LOOK_ALIKES = str.maketrans({"B": "8", "S": "5", "Z": "2"})
LOOK_ALIKE_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})

_BREAKS = re.compile(r"[\s\-_./\u00ad\u2010-\u2015\u2212]+")
_DESK = re.compile(r"(?P<unit>.+)-(?P<year>\d\d)-(?P<series>[A-Z]{1,3})-?(?P<number>\d{4,})")
_DESK_MISREAD = re.compile(
    r"(?P<unit>.+)-(?P<year>[\dOIL]{2})-(?P<series>[A-Z]{1,3}?)-?(?P<number>[\dOIL]{4,})"
)


def public_code() -> str:
    """A new unguessable code of 15 characters without breaks, its last one the check."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return body + check_character(body)


def format_code(code: str) -> str:
    """The code as printed, in groups of five: `7K2QM-4XTRH-9CDFW`."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def is_public_code(code: str) -> bool:
    """Whether a normalised code has the right length, characters and check character."""
    if len(code) != PUBLIC_LENGTH or not set(code) <= set(ALPHABET):
        return False
    return code[-1] == check_character(code[:-1])


def check_character(body: str) -> str:
    """The character that makes the sum of position times value divisible by 23."""
    weighted = sum(place * ALPHABET.index(char) for place, char in enumerate(body, start=2))
    return ALPHABET[-weighted % len(ALPHABET)]


def desk_code(unit: str, year: int, series: str, number: int) -> str:
    """`LP-ATB-26-B0412`: the unit's code, two digits of the year, series letter, number."""
    if not 2000 <= year <= 2099 or number < 1 or not re.fullmatch("[A-Z]{1,3}", series):
        raise ValueError(f"no desk code for {unit!r}, {year}, {series!r}, {number}")
    return f"{unit}-{year % 100:02d}-{series}{number:04d}"


def normalise(text: str) -> str:
    """What was typed by hand, in the form in which it is stored; desk and public codes alike.

    Case, spaces and dashes do not matter, look-alikes are put right where only one thing can be
    meant. What is no code comes back tidied, so that a look-up simply finds nothing.
    """
    tidy = _BREAKS.sub("-", text.upper()).strip("-")
    desk = _DESK.fullmatch(tidy) or _DESK_MISREAD.fullmatch(tidy)
    if desk:
        year, number = (desk[part].translate(LOOK_ALIKE_DIGITS) for part in ("year", "number"))
        return f"{desk['unit']}-{year}-{desk['series']}{number}"
    return tidy.replace("-", "").translate(LOOK_ALIKES)
