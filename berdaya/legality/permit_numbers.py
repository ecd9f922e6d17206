"""What a permit's number says: read and explained, or refused with the reason why it cannot be.

Shapes and digits as BPOM, BPJPH, OSS, BSN and DJKI publish them (domain 2.1 to 2.8). A P-IRT alone
is judged digit by digit; of the others the digits inside are told where their meaning is known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason

Text = str | Promise

number_letters = declare_reason(
    "number_letters",
    _lazy("Nomor %(kind)s ini memuat tanda yang bukan miliknya: %(signs)s."),
    next_step=_lazy("Salin lagi dari sertifikatnya; bentuknya seperti %(example)s."),
)
number_length = declare_reason(
    "number_length",
    _lazy("Nomor %(kind)s punya %(needed)s angka; yang diketik %(found)s."),
    next_step=_lazy("Hitung lagi angkanya; bentuknya seperti %(example)s."),
)
number_prefix = declare_reason(
    "number_prefix",
    _lazy("Nomor %(kind)s diawali %(prefix)s."),
    next_step=_lazy("Periksa jenis izinnya; bentuknya seperti %(example)s."),
)
pirt_packaging_unknown = declare_reason(
    "pirt_packaging_unknown",
    _lazy("Angka pertama P-IRT adalah jenis kemasan, 1 sampai 8; di sini %(digits)s."),
    next_step=_lazy("Salin lagi dari sertifikatnya."),
)
pirt_type_unknown = declare_reason(
    "pirt_type_unknown",
    _lazy("Angka kedua dan ketiga P-IRT adalah jenis pangan, 01 sampai 15; di sini %(digits)s."),
    next_step=_lazy("Salin lagi dari sertifikatnya."),
)
pirt_region_unknown = declare_reason(
    "pirt_region_unknown",
    _lazy(
        "Angka keempat sampai ketujuh P-IRT adalah kode kabupaten atau kota; %(digits)s tidak ada."
    ),
    next_step=_lazy("Salin lagi dari sertifikatnya."),
)
pirt_year_differs = declare_reason(
    "pirt_year_differs",
    _lazy("Menurut dua angka terakhirnya P-IRT ini habis tahun %(year)s, menurut catatan %(day)s."),
    next_step=_lazy("Periksa nomornya dan tanggal habisnya; salah satu keliru."),
)

PACKAGING = {
    "1": _lazy("gelas"), "2": _lazy("plastik"), "3": _lazy("karton atau kertas"),
    "4": _lazy("kaleng"), "5": _lazy("aluminium foil"), "6": _lazy("lain-lain, misalnya daun"),
    "7": _lazy("komposit"), "8": _lazy("ganda"),
}  # fmt: skip
# 03 to 15 are to be compared with the annex in force (perlu konfirmasi).
FOOD_TYPES = {
    "01": _lazy("olahan daging kering"), "02": _lazy("olahan ikan"), "03": _lazy("olahan unggas"),
    "04": _lazy("olahan sayur"), "05": _lazy("olahan kelapa"), "06": _lazy("tepung dan olahannya"),
    "07": _lazy("minyak dan lemak"), "08": _lazy("selai, jeli dan sejenisnya"),
    "09": _lazy("gula, permen, madu"), "10": _lazy("kopi dan teh kering"), "11": _lazy("bumbu"),
    "12": _lazy("rempah"), "13": _lazy("minuman serbuk"), "14": _lazy("olahan buah"),
    "15": _lazy("biji, kacang dan umbi"),
}  # fmt: skip
PIRT = "spp_irt"
HALAL = "halal"


@dataclass(frozen=True)
class Part:
    """Some digits of a number, what they are for, and what they say."""

    digits: str
    name: Text
    meaning: Text = ""


@dataclass(frozen=True)
class Reading:
    """A number in its one spelling, its parts, and why it cannot be."""

    number: str
    parts: tuple[Part, ...] = ()
    faults: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.faults)


@dataclass(frozen=True)
class Shape:
    """How numbers of a kind are built: what they begin with, how many digits follow.

    `prefix` matches the beginning in any spelling, `said` is how a page names it, `written` its one
    spelling.
    """

    prefix: str
    said: str
    written: str
    lengths: tuple[int, ...]


SHAPES = {
    "nib": Shape("", "", "", (13,)),
    PIRT: Shape(r"(P-?IRT(\s*NO\.?)?)?", "P-IRT", "P-IRT ", (15,)),
    "bpom_md": Shape(r"(BPOM\s*RI\s*)?M[DL]", "MD / ML", "", (12, 15)),
    HALAL: Shape("ID", "ID", "ID", tuple(range(14, 18))),
    "merek": Shape("IDM", "IDM", "IDM", (9,)),
    "ig": Shape(r"ID\s*G", "ID G", "ID G ", (9,)),
}
BETWEEN = re.compile(r"[\s.\-/]")


def read_number(
    kind: str,
    label: str,
    example: str,
    text: str,
    regions: Mapping[str, str] | None = None,
    last_day: date | None = None,
) -> Reading | None:
    """What a number of this kind says; None for a kind whose numbers have no shape of their own.

    `label` and `example` are the kind's, for what is said of a fault. `regions`: two digits of a
    province and four of a regency -> its name. `last_day`: when the record says it ends.
    """
    words = " ".join(text.upper().split())
    if kind == "sni":
        return _sni(label, example, words)
    if kind == "merek" and (found := re.fullmatch(r"(?!IDM)([A-Z]{3})(\d{10,})", words)):
        return Reading(words, (Part(found[1], _lazy("permohonan, belum terdaftar")),))
    shape = SHAPES.get(kind)
    if shape is None:
        return None
    begins = re.match(shape.prefix, words)
    if begins is None or (shape.prefix and not begins[0] and not words[:1].isdigit()):
        return _fault(words, number_prefix, label, example, prefix=shape.said)
    digits = BETWEEN.sub("", words[begins.end() :])
    if signs := sorted(set(re.sub(r"\d", "", digits))):
        return _fault(words, number_letters, label, example, signs=" ".join(signs))
    if len(digits) not in shape.lengths:
        needed = _span(shape.lengths)
        return _fault(words, number_length, label, example, needed=needed, found=len(digits))
    if kind == PIRT:
        return _pirt(digits, regions, last_day)
    return Reading(_spelt(kind, shape, begins[0], digits), tuple(_parts(kind, digits, regions)))


def _fault(words: str, reason: object, label: str, example: str, **facts: object) -> Reading:
    made = reason(kind=label, example=example, **facts)  # type: ignore[operator]
    return Reading(words, faults=(made,))


def _span(lengths: tuple[int, ...]) -> str:
    """13; 12 / 15; 14–17."""
    if len(lengths) > 2:
        return f"{lengths[0]}–{lengths[-1]}"
    return " / ".join(map(str, lengths))


def _spelt(kind: str, shape: Shape, begins: str, digits: str) -> str:
    if kind == "bpom_md":
        return f"BPOM RI {begins[-2:]} {digits}"
    if kind == "ig":
        return f"{shape.written}{digits[:3]} {digits[3:6]} {digits[6:]}"
    return f"{shape.written}{digits}"


def _parts(kind: str, digits: str, regions: Mapping[str, str] | None) -> list[Part]:
    """What is known of the digits of other kinds; nothing of it is ever refused."""
    if kind == "halal" and regions is not None:
        return [Part(digits[:2], _lazy("provinsi"), regions.get(digits[:2], ""))]
    if kind == "bpom_md":
        return [Part(digits[0], _lazy("kemasan")), Part(digits[1:4], _lazy("jenis pangan"))]
    return []


def _sni(label: str, example: str, words: str) -> Reading:
    found = re.fullmatch(r"SNI\s?([\d-]+)[-:](\d{4})", words)
    if found:
        parts = (Part(found[1], _lazy("nomor standar")), Part(found[2], _lazy("tahun standar")))
        return Reading(words, parts)
    if not words.startswith("SNI"):
        return _fault(words, number_prefix, label, example, prefix="SNI")
    if signs := sorted(set(re.sub(r"[\d\s:-]", "", words[3:]))):
        return _fault(words, number_letters, label, example, signs=" ".join(signs))
    year = re.split(r"[-:]", words[3:].strip())[-1]
    return _fault(words, number_length, label, example, needed="4", found=len(year))


def _pirt(digits: str, regions: Mapping[str, str] | None, last_day: date | None) -> Reading:
    packaging, food, region = digits[0], digits[1:3], digits[3:7]
    year = 2000 + int(digits[13:])
    faults = []
    if packaging not in PACKAGING:
        faults.append(pirt_packaging_unknown(digits=packaging))
    if food not in FOOD_TYPES:
        faults.append(pirt_type_unknown(digits=food))
    if regions is not None and region not in regions:
        faults.append(pirt_region_unknown(digits=region))
    if last_day is not None and last_day.year != year:
        faults.append(pirt_year_differs(year=year, day=last_day.strftime("%d-%m-%Y")))
    parts = (
        Part(packaging, _lazy("kemasan"), PACKAGING.get(packaging, "")),
        Part(food, _lazy("jenis pangan"), FOOD_TYPES.get(food, "")),
        Part(region, _lazy("kabupaten atau kota"), (regions or {}).get(region, "")),
        Part(digits[7:9], _lazy("urutan produk pada produsennya")),
        Part(digits[9:13], _lazy("urutan produsen di kabupaten atau kotanya")),
        Part(digits[13:], _lazy("tahun habis"), str(year)),
    )
    return Reading(f"P-IRT {digits[:13]}-{digits[13:]}", parts, tuple(faults))
