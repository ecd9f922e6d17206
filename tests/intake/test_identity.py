"""Who people are never gets past the reading: by header, by content, by echo."""

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
