"""A clean workbook for units that start fresh: the same sheets the import knows, with help."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from berdaya.intake.words import ATTENDANCE, MATERIALS, OUTPUT, PEOPLE, PRODUCTS, SALES


@dataclass(frozen=True)
class BlankSheet:
    """A sheet's name, title, and its columns: header, width, help."""

    name: str
    title: str
    columns: tuple[tuple[str, int, str], ...]


SHEETS: dict[str, BlankSheet] = {
    PEOPLE: BlankSheet(
        "DAFTAR",
        "DAFTAR WARGA BINAAN YANG BEKERJA",
        (
            ("No. Kerja", 12, "Huruf dan angka, misalnya A-001. Jangan tulis nama atau NIK."),
            ("Status", 14, "Narapidana atau Tahanan."),
            ("Bidang Kerja", 20, "Sama persis di semua lembar, misalnya Mebel."),
            ("Mulai Bekerja", 16, "Tanggal, misalnya 12/03/2026."),
            ("Surat Kesediaan (tgl)", 20, "Tanggal surat pernyataan; kosong bila belum ada."),
            ("Surat Sehat s/d", 16, "Hari terakhir surat sehat berlaku."),
            ("Ket.", 28, "Misalnya: bebas 12/10/2026."),
        ),
    ),
    PRODUCTS: BlankSheet(
        "PRODUK",
        "DAFTAR PRODUK DAN HARGA",
        (
            ("Nama Produk", 30, "Dengan ukurannya, misalnya Sabun cuci 500 ml."),
            ("Bidang", 20, "Bidang kerja yang membuatnya."),
            ("Satuan", 10, "buah, botol, set, kg, L, m, m2, lembar, bungkus."),
            ("Harga Jual", 14, "Rupiah, tanpa titik atau dengan titik."),
            ("Sistem Upah", 14, "jam, borongan, atau sama rata."),
            ("Izin / Sertifikat", 34, "Nomornya, dipisah garis miring."),
        ),
    ),
    MATERIALS: BlankSheet(
        "BAHAN",
        "PEMAKAIAN BAHAN",
        (
            ("Tgl", 12, "Tanggal diterima."),
            ("Bahan", 24, "Nama bahan."),
            ("Jumlah", 10, "Pakai koma: 24,5."),
            ("Satuan", 10, "kg, L, m, lembar, buah."),
            ("Harga Satuan", 14, "Rupiah; 0 untuk hibah."),
            ("Jumlah Harga", 14, "Boleh dikosongkan."),
            ("Sumber", 26, "beli, nota …; hibah … (BAST …); kebun sendiri; bahan dari mitra …"),
            ("Untuk Produk", 30, "Nama seperti di lembar PRODUK."),
        ),
    ),
    ATTENDANCE: BlankSheet(
        "HADIR",
        "DAFTAR HADIR DAN HASIL KERJA",
        (
            ("Tanggal", 14, "Satu baris untuk satu orang dan satu hari."),
            ("No. Kerja", 12, "Seperti di lembar DAFTAR."),
            ("Bidang", 20, "Bidang kerja hari itu."),
            ("Jam atau hasil", 16, "H (7 jam), 5,5 (jam), 3p (potong), S (sakit), I (izin)."),
        ),
    ),
    OUTPUT: BlankSheet(
        "HASIL",
        "HASIL PRODUKSI",
        (
            ("Tanggal", 12, "Hari selesai."),
            ("Kode", 12, "Kode batch UPT sendiri, misalnya SBN-10A."),
            ("Produk", 30, "Nama seperti di lembar PRODUK."),
            ("Hasil", 10, "Yang baik saja."),
            ("Satuan", 10, "Seperti di lembar PRODUK."),
            ("Mutu", 20, "baik; 3 afkir; 1 perbaikan."),
        ),
    ),
    SALES: BlankSheet(
        "PENJUALAN",
        "BUKU PENJUALAN",
        (
            ("No Nota", 10, "Nomor nota sendiri."),
            ("Tanggal", 12, "Hari barang diserahkan."),
            ("Pembeli", 24, "umum, pegawai, atau nama toko dan instansi."),
            ("Produk", 30, "Nama seperti di lembar PRODUK."),
            ("Jml", 8, "Banyaknya."),
            ("Harga", 14, "Harga satuan, rupiah."),
            ("Total", 14, "Boleh dikosongkan."),
            ("Bayar", 18, "tunai, transfer, QRIS, belum, atau DP 500.000."),
            ("Ket", 28, "titip jual; beli putus; lunas 9/10; 1 retur 25/10."),
        ),
    ),
}


def xlsx_template() -> bytes:
    """The workbook: a title, one header row with notes, frozen; nothing to delete before use."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#1F2A52",
            "font_color": "#FFFFFF",
            "border": 1,
            "text_wrap": True,
        }
    )
    for blank in SHEETS.values():
        _write_sheet(book.add_worksheet(blank.name), blank, title, head)
    book.close()
    return buffer.getvalue()


def _write_sheet(sheet: Any, blank: BlankSheet, title: Any, head: Any) -> None:
    sheet.write_string(0, 0, blank.title, title)
    for place, (header, width, help_text) in enumerate(blank.columns):
        sheet.write_string(2, place, header, head)
        sheet.write_comment(2, place, help_text, {"x_scale": 2})
        sheet.set_column(place, place, width)
    sheet.freeze_panes(3, 0)
    sheet.set_paper(9)
    sheet.set_landscape()


def csv_template(kind: str) -> bytes:
    """One sheet as CSV with semicolons, as Indonesian Excel writes it: only the header row."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([header for header, _w, _help in SHEETS[kind].columns])
    return ("\ufeff" + out.getvalue()).encode()
