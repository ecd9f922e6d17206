"""Split policies that were found in the field, to start a party's own from (docs: sources)."""

from typing import Any, NamedTuple


class Variant(NamedTuple):
    """Percentages in basis points as a source gives them; unconfirmed where it leaves a gap."""

    code: str
    base: str
    makers_bp: int
    capital_bp: int
    state_bp: int
    cooperative_bp: int
    legal_basis: str
    is_confirmed: bool = True

    def terms(self) -> dict[str, Any]:
        """The columns of a SplitPolicy."""
        return {name: value for name, value in self._asdict().items() if name != "code"}


VARIANTS = {
    row.code: row
    for row in (
        Variant(
            "kepmenkeh_1990", "profit", 5000, 3500, 1500, 0,
            "Kepmenkeh M.01-PP.02.01/1990 (Pangkalan Bun 2023)",
        ),
        Variant(
            "tangerang_2017", "turnover", 5000, 3500, 1500, 0,
            "Pojokpas.com, Lapas I Tangerang 2017: 50 % dan 15 % dari hasil penjualan",
        ),
        Variant(
            "bukittinggi_2023", "profit", 1500, 6000, 2500, 0,
            "Lapas Bukittinggi 2023: 15/60/25 dari laba usaha",
        ),
        Variant(
            "namlea_2025", "turnover", 3000, 5500, 1500, 0,
            "Lapas Namlea 2025: 30 % premi; 70 % PNBP dan modal, pembagiannya belum pasti",
            is_confirmed=False,
        ),
        Variant(
            "klungkung_2026", "turnover", 5000, 1000, 0, 4000,
            "Rutan Klungkung 2026: 50 % premi, 40 % koperasi, 10 % bengker; PNBP tidak disebut",
            is_confirmed=False,
        ),
    )
}  # fmt: skip
