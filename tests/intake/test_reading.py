"""Files that are no workbook, or a dangerous one, get one clear reason each."""

import io
import zipfile

import pytest
import xlsxwriter

from berdaya.core.verdicts import Refused
from berdaya.intake import reading
from berdaya.intake.reading import read_workbook


def code_of(data: bytes, name: str = "buku.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        read_workbook(data, name)
    return refused.value.verdict.codes[0]


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("S")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def zipped(members: dict[str, bytes], base: bytes = b"") -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_what_is_not_a_workbook_is_told(sample: bytes) -> None:
    assert code_of(b"") == "workbook_empty"
    assert code_of(workbook([])) == "workbook_empty"
    assert code_of(b"%PDF-1.7 ...") == "workbook_wrong_type"
    assert code_of(zipped({"word/document.xml": b"<a/>"})) == "workbook_wrong_type"
    assert code_of(reading.OLE_MARK + b"\0" * 600) == "workbook_wrong_type"
    assert code_of(reading.OLE_MARK + reading.ENCRYPTED_PACKAGE) == "workbook_encrypted"


def test_damaged_files_are_told(sample: bytes) -> None:
    assert code_of(sample[: len(sample) // 2]) == "workbook_damaged"
    broken = bytearray(sample)
    broken[3000:3400] = b"\xff" * 400
    assert code_of(bytes(broken)) == "workbook_damaged"
    assert code_of(zipped({"xl/workbook.xml": b"<not"})) == "workbook_damaged"


def test_macros_are_told(sample: bytes) -> None:
    assert code_of(zipped({"xl/vbaProject.bin": b"x"}, sample)) == "workbook_has_macros"


def test_large_files_are_told_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 120_000_000})
    assert len(bomb) < 200_000

    assert code_of(bomb) == "workbook_too_big"
    assert code_of(b"PK" + b"\0" * reading.MAX_BYTES) == "workbook_too_big"


def test_one_cell_far_out_is_told(sample: bytes) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("S").write(1_000_000, 16_000, "x")
    book.close()

    assert code_of(out.getvalue()) == "workbook_too_many_rows"


def test_a_csv_is_one_sheet_with_either_separator() -> None:
    semicolons = read_workbook(b"No Nota;Produk\n211;Sabun\n", "penjualan.csv")
    commas = read_workbook("No Nota,Produk\n211,Sabun\n".encode("cp1252"), "penjualan.csv")

    assert semicolons[0].rows == commas[0].rows == [["No Nota", "Produk"], ["211", "Sabun"]]
