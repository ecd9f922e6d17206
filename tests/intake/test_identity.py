"""Who people are never gets past the reading: by header, by content, by echo."""

import pytest

from berdaya.intake.identity import HIDDEN, strip_identity
from berdaya.intake.recognition import Memory, recognise
from berdaya.intake.records import Sheet
from berdaya.intake.rules import may_mean

HEAD = ["No. Kerja", "Nama", "Status", "Data", "Ket."]


def stripped(*rows: list[object], head: list[str] = HEAD) -> tuple[str, list[str]]:
    sheet = Sheet("DAFTAR", [head, *rows])  # type: ignore[list-item]
    clean, left_out = strip_identity([sheet], [recognise(sheet)])
    return str(clean[0].rows[1:]), [item.header for item in left_out]


def test_named_columns_are_left_out() -> None:
    text, headers = stripped(["A-1", "Budi Santoso", "Narapidana", "", ""])

    assert "Budi" not in text
    assert headers == ["Nama"]


def test_columns_are_known_by_their_content() -> None:
    rows = [[f"A-{n}", "", "Narapidana", f"53710{n}0101900001", ""] for n in range(1, 5)]

    text, headers = stripped(*rows)

    assert "0101900001" not in text
    assert "Data" in headers


def test_a_column_of_names_under_a_strange_header_is_left_out() -> None:
    names = ["Yosef Bere Tae", "Maria Hoar", "Petrus Nahak", "Anton Seran", "Lukas Mau Bria"]
    rows = [[f"A-{n}", "", "Narapidana", name, ""] for n, name in enumerate(names)]

    text, headers = stripped(*rows)

    assert not any(name in text for name in names)
    assert "Data" in headers


def test_a_name_repeated_elsewhere_is_hidden() -> None:
    text, _headers = stripped(["A-1", "Budi Santoso", "Narapidana", "", "ganti Budi Santoso 3/9"])

    assert "Budi" not in text
    assert HIDDEN in text


def test_single_numbers_are_hidden_wherever_they_stand() -> None:
    text, _headers = stripped(["A-1", "", "Narapidana", "", "NIK 5371010101900001; B.IIa 12/2026"])

    assert "5371010101900001" not in text
    assert "12/2026" not in text


def test_mapping_an_identity_column_is_refused() -> None:
    assert may_mean("people", "Nama", "note", set()).codes == ("identity_in_workbook",)
    assert may_mean("people", "Data", "note", {"Data"}).codes == ("identity_in_workbook",)
    assert may_mean("sales", "NIK pembeli", "buyer", set()).codes == ("identity_in_workbook",)
    assert may_mean("products", "Nama", "product", set()).ok


def test_memory_does_not_bring_an_identity_column_back() -> None:
    sheet = Sheet("DAFTAR", [HEAD, ["A-1", "Budi Santoso", "Narapidana", "", ""]])
    memory = Memory(fields={("people", "nama"): "note"})

    clean, _left_out = strip_identity([sheet], [recognise(sheet, memory)])

    assert "Budi" not in str(clean[0].rows)


def test_a_name_header_above_merged_cells_is_seen() -> None:
    rows = [["No", "Nama WBP", "", ""], ["No. Kerja", "", "Status", "Bidang"]]
    sheet = Sheet("DAFTAR", [*rows, ["A-1", "Budi Santoso", "Narapidana", "tenun"]])  # type: ignore[list-item]

    clean, left_out = strip_identity([sheet], [recognise(sheet)])

    assert "Budi" not in str(clean[0].rows)
    assert [item.header for item in left_out] == ["Nama WBP"]
    assert clean[0].rows[-1] == ["A-1", "", "Narapidana", "tenun"]


@pytest.mark.parametrize(
    "names",
    [
        ["Yosef", "Suharto", "Petrus", "Lukas", "Anton"],
        ["Yosef Bere, S.Pd", "Siti (Ani)", "Petrus-Nahak Tae", "José Seran", "Lukas/Luk Mau"],
    ],
)
def test_single_and_decorated_names_are_left_out(names: list[str]) -> None:
    rows = [[f"A-{n}", "", "Narapidana", name, ""] for n, name in enumerate(names)]

    text, _headers = stripped(*rows)

    assert not any(name in text for name in names)


@pytest.mark.parametrize("header", ["Pengrajin", "Dikerjakan oleh", "WBP", "Nama penenun"])
def test_makers_of_a_batch_are_left_out(header: str) -> None:
    head = ["Tgl", "Kode", "Produk", "Hasil", header]
    sheet = Sheet("HASIL", [head, ["3/9/2026", "T1", "Selendang", 3.0, "Yosef Bere"]])  # type: ignore[list-item]

    clean, _left_out = strip_identity([sheet], [recognise(sheet)])

    assert clean[0].rows[1] == ["3/9/2026", "T1", "Selendang", 3.0, ""]


@pytest.mark.parametrize(
    "number", ["5371 0101 0190 0001", "5371-0101-0190-0001", "53.71.01.010190.0001"]
)
def test_numbers_in_groups_are_hidden(number: str) -> None:
    text, _headers = stripped(
        ["A-1", "", "Narapidana", "", f"NIK {number}"], ["A-2", "", "Narapidana", "", "baik"],
        ["A-3", "", "Narapidana", "", "baik"],
    )  # fmt: skip

    assert number not in text
    assert "baik" in text


def test_a_single_word_of_a_guessed_column_is_not_hidden_elsewhere() -> None:
    people = [HEAD, *([f"A-{n}", "", "Narapidana", w, ""] for n, w in enumerate(
        ["Mawar", "Melati", "Kenanga", "Dahlia", "Anggrek"]))]  # fmt: skip
    goods = [["Produk", "Harga"], ["Sabun Mawar", 9_000.0]]
    sheets = [Sheet("DAFTAR", people), Sheet("HARGA", goods)]  # type: ignore[arg-type]

    clean, _left_out = strip_identity(sheets, [recognise(one) for one in sheets])

    assert clean[1].rows[1][0] == "Sabun Mawar"
