"""Opens an uploaded workbook safely: every limit is checked before a spreadsheet reader sees it."""

import csv
import io
import re
import zipfile
from datetime import datetime, time, timedelta
from pathlib import PurePath
from typing import Any

import python_calamine
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Refused, declare_reason
from berdaya.intake.records import Sheet, Value

MAX_BYTES = 10_000_000
MAX_UNPACKED = 100_000_000
MAX_MEMBERS = 1_000
MAX_ROWS = 20_000
MAX_COLUMNS = 256
OLE_MARK = b"\xd0\xcf\x11\xe0"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
SAVE_AGAIN = _lazy("Buka berkas itu, simpan ulang sebagai Excel (.xlsx), lalu unggah lagi.")

too_big = declare_reason(
    "workbook_too_big",
    _lazy("Berkas ini lebih dari 10 MB, atau lebih dari 100 MB setelah dibuka."),
    next_step=_lazy("Hapus gambar dan lembar yang tidak perlu, atau unggah per bulan."),
)
too_many_rows = declare_reason(
    "workbook_too_many_rows",
    _lazy("Lembar %(sheet)s berisi lebih dari 20.000 baris atau 256 kolom."),
    next_step=_lazy("Hapus baris dan kolom kosong di luar tabel, atau unggah per tahun."),
)
damaged = declare_reason(
    "workbook_damaged", _lazy("Berkas ini rusak dan tidak dapat dibaca."), next_step=SAVE_AGAIN
)
empty = declare_reason(
    "workbook_empty",
    _lazy("Tidak ada isi di dalam berkas ini."),
    next_step=_lazy("Periksa apakah berkas yang benar sudah dipilih."),
)
encrypted = declare_reason(
    "workbook_encrypted",
    _lazy("Berkas ini dikunci dengan kata sandi."),
    next_step=_lazy("Buka dengan kata sandinya, simpan tanpa kata sandi, lalu unggah lagi."),
)
has_macros = declare_reason(
    "workbook_has_macros",
    _lazy("Berkas ini berisi makro (program di dalam lembar kerja)."),
    next_step=_lazy("Simpan sebagai Excel biasa (.xlsx) tanpa makro, lalu unggah lagi."),
)
wrong_type = declare_reason(
    "workbook_wrong_type",
    _lazy("Ini bukan buku kerja Excel (.xlsx) atau CSV."),
    next_step=SAVE_AGAIN,
)


def read_workbook(data: bytes, name: str) -> list[Sheet]:
    """All sheets of an .xlsx, or the one of a .csv, as plain values.

    Raises Refused: workbook_too_big, _too_many_rows, _damaged, _empty, _encrypted, _has_macros,
    _wrong_type. Nothing is written to disk.
    """
    if not data.strip():
        raise Refused(empty())
    if len(data) > MAX_BYTES:
        raise Refused(too_big())
    sheets = _read_csv(data, name) if _is_csv(data, name) else _read_xlsx(data)
    if not any(sheet.rows for sheet in sheets):
        raise Refused(empty())
    return sheets


def _is_csv(data: bytes, name: str) -> bool:
    return PurePath(name).suffix.lower() == ".csv" and b"\0" not in data[:4096]


def _read_xlsx(data: bytes) -> list[Sheet]:
    if data.startswith(OLE_MARK):
        raise Refused(encrypted() if ENCRYPTED_PACKAGE in data else wrong_type())
    if not data.startswith(b"PK"):
        raise Refused(wrong_type())
    plain = _repacked(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(plain))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return [_sheet(name, book.get_sheet_by_name(name)) for name in names]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Refused(damaged()) from error


def _repacked(data: bytes) -> bytes:
    """The workbook's parts, unpacked and counted by us; the reader never inflates anything itself.

    A part whose directory entry lies about its size stops at the size stated.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members)
            parts = {info.filename: archive.read(info) for info in members if _is_needed(info)}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError) as error:
        raise Refused(damaged()) from error
    except Exception as error:
        if type(error).__module__ == "zlib" or isinstance(error, NotImplementedError):
            raise Refused(damaged()) from error
        raise
    for part, content in parts.items():
        if part.startswith("xl/worksheets/"):
            _check_area(part, content)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return plain.getvalue()


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    names = {info.filename for info in members}
    if any(info.flag_bits & 1 for info in members):
        raise Refused(encrypted())
    if len(members) > MAX_MEMBERS or sum(info.file_size for info in members) > MAX_UNPACKED:
        raise Refused(too_big())
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Refused(has_macros())
    if "xl/workbook.xml" not in names:
        raise Refused(wrong_type())


def _is_needed(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith((".xml", ".rels")) and "drawing" not in info.filename


_PLACE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')


def _check_area(part: str, content: bytes) -> None:
    # One cell far out would make the reader lay out a field of billions of empty ones.
    rows = columns = 0
    for letters, number in set(_PLACE.findall(content)):
        rows = max(rows, int(number))
        columns = max(columns, _column_number(letters))
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Refused(_too_many(PurePath(part).stem))


def _too_many(sheet: str) -> Reason:
    return too_many_rows(sheet=sheet)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(name: str, sheet: Any) -> Sheet:
    if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
        raise Refused(_too_many(name))
    rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(name.strip(), _trimmed(rows))


def _plain(cell: Any) -> Value:
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def _trimmed(rows: list[list[Value]]) -> list[list[Value]]:
    while rows and all(cell in ("", None) for cell in rows[-1]):
        rows.pop()
    return rows


def _read_csv(data: bytes, name: str) -> list[Sheet]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise Refused(damaged()) from error
    width = max(map(len, lines), default=0)
    if len(lines) > MAX_ROWS or width > MAX_COLUMNS:
        raise Refused(_too_many(PurePath(name).stem))
    rows: list[list[Value]] = [
        [*(" ".join(cell.split()) for cell in line), *([""] * (width - len(line)))]
        for line in lines
    ]
    return [Sheet(PurePath(name).stem, _trimmed(rows))]
