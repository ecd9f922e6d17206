"""May these identities be opened, and was it unusual: measured against what the role opens."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason
from berdaya.people.purposes import Purpose

reveal_not_assigned = declare_reason(
    "reveal_not_assigned",
    _lazy("Ada orang dalam daftar ini yang bukan bagian Anda; tidak satu nama pun dibuka."),
    next_step=_lazy("Muat ulang halamannya, lalu buka lagi."),
)
reveal_not_here = declare_reason(
    "reveal_not_here",
    _lazy("Data diri orang itu tidak dapat Anda buka dari sini."),
    next_step=_lazy("Periksa UPT yang dipilih, atau minta UPT tempatnya sekarang."),
)
reveal_nobody = declare_reason(
    "reveal_nobody",
    _lazy("Tidak ada orang dalam daftar ini."),
    next_step=_lazy("Periksa harinya, atau catat dulu penempatan kerjanya."),
)
reveal_reason_missing = declare_reason(
    "reveal_reason_missing",
    _lazy("Alasan membuka data diri belum dipilih."),
    next_step=_lazy("Pilih satu alasan."),
)
reveal_too_many = declare_reason(
    "reveal_too_many",
    _lazy("Hari ini sudah %(n)s orang yang data dirinya Anda buka; batasnya %(most)s."),
    next_step=_lazy("Lanjutkan besok, atau minta rekan lain membukanya."),
)
scan_restricted = declare_reason(
    "scan_restricted",
    _lazy("Datanya sedang dibatasi atas permintaannya; pindaian suratnya tidak dibuka."),
    next_step=_lazy("Tunggu sampai pembatasannya berakhir."),
)
search_too_often = declare_reason(
    "search_too_often",
    _lazy("Anda sudah mencari %(most)s kali dalam satu jam."),
    next_step=_lazy("Tunggu sebentar, lalu cari lagi."),
)
search_empty = declare_reason(
    "search_empty",
    _lazy("Nomor yang dicari belum diisi."),
    next_step=_lazy("Ketik nomornya lengkap; sebagian tidak akan ditemukan."),
)
review_not_needed = declare_reason(
    "review_not_needed",
    _lazy("Pembukaan ini tidak menunggu pemeriksaan."),
    next_step=_lazy("Kembali ke daftarnya."),
)
review_own = declare_reason(
    "review_own",
    _lazy("Yang membuka tidak boleh memeriksa pembukaannya sendiri."),
    next_step=_lazy("Kantor Wilayah atau kepala lain memeriksanya."),
)
review_for_region = declare_reason(
    "review_for_region",
    _lazy("Pembukaan oleh petugas diperiksa kepala UPT-nya."),
    next_step=_lazy("Hubungi kepala UPT; ia melihatnya di Hari Ini."),
)

# What made an opening unusual; it is told, not refused.
UNUSUAL: Mapping[str, str | Promise] = {
    "many_people": _lazy("jauh lebih banyak orang daripada biasanya"),
    "odd_hour": _lazy("di luar jam kerja"),
    "holiday": _lazy("pada hari libur"),
    "many_singles": _lazy("banyak orang dibuka satu per satu dalam satu jam"),
    "same_person": _lazy("orang yang sama dibuka berulang kali dalam sehari"),
}
OPENS_AT, CLOSES_AT = time(5), time(20)
FEW_PEOPLE, MANY_SINGLES, OFTEN_SAME = 30, 10, 5
# Never more than this in one day, however large the unit: nobody reads a thousand names.
CEILING, CEILING_TIMES_ASSIGNED = 1_000, 10
SEARCHES_AN_HOUR = 20


@dataclass(frozen=True)
class OpeningFacts:
    """One opening as it is about to be logged; the opener's counts are those before it.

    `day_count`: people opened that day with these, each once. `singles`: single openings of the
    last hour, `same_person`: how often today the person now opened was opened alone. `baseline`:
    people a day, in the median, of holders of the role. `at`: on the facility's wall clock.
    """

    at: time
    assigned: int
    day_count: int
    baseline: float = 0
    is_holiday: bool = False
    is_single: bool = False
    singles: int = 0
    same_person: int = 0

    @property
    def most_usual(self) -> float:
        """More people than this in one day are unusual."""
        return max(2 * self.assigned, 3 * self.baseline, FEW_PEOPLE)


def unusual(facts: OpeningFacts) -> tuple[str, ...]:
    """Codes of UNUSUAL. Lists may be opened again and again: a roll is called every day."""
    found = {
        "many_people": facts.day_count > facts.most_usual,
        "odd_hour": facts.at < OPENS_AT or facts.at > CLOSES_AT,
        "holiday": facts.is_holiday,
        "many_singles": facts.is_single and facts.singles + 1 >= MANY_SINGLES,
        "same_person": facts.is_single and facts.same_person + 1 > OFTEN_SAME,
    }
    return tuple(code for code, is_so in found.items() if is_so)


def may_open(wanted: Set[int], assigned: Set[int], purpose: Purpose, reason: str) -> Verdict:
    """Everybody wanted must be assigned, or nobody is opened."""
    if purpose.by_reason and reason not in purpose.by_reason:
        return Verdict((reveal_reason_missing(),))
    if not wanted <= assigned:
        return Verdict((reveal_not_assigned(),))
    return ALLOWED if wanted else Verdict((reveal_nobody(),))


def within_ceiling(facts: OpeningFacts) -> Verdict:
    """The one bound that refuses."""
    most = max(CEILING, CEILING_TIMES_ASSIGNED * facts.assigned)
    if facts.day_count <= most:
        return ALLOWED
    return Verdict((reveal_too_many(n=facts.day_count, most=most),))


def may_search(searches: int, number: str) -> Verdict:
    """A full number, and not too often; `searches` of the last hour."""
    if not number:
        return Verdict((search_empty(),))
    if searches >= SEARCHES_AN_HOUR:
        return Verdict((search_too_often(most=SEARCHES_AN_HOUR),))
    return ALLOWED


def may_review(*, is_open: bool, is_opener: bool, is_head_here: bool, is_by_head: bool) -> Verdict:
    """The head looks into what the unit opened, the region into what a head did."""
    if is_opener:
        return Verdict((review_own(),))
    if not is_open:
        return Verdict((review_not_needed(),))
    if not is_head_here and not is_by_head:
        return Verdict((review_for_region(),))
    return ALLOWED
