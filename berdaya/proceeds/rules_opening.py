"""May names be opened on a list of money, may a sample be drawn, and which slips it takes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason

list_unknown = declare_reason(
    "list_unknown",
    _lazy("Daftar itu tidak ada di UPT ini."),
    next_step=_lazy("Buka lagi dari halaman daftarnya."),
)
payout_not_ready = declare_reason(
    "payout_not_ready",
    _lazy("%(code)s belum disetujui, jadi belum ada yang dibayar menurut nama."),
    next_step=_lazy("Tunggu persetujuan kepala UPT."),
)
sample_of_other = declare_reason(
    "sample_of_other",
    _lazy("Sampel ini diundi untuk auditor lain."),
    next_step=_lazy("Undi sampel sendiri dengan surat tugas Anda."),
)
sample_no_letter = declare_reason(
    "sample_no_letter",
    _lazy("Tidak ada surat tugas Anda yang berlaku untuk UPT ini."),
    next_step=_lazy("Minta Kantor Wilayah mencatat surat tugasnya."),
)
sample_size_out = declare_reason(
    "sample_size_out",
    _lazy("Satu sampel memuat 1 sampai %(most)s slip."),
    next_step=_lazy("Kurangi jumlahnya."),
)
sample_period_out = declare_reason(
    "sample_period_out",
    _lazy("Masa itu di luar pembukuan yang disebut surat tugas."),
    next_step=_lazy("Pilih bulan di dalamnya."),
)
sample_period_wrong = declare_reason(
    "sample_period_wrong",
    _lazy("Bulan terakhir mendahului bulan pertama."),
    next_step=_lazy("Periksa bulannya."),
)
sample_empty = declare_reason(
    "sample_empty",
    _lazy("Dalam masa itu belum ada slip di UPT ini."),
    next_step=_lazy("Pilih bulan lain."),
)
sample_drawn = declare_reason(
    "sample_drawn",
    _lazy("Untuk bulan di masa itu sampel surat tugas ini sudah diundi."),
    next_step=_lazy("Pakai undian yang ada; undian tidak diulang."),
)
MOST_SLIPS = 30


@dataclass(frozen=True)
class SampleFacts:
    """What is asked for: `size` slips of [start, until), out of `population`; `examined` as in the
    letter (first day and first day no longer, each may be open).
    """

    size: int
    start: date
    until: date
    population: int
    examined: tuple[date | None, date | None] = (None, None)


def may_draw(facts: SampleFacts) -> Verdict:
    """Every reason why this sample cannot be drawn."""
    return Verdict(tuple(_reasons(facts)))


def _reasons(facts: SampleFacts) -> list[Reason]:
    if facts.until <= facts.start:
        return [sample_period_wrong()]
    found = [] if 1 <= facts.size <= MOST_SLIPS else [sample_size_out(most=MOST_SLIPS)]
    first, end = facts.examined
    if (first and facts.start < first.replace(day=1)) or (end and facts.until > _month_end(end)):
        found.append(sample_period_out())
    return found if facts.population else [*found, sample_empty()]


def _month_end(end: date) -> date:
    """The first day of the first month that lies wholly after the day before `end`."""
    last = date.fromordinal(end.toordinal() - 1)
    return next_month(last)


def next_month(day: date) -> date:
    """The first day of the month after this one."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def drawn(codes: Iterable[str], seed: str, size: int) -> list[str]:
    """The `size` codes that stand first when ranked by SHA-256 of `seed:code`.

    Anybody with the seed and the codes of the period can rank them again.
    """
    return sorted(codes, key=lambda code: _rank(seed, code))[:size]


def _rank(seed: str, code: str) -> str:
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()
