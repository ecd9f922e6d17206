"""Which number patterns hold, and on which paper a document is printed."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason
from berdaya.papers import calc

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


def may_be_pattern(pattern: str) -> Verdict:
    """Known words only, and never the same number twice: series begin anew each year."""
    try:
        words = calc.words_of(pattern)
    except ValueError:
        known = ", ".join(f"{{{word}}}" for word in calc.WORDS)
        return Verdict((pattern_unreadable(words=known),))
    return ALLOWED if {"number", "year"} <= set(words) else Verdict((pattern_repeats(),))
