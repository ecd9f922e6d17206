"""Labels on paper, read back: bars and QR at a thermal printer's dots, words, sizes, cells."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import typst
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from berdaya.labels import calc, prints
from berdaya.labels.layouts import (
    FOOD_LEAST_PT,
    LAYOUTS,
    LEAST_X_MM,
    POINT_MM,
    X_OF_SIZE,
    Layout,
    sheets_for,
    sizes,
)
from berdaya.labels.prints import Fit, Sheet
from berdaya.labels.telling import Subject, tell
from berdaya.look import paper

THERMAL_PPI = 203
ORIGIN = "https://berdaya.contoh.go.id/asal/K7QMXW4TPRH3"
GTIN = "8990000000013"
BASKET = Subject(
    kind="goods", name=("Keranjang contoh", "Sample basket"), net="", producer="",
    place="Lapas Kelas IIB Atambua, Belu, NTT", lot_code="LP-ATB-26-L0001",
    made_on=date(2026, 11, 12), best_before=None, material=("Lontar", "Lontar"), size="30 × 25 cm",
    care_note=("Lap kering", ""),
)  # fmt: skip
COFFEE = Subject(
    kind="food", name=("Kopi bubuk contoh", "Sample ground coffee"), net="200 g",
    producer="Koperasi Contoh Atambua", place="Lapas Kelas IIB Atambua, Belu, NTT",
    lot_code="LP-ATB-26-L0002", made_on=date(2026, 11, 12), best_before=date(2027, 8, 9),
    permits=("P-IRT 2105304010012-29",), halal="certified", halal_no="ID53110000662051022",
    ingredients=("Biji kopi arabika 100%", "100% arabica"), storage=("Tempat kering", ""),
)  # fmt: skip


def sheet(subject: Subject, layout: Layout, number: str = GTIN, speech: str = "id") -> Sheet:
    told = tell(subject, speech)
    return Sheet(told, ORIGIN, "LP-ATB", number, layout, is_food=subject.kind == "food")


def pages(one: Sheet, fitted: Fit, copies: int, first: int = 1, ppi: float = THERMAL_PPI) -> Any:
    """The printed pages as a printer of so many dots an inch lays them down."""
    data = prints.print_data(one, fitted, copies, first) | {"motif": "<svg/>"}
    data["motif"] = paper.motif.paper_strip_svg("LP-ATB")
    drawn = typst.compile(
        paper.ROOMS / "labels/typst/label.typ", root=paper.ROOMS, format="png", ppi=ppi,
        sys_inputs={"data": json.dumps(data, default=str)}, ignore_system_fonts=True,
    )  # fmt: skip
    return [Image.open(BytesIO(page)) for page in (drawn if isinstance(drawn, list) else [drawn])]


def read(picture: Any) -> dict[str, str]:
    """Format and text of every code in a picture."""
    return {str(one.format): one.text for one in zxingcpp.read_barcodes(picture)}


def in_black_and_white(picture: Any) -> Any:
    """A thermal head knows no grey."""
    return picture.convert("L").point(lambda grey: 255 if grey > 127 else 0)


@pytest.mark.parametrize("code", list(LAYOUTS))
@pytest.mark.parametrize("number", [GTIN, calc.own_number(4711)])
def test_bars_and_qr_are_read_back_from_every_paper(code: str, number: str) -> None:
    subject = BASKET if code in ("a4-24", "t50x30") else COFFEE
    layout = LAYOUTS[code]
    one = sheet(subject, layout, number)
    fitted = prints.fit(one, "own")
    assert fitted is not None

    (page,) = pages(one, fitted, 1)
    found = read(in_black_and_white(page))

    assert ORIGIN in found.values()
    assert fitted.with_bars == (code != "t50x30")
    if fitted.with_bars:
        assert found["EAN-13"] == number


@settings(max_examples=25)
@given(st.text("0123456789", min_size=12, max_size=12))
def test_every_number_is_read_back_as_itself(digits: str) -> None:
    number = digits + calc.check_digit(digits)
    one = sheet(BASKET, LAYOUTS["r58"], number)

    (page,) = pages(one, Fit(8, with_bars=True), 1)

    assert number in {text.rjust(13, "0") for text in read(in_black_and_white(page)).values()}


def test_a_sheet_begun_at_a_later_label_leaves_the_first_ones_alone() -> None:
    layout = LAYOUTS["a4-24"]
    one = sheet(BASKET, layout)

    printed = pages(one, Fit(6.5, with_bars=True), 20, first=7)

    assert len(printed) == 2
    first, second = (zxingcpp.read_barcodes(page) for page in printed)
    origins = [sum(code.text == ORIGIN for code in found) for found in (first, second)]
    assert origins == [18, 2]
    dots = THERMAL_PPI / 25.4
    begins = (layout.top + 2 * layout.height) * dots
    assert min(code.position.top_left.y for code in first) > begins
    used = printed[0].convert("L").crop((0, 0, int(210 * dots), int(begins)))
    assert used.getextrema() == (255, 255)


@pytest.mark.parametrize("code", [code for code, one in LAYOUTS.items() if one.is_sheet])
def test_labels_of_a_sheet_stand_inside_a4(code: str) -> None:
    one = LAYOUTS[code]

    right = one.left + one.columns * one.width + (one.columns - 1) * one.gap_x
    bottom = one.top + one.rows * one.height

    assert right <= 210
    assert 297 - bottom == pytest.approx(one.top, abs=0.01)
    assert 210 - right == pytest.approx(one.left, abs=0.01)


def test_thermal_paper_has_one_label_a_page_of_its_own_size() -> None:
    one = sheet(BASKET, LAYOUTS["t50x30"], "")

    read_back = PdfReader(BytesIO(prints.labels_pdf(one, Fit(6, with_bars=False), 3)))

    assert len(read_back.pages) == 3
    box = read_back.pages[0].mediabox
    assert float(box.width) * POINT_MM == pytest.approx(50, abs=0.1)
    assert float(box.height) * POINT_MM == pytest.approx(30, abs=0.1)


@given(st.integers(1, 500), st.integers(1, 24), st.sampled_from([1, 8, 14, 24]))
def test_sheets_hold_every_label_once(copies: int, first: int, a_sheet: int) -> None:
    first = min(first, a_sheet)

    found = sheets_for(copies, first, a_sheet)

    assert sum(count for _begun, count in found) == copies
    assert found[0][0] == first
    assert all(begun == 1 for begun, _count in found[1:])
    assert all(begun + count - 1 == a_sheet for begun, count in found[:-1])


def test_many_sheets_are_all_in_the_file() -> None:
    one = sheet(BASKET, LAYOUTS["a4-24"])

    pdf = PdfReader(BytesIO(prints.labels_pdf(one, Fit(6.5, with_bars=True), 60, first=23)))

    told = [page.extract_text().count("LP-ATB-26-L0001") for page in pdf.pages]
    assert told == [2, 24, 24, 10]


def test_the_same_label_is_the_same_file() -> None:
    one = sheet(COFFEE, LAYOUTS["a4-8"])

    first, second = (prints.labels_pdf(one, Fit(8, with_bars=True), 8) for _n in range(2))

    assert first == second


def test_words_of_a_food_label_are_all_on_the_paper() -> None:
    one = sheet(COFFEE, LAYOUTS["t100x150"], speech="both")
    fitted = prints.fit(one, "own")
    assert fitted is not None

    pdf = prints.labels_pdf(one, fitted, 1)
    words = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())

    for told in (
        "Kopi bubuk contoh", "Berat bersih / Net weight: 200 g",
        "Komposisi: Biji kopi arabika 100%",
        "Ingredients: 100% arabica", "Halal: ID53110000662051022", "P-IRT 2105304010012-29",
        "09-08-2027", "Produced by: Koperasi Contoh Atambua", "Made at: Lapas Kelas IIB",
        "LP-ATB-26-L0002", "12-11-2026",
    ):  # fmt: skip
        assert told in words, told


def test_letters_of_food_are_never_smaller_than_a_millimetre() -> None:
    (x_height,) = typst_numbers(
        'measure(text(font: "Libertinus Serif", size: 100pt,'
        ' top-edge: "x-height", bottom-edge: "baseline")[x]).height / 1pt'
    )

    assert x_height / 100 == pytest.approx(X_OF_SIZE, abs=0.001)
    for layout in LAYOUTS.values():
        assert min(sizes(layout, is_food=True)) * POINT_MM * x_height / 100 >= LEAST_X_MM
    assert FOOD_LEAST_PT * POINT_MM * X_OF_SIZE < LEAST_X_MM * 1.02


def typst_numbers(code: str) -> list[float]:
    """What Typst reckons itself."""
    source = f"#context [#metadata(({code},)) <told>]".encode()
    found = typst.query(source, "<told>", field="value", one=True, ignore_system_fonts=True)
    return json.loads(found) if isinstance(found, str) else list(found)


def test_what_does_not_fit_is_not_squeezed_and_a_larger_paper_is_found() -> None:
    one = sheet(COFFEE, LAYOUTS["t50x30"])

    assert prints.fit(one, "own") is None
    other = prints.other_paper(one, "own")
    assert other is not None
    fitted = prints.fit(Sheet(one.told, ORIGIN, "LP-ATB", GTIN, other, is_food=True), "own")
    assert fitted is not None
    assert fitted.size >= FOOD_LEAST_PT


def test_bars_give_way_in_our_own_shop_but_not_outside() -> None:
    one = sheet(BASKET, LAYOUTS["t50x30"])

    own, outside = prints.fit(one, "own"), prints.fit(one, "outside")

    assert own is not None
    assert not own.with_bars
    assert outside is None


def test_a_text_too_long_for_any_paper_still_fits_a_roll() -> None:
    long = Subject(**{**COFFEE.__dict__, "ingredients": ("gula, " * 600, "")})

    one = sheet(long, LAYOUTS["t100x150"])

    assert prints.fit(sheet(long, LAYOUTS["a4-8"]), "own") is None
    assert prints.fit(sheet(long, LAYOUTS["r58"]), "own") is not None
    assert prints.other_paper(one, "own") is not None


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({"halal": "not_halal", "has_pork": True}, "TIDAK HALAL · MENGANDUNG BABI"),
        ({"halal": "not_halal", "ingredients": ("Babi", "")}, "TIDAK HALAL · MENGANDUNG BABI"),
        ({"halal": "not_halal"}, "TIDAK HALAL"),
        ({"halal": "exempt"}, ""),
        ({"halal": "unknown"}, ""),
        ({"halal": "certified"}, ""),
    ],
)  # fmt: skip
def test_a_label_says_not_halal_where_it_was_declared_and_claims_nothing_else(
    change: dict[str, Any], warning: str
) -> None:
    told = tell(Subject(**{**COFFEE.__dict__, "halal_no": "", **change}), "id")

    assert told.warning == warning
    assert not any(line.head == "Halal" for line in told.lines)


def test_cloth_says_fibres_in_falling_order_with_size_and_claims() -> None:
    cloth = Subject(
        **{**BASKET.__dict__, "kind": "textile", "size": "40 × 180 cm", "care": ("wash_hand",),
           "composition": (("rayon", 3750), ("cotton", 6250)),
           "claims": (("Motif", "Buna (Belu)"),)}
    )  # fmt: skip

    told = tell(cloth, "both")
    lines = {line.head: line.parts[0].text for line in told.lines}

    assert lines["Serat / Fibre"] == "62,5% katun / cotton, 37,5% rayon (viskosa) / rayon (viscose)"
    assert lines["Motif"] == "Buna (Belu)"
    assert lines["Dibuat di / Made at"] == BASKET.place
    assert told.care == (("wash_hand", "Cuci tangan / Hand wash"),)
