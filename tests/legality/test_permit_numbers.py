"""Numbers of permits: what is published is read and explained, what is mistyped says where."""

from collections.abc import Iterator
from datetime import date

import pytest

from berdaya.legality.permit_numbers import FOOD_TYPES, PACKAGING, Reading, read_number

REGIONS = {
    "33": "Jawa Tengah", "53": "Nusa Tenggara Timur", "3306": "Kabupaten Purworejo",
    "5304": "Kabupaten Belu", "5371": "Kota Kupang",
}  # fmt: skip
# As published (domain notes 2.1 to 2.8, 13), with the one spelling in which they are kept.
SAMPLES = [
    ("nib", "1234567890123", "1234567890123"),
    ("nib", "1234 5678 90123", "1234567890123"),
    ("spp_irt", "3063306010072-19", "P-IRT 3063306010072-19"),
    ("spp_irt", "P-IRT 3063306010072-19", "P-IRT 3063306010072-19"),
    ("spp_irt", "PIRT No. 306330601007219", "P-IRT 3063306010072-19"),
    ("spp_irt", "p-irt no 3063306010072 19", "P-IRT 3063306010072-19"),
    ("bpom_md", "BPOM RI MD 123456789012", "BPOM RI MD 123456789012"),
    ("bpom_md", "MD 123456789012345", "BPOM RI MD 123456789012345"),
    ("bpom_md", "ML123456789012", "BPOM RI ML 123456789012"),
    ("halal", "ID33110000662051022", "ID33110000662051022"),
    ("halal", "ID 33110000662051", "ID33110000662051"),
    ("sni", "SNI 01-3542-2004", "SNI 01-3542-2004"),
    ("sni", "SNI 8964:2021", "SNI 8964:2021"),
    ("sni", "SNI 01-2907-2008", "SNI 01-2907-2008"),
    ("merek", "IDM001234567", "IDM001234567"),
    ("merek", "DID2024012345", "DID2024012345"),
    ("ig", "ID G 000 000 014", "ID G 000 000 014"),
    ("ig", "ID G 000000056", "ID G 000 000 056"),
    ("ig", "IDG000000014", "ID G 000 000 014"),
]
GOOD = {
    "nib": "1234567890123", "spp_irt": "2105304010012-29", "bpom_md": "MD 123456789012",
    "halal": "ID53110000662051022", "sni": "SNI 8964:2021", "merek": "IDM001234567",
    "ig": "ID G 000 000 014",
}  # fmt: skip


def read(kind: str, text: str, last_day: date | None = None) -> Reading:
    found = read_number(kind, kind, GOOD[kind], text, REGIONS, last_day)
    assert found is not None
    return found


def codes(kind: str, text: str, last_day: date | None = None) -> list[str]:
    return [one.code for one in read(kind, text, last_day).faults]


@pytest.mark.parametrize(("kind", "text", "kept"), SAMPLES)
def test_what_is_published_is_read_in_one_spelling(kind: str, text: str, kept: str) -> None:
    assert (codes(kind, text), read(kind, text).number) == ([], kept)
    assert read(kind, kept).number == kept


def test_the_published_pirt_is_explained_digit_by_digit() -> None:
    parts = [(one.digits, str(one.meaning)) for one in read("spp_irt", "3063306010072-19").parts]

    assert parts == [
        ("3", "karton atau kertas"), ("06", "tepung dan olahannya"),
        ("3306", "Kabupaten Purworejo"), ("01", ""), ("0072", ""), ("19", "2019"),
    ]  # fmt: skip


def test_a_halal_number_says_its_province() -> None:
    part = read("halal", "ID33110000662051022").parts[0]

    assert (part.digits, part.meaning) == ("33", "Jawa Tengah")


def malformed() -> Iterator[tuple[str, str, str]]:
    """Kind, what was typed, and the one reason that must be given."""
    for kind, good in GOOD.items():
        digits = [at for at, sign in enumerate(good) if sign.isdigit()]
        if kind != "sni":
            for cut in (1, 2, 3):
                shorter = good[: digits[-1] + 1 - cut].rstrip("-")
                if not (kind == "halal" and cut < 4):
                    yield kind, shorter, "number_length"
            for more in ("9", "99999", "0"):
                yield kind, f"{good}{more}" if more != "0" else f"{good}000000", "number_length"
        else:
            yield from ((kind, f"SNI 8964:{year}", "number_length") for year in ("202", "21", "2"))
        for at in (digits[1], digits[len(digits) // 2], digits[-1]):
            for sign in "OILSB#":
                yield kind, f"{good[:at]}{sign}{good[at + 1 :]}", "number_letters"
        if kind not in ("nib", "spp_irt"):
            yield from (
                (kind, f"{start}123456789012", "number_prefix") for start in ("XX ", "NO ", "")
            )
    for sign in "09":
        for tail in ("105304010012-29", "063306010072-31", "155371990001-26"):
            yield "spp_irt", f"{sign}{tail}", "pirt_packaging_unknown"
    for food in ("00", *(str(one) for one in range(16, 100, 4))):
        yield "spp_irt", f"2{food}5304010012-29", "pirt_type_unknown"
    for region in ("0000", "5300", "5399", "9901", "3300", "1234", "5322", "5372", "7777", "8888"):
        yield "spp_irt", f"210{region}010012-29", "pirt_region_unknown"


@pytest.mark.parametrize(("kind", "text", "reason"), sorted(set(malformed())))
def test_what_is_mistyped_is_refused_with_the_right_reason(
    kind: str, text: str, reason: str
) -> None:
    assert codes(kind, text) == [reason]


def test_two_hundred_of_them() -> None:
    years = [(year, last) for year in range(26, 32) for last in range(2026, 2032)]
    differ = [(year, last) for year, last in years if 2000 + year != last]

    for year, last in years:
        found = codes("spp_irt", f"2105304010012-{year}", date(last, 6, 30))
        assert found == (["pirt_year_differs"] if (year, last) in differ else [])
    assert len(set(malformed())) + len(differ) >= 200


def test_every_kind_of_packaging_and_food_is_accepted() -> None:
    for packaging in PACKAGING:
        for food in FOOD_TYPES:
            assert codes("spp_irt", f"{packaging}{food}5371010012-29") == []


def test_a_kind_without_a_shape_of_its_own_is_not_judged() -> None:
    assert read_number("standard", "Sertifikat Standar", "123", "12345678901230001") is None
