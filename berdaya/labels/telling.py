"""The words of a label, line by line, from what is known of a lot: pure, frozen when printed."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from berdaya.labels import calc
from berdaya.labels.words import CARE, FIBRES, Kind, Speech

NOT_HALAL, PORK = "TIDAK HALAL", "MENGANDUNG BABI"


@dataclass(frozen=True)
class Subject:
    """Everything that a label may say. Names as (Indonesian, English); days are days.

    `permits`: numbers as they are printed. `halal_no`: the certificate's, never the KH number.
    `claims`: motif and indication, only where they are lawful.
    """

    kind: str
    name: tuple[str, str]
    net: str
    producer: str
    place: str
    lot_code: str
    made_on: date
    best_before: date | None
    permits: tuple[str, ...] = ()
    halal: str = "unknown"
    halal_no: str = ""
    ingredients: tuple[str, str] = ("", "")
    storage: tuple[str, str] = ("", "")
    origin: tuple[str, str] = ("", "")
    has_pork: bool = False
    composition: tuple[tuple[str, int], ...] = ()
    material: tuple[str, str] = ("", "")
    size: str = ""
    care: tuple[str, ...] = ()
    care_note: tuple[str, str] = ("", "")
    claims: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """One line: what stands before the colon, and its pieces."""

    head: str
    parts: tuple[calc.Words, ...]
    is_strong: bool = False


@dataclass(frozen=True)
class Told:
    """A label in words. `care`: codes and their words."""

    name: str
    name_en: str
    warning: str
    lines: tuple[Line, ...]
    care: tuple[tuple[str, str], ...] = field(default=())

    def as_frozen(self) -> dict[str, Any]:
        """As it is kept with a printing."""
        return asdict(self)


def tell(subject: Subject, speech: str) -> Told:
    """The label in Indonesian, and in English beside it where `speech` says so."""
    both = speech == Speech.BOTH
    body = {Kind.FOOD: _food, Kind.TEXTILE: _textile, Kind.GOODS: _goods}.get(Kind(subject.kind))
    lines = [
        *(body(subject, both) if body else ()), *_origin(subject, both), *_common(subject, both)
    ]  # fmt: skip
    care = [(code, _care_words(code, both)) for code in subject.care]
    return Told(
        name=_held(subject.name[0]),
        name_en=_held(subject.name[1]) if both else "",
        warning=_warning(subject),
        lines=tuple(line for line in lines if any(one.text for one in line.parts)),
        care=tuple(care),
    )


def _line(head: str, text: str, *, is_strong: bool = False) -> Line:
    return Line(head, (calc.Words(_held(text), False),), is_strong)


def _held(text: str) -> str:
    """A number stays with its unit: `40 × 180 cm` is never broken over two lines."""
    return re.sub(r"(?<=\d) (?=(×|cm|mm|m|g|kg|ml|L)\b|×)|(?<=×) (?=\d)", "\u00a0", text)


def _head(head: str, head_en: str, both: bool) -> str:
    return f"{head} / {head_en}" if both else head


def _net(subject: Subject, both: bool) -> Line:
    """What is poured has a volume, what is weighed a weight (PP 69/1999 article 23)."""
    is_volume = subject.net.endswith((" ml", " L"))
    names = ("Isi bersih", "Net volume") if is_volume else ("Berat bersih", "Net weight")
    return _line(_head(*names, both), subject.net, is_strong=True)


def _best_before(subject: Subject, both: bool) -> Iterable[Line]:
    if subject.best_before is not None:
        words = _head("Baik digunakan sebelum", "Best before", both)
        yield _line(words, _day(subject.best_before), is_strong=True)


def _pair(head: str, head_en: str, words: tuple[str, str], both: bool) -> Iterable[Line]:
    yield _line(head, words[0])
    if both and words[1]:
        yield _line(head_en, words[1])


def _warning(subject: Subject) -> str:
    """Said in words where a product is declared not halal; an exempt one claims nothing."""
    if subject.kind != Kind.FOOD or subject.halal != "not_halal":
        return ""
    has_pork = subject.has_pork or calc.names_pork(subject.ingredients[0])
    return f"{NOT_HALAL} · {PORK}" if has_pork else NOT_HALAL


def _food(subject: Subject, both: bool) -> Iterable[Line]:
    yield _net(subject, both)
    yield Line("Komposisi", tuple(calc.marked(subject.ingredients[0])))
    if both and subject.ingredients[1]:
        yield Line("Ingredients", tuple(calc.marked(subject.ingredients[1])))
    yield _line(_head("Mengandung alergen", "Contains", both), _allergens(subject, both))
    yield from _pair("Simpan", "Storage", subject.storage, both)
    yield from _best_before(subject, both)
    if subject.halal == "certified" and subject.halal_no:
        yield _line("Halal", subject.halal_no)


def _allergens(subject: Subject, both: bool) -> str:
    names = [calc.ALLERGEN_NAMES[code] for code in calc.allergens_in(subject.ingredients[0])]
    return ", ".join(f"{name} / {english}" if both else name for name, english in names)


def _textile(subject: Subject, both: bool) -> Iterable[Line]:
    yield _line(_head("Serat", "Fibre", both), _fibres(subject.composition, both))
    yield _line(_head("Ukuran", "Size", both), subject.size)
    yield from (_line(head, text) for head, text in subject.claims)
    yield from _pair("Perawatan", "Care", subject.care_note, both)


def _fibres(composition: tuple[tuple[str, int], ...], both: bool) -> str:
    shares = sorted(composition, key=lambda one: -one[1])
    return ", ".join(f"{_percent(share)} {_fibre(code, both)}" for code, share in shares)


def _fibre(code: str, both: bool) -> str:
    name, english = FIBRES[code]
    return f"{name} / {english}" if both and name != english else name


def _percent(share_bp: int) -> str:
    return f"{share_bp / 100:g}%".replace(".", ",")


def _goods(subject: Subject, both: bool) -> Iterable[Line]:
    yield from _pair("Bahan", "Material", subject.material, both)
    yield _net(subject, both)
    yield _line(_head("Ukuran", "Size", both), subject.size)
    yield from (_line(head, text) for head, text in subject.claims)
    yield from _pair("Perawatan", "Care", subject.care_note, both)
    yield from _best_before(subject, both)


def _origin(subject: Subject, both: bool) -> Iterable[Line]:
    if subject.kind == Kind.FRESH:
        yield _net(subject, both)
        yield from _pair("Simpan", "Storage", subject.storage, both)
    yield from _pair("Asal bahan", "Origin of material", subject.origin, both)


def _common(subject: Subject, both: bool) -> Iterable[Line]:
    """Who answers for it and where it was made: never hidden, never a maker's name."""
    yield _line(_head("Diproduksi oleh", "Produced by", both), subject.producer)
    yield _line(_head("Dibuat di", "Made at", both), subject.place)
    yield _line("", " · ".join(subject.permits))
    is_fresh = subject.kind == Kind.FRESH
    made = _head("Dipanen", "Harvested", both) if is_fresh else _head("Dibuat", "Made", both)
    yield _line(made, f"{_day(subject.made_on)} · kode\u00a0{subject.lot_code}")


def _care_words(code: str, both: bool) -> str:
    one = CARE[code]
    return f"{one.name} / {one.name_en}" if both else one.name


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
