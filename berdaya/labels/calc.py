"""What a label is reckoned from: numbers with their check digit, bars, allergens, words of food."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

# GS1: numbers that mean something within one company only (domain 8.1).
RESTRICTED = re.compile(r"0[24]|2\d")
OURS = "20"
# EAN-13 by GS1 General Specifications 5.2: seven modules a digit, in three sets.
_ODD = (
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
)
_RIGHT = ["".join("10"[int(bit)] for bit in code) for code in _ODD]
_EVEN = [code[::-1] for code in _RIGHT]
_PARITY = (
    *("OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE"),
    *("OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"),
)
MODULES = 95
QUIET_LEFT, QUIET_RIGHT = 11, 7
WHOLE = MODULES + QUIET_LEFT + QUIET_RIGHT


def check_digit(digits: str) -> str:
    """The GS1 check digit of the digits before it: from the right, weights 3, 1, 3, 1 …"""
    weighted = (int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-sum(weighted) % 10)


def is_number(text: str) -> bool:
    """Whether these are 13 digits that end with their check digit."""
    return bool(re.fullmatch(r"\d{13}", text, re.A)) and check_digit(text[:-1]) == text[-1]


def is_restricted(number: str) -> bool:
    """Prefixes 02, 04 and 20–29: for a shop's own use, never for outside retail (domain 8.1)."""
    return bool(RESTRICTED.match(number))


def own_number(serial: int) -> str:
    """The restricted number of a running number; ValueError beyond ten digits."""
    if not 0 < serial < 10**10:
        raise ValueError(f"no number {serial}")
    digits = f"{OURS}{serial:010d}"
    return digits + check_digit(digits)


def tidy_number(text: str) -> str:
    """Digits alone; the 14 of a GTIN-14 that only pads a GTIN-13 become 13."""
    digits = re.sub(r"[\s.-]", "", text)
    return digits[1:] if re.fullmatch(r"0\d{13}", digits, re.A) else digits


def number_says(number: str) -> str | Promise:
    """What the first digits tell, and what they do not (domain 8.1)."""
    if is_restricted(number):
        return _lazy("Nomor toko sendiri: hanya untuk toko dan stan kita.")
    if number.startswith("899"):
        return _lazy("899: diterbitkan GS1 Indonesia. Tidak mengatakan asal barangnya.")
    return _lazy("Diterbitkan GS1 negara lain. Tidak mengatakan asal barangnya.")


@dataclass(frozen=True)
class Bar:
    """A black bar: where it begins and how wide it is, in modules; guards reach further down."""

    start: int
    width: int
    is_guard: bool


def modules_of(number: str) -> str:
    """The 95 modules of an EAN-13, 1 is black. ValueError for what is no such number."""
    if not is_number(number):
        raise ValueError("no EAN-13")
    parity, left, right = _PARITY[int(number[0])], number[1:7], number[7:]
    first = "".join(
        (_ODD if which == "O" else _EVEN)[int(digit)]
        for which, digit in zip(parity, left, strict=True)
    )
    return f"101{first}01010{''.join(_RIGHT[int(digit)] for digit in right)}101"


def bars_of(number: str) -> list[Bar]:
    """The 30 bars of an EAN-13, from the left."""
    modules = modules_of(number)
    found = re.finditer("1+", modules)
    return [Bar(one.start(), len(one[0]), _is_guard(one.start())) for one in found]


def _is_guard(start: int) -> bool:
    return start < 3 or 45 <= start < 50 or start >= 92


# Words of allergens as they stand on Indonesian labels (PerBPOM 31/2018, Codex STAN 1-1985 4.2.1.4;
# the list's edges to be confirmed). Longer words first, so that "susu kedelai" is one.
ALLERGENS: dict[str, tuple[str, ...]] = {
    "gluten": ("terigu", "gandum", "barley", "rye", "oat", "wheat", "gluten", "flour"),
    "crustacean": ("udang", "kepiting", "rajungan", "lobster", "ebi", "terasi", "shrimp", "crab"),
    "egg": ("telur", "egg", "eggs"),
    "fish": ("ikan", "teri", "tuna", "tongkol", "cakalang", "fish", "anchovy"),
    "peanut": ("kacang tanah", "peanut", "peanuts"),
    "soy": ("susu kedelai", "kedelai", "kedele", "tempe", "tahu", "kecap", "soy", "soybean",
            "soybeans", "tempeh"),
    "milk": ("susu", "keju", "mentega", "krim", "krimer", "laktosa", "whey", "milk", "cheese",
             "butter", "cream", "creamer"),
    "nut": ("kacang mete", "mete", "kenari", "almond", "hazelnut", "kacang pohon", "cashew",
            "cashews", "canarium"),
    "sulphite": ("sulfit", "sulphite", "sulfite"),
}  # fmt: skip
ALLERGEN_NAMES: dict[str, tuple[str, str]] = {
    "gluten": ("gandum (gluten)", "wheat (gluten)"),
    "crustacean": ("udang-udangan", "crustaceans"),
    "egg": ("telur", "egg"),
    "fish": ("ikan", "fish"),
    "peanut": ("kacang tanah", "peanut"),
    "soy": ("kedelai", "soy"),
    "milk": ("susu", "milk"),
    "nut": ("kacang pohon", "tree nuts"),
    "sulphite": ("sulfit", "sulphites"),
}
# "susu kelapa" and the like name no milk: what is said here is nobody's allergen.
_NONE = r"susu kelapa|coconut milk|krim kelapa|coconut cream"
_PORK = r"babi|pork|lard|bacon|ham|porcine"
_ANIMAL = (
    r"gelatin|kolagen|collagen|lemak hewani|shortening|emulsi\w*|kaldu|rennet|lesitin|lecithin"
)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WORDS = re.compile(
    rf"\*(?P<marked>[^*]+)\*|\b(?P<none>{_NONE})\b|"
    + "|".join(rf"\b(?P<{code}>{_any_of(words)})\b" for code, words in ALLERGENS.items()),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    """A piece of a text, and whether it is set in bold."""

    text: str
    is_bold: bool


def marked(text: str) -> list[Words]:
    """The text with allergens in bold; what stands between two stars is bold too."""
    found: list[Words] = []
    end = 0
    for one in _WORDS.finditer(text):
        if one["none"]:
            continue
        found += [Words(text[end : one.start()], False), Words(one["marked"] or one[0], True)]
        end = one.end()
    found.append(Words(text[end:], False))
    return [words for words in found if words.text]


def allergens_in(text: str) -> list[str]:
    """Codes of ALLERGENS that the text names, in their order; a marked word is its own."""
    codes = {one.lastgroup for one in _WORDS.finditer(text.replace("*", ""))}
    return [code for code in ALLERGENS if code in codes]


def names_pork(text: str) -> bool:
    """Whether a text names pork (a first sieve, not a proof)."""
    return bool(re.search(rf"\b({_PORK})\b", text, re.IGNORECASE))


def names_animal_part(text: str) -> bool:
    """Whether an ingredient is named whose animal or plant origin belongs on the label.

    PerBPOM 31/2018, "asal usul bahan pangan tertentu"; the list is to be confirmed.
    """
    return bool(re.search(rf"\b({_ANIMAL})\b", text, re.IGNORECASE))


def best_before(made_on: date, expires_on: date | None, shelf_life_days: int | None) -> date | None:
    """The lot's own day, else its making plus the variant's shelf life."""
    if expires_on is not None:
        return expires_on
    return made_on + timedelta(days=shelf_life_days) if shelf_life_days else None
