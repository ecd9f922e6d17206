"""Which scans are kept, and who may handle a document."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.papers import calc

SCAN_LIMIT = 10 * 1024 * 1024
# What a file begins with, whatever its name says.
SIGNATURES = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}

scan_too_big = declare_reason(
    "scan_too_big",
    _lazy("Berkas pindaian lebih dari 10 MB."),
    next_step=_lazy("Pindai hitam putih 200 dpi, atau kirim satu halaman saja."),
)
scan_wrong_kind = declare_reason(
    "scan_wrong_kind",
    _lazy("Berkas itu bukan PDF, JPG, atau PNG."),
    next_step=_lazy("Pindai atau potret suratnya, lalu unggah hasilnya."),
)
scan_empty = declare_reason(
    "scan_empty",
    _lazy("Berkas pindaian kosong."),
    next_step=_lazy("Pilih berkasnya lagi."),
)
pattern_unreadable = declare_reason(
    "pattern_unreadable",
    _lazy("Pola nomor hanya mengenal %(words)s."),
    next_step=_lazy("Contoh: {number:03d}/{code}/{unit}/{roman_month}/{year}."),
)
pattern_repeats = declare_reason(
    "pattern_repeats",
    _lazy("Tanpa {number} dan {year} dua surat dapat bernomor sama."),
    next_step=_lazy("Tambahkan keduanya ke dalam pola."),
)
paper_unknown = declare_reason(
    "paper_unknown",
    _lazy("Dokumen ini tidak dicetak pada kertas itu."),
    next_step=_lazy("Pilih ukuran yang ada pada tombol cetaknya."),
)
print_unknown = declare_reason(
    "print_unknown",
    _lazy("Dokumen jenis ini dicetak dari halaman asalnya."),
    next_step=_lazy("Buka halaman yang membuatnya."),
)


@dataclass(frozen=True)
class ScanFacts:
    """Size in bytes and the first bytes of an uploaded file."""

    size: int
    head: bytes


def kind_of(head: bytes) -> str:
    """pdf, jpg or png by what the file holds; empty for anything else."""
    return next((kind for kind, mark in SIGNATURES.items() if head.startswith(mark)), "")


def may_be_pattern(pattern: str) -> Verdict:
    """Known words only, and never the same number twice: series begin anew each year."""
    try:
        words = calc.words_of(pattern)
    except ValueError:
        known = ", ".join(f"{{{word}}}" for word in calc.WORDS)
        return Verdict((pattern_unreadable(words=known),))
    return ALLOWED if {"number", "year"} <= set(words) else Verdict((pattern_repeats(),))


def may_keep_scan(facts: ScanFacts) -> Verdict:
    """PDF, JPG or PNG by content, not empty, at most 10 MB."""
    reasons: list[Reason] = []
    if facts.size == 0:
        reasons.append(scan_empty())
    elif not kind_of(facts.head):
        reasons.append(scan_wrong_kind())
    if facts.size > SCAN_LIMIT:
        reasons.append(scan_too_big())
    return Verdict(tuple(reasons))
