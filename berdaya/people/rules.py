"""May this person work that day, and may these papers be recorded?"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.people.rules_placement import Day

consent_missing = declare_reason(
    "consent_missing",
    _lazy("Pada hari itu belum ada Surat Pernyataan Kesediaan Bekerja yang berlaku."),
    next_step=_lazy("Catat surat pernyataannya, atau kosongkan barisnya."),
)
fitness_missing = declare_reason(
    "fitness_missing",
    _lazy("Pada hari itu tidak ada Surat Keterangan Sehat yang berlaku."),
    next_step=_lazy("Minta pemeriksaan klinik, lalu catat suratnya."),
)
unfit = declare_reason(
    "unfit",
    _lazy("Klinik menyatakan belum layak bekerja pada hari itu."),
    next_step=_lazy("Tandai S (sakit) dan tunggu hasil pemeriksaan berikutnya."),
)
fitness_not_by_clinician = declare_reason(
    "fitness_not_by_clinician",
    _lazy("Bidang ini berbahaya; surat sehatnya harus ditulis dokter atau perawat sendiri."),
    next_step=_lazy("Minta dokter atau perawat UPT mencatatnya dengan akunnya sendiri."),
)
safety_hold = declare_reason(
    "safety_hold",
    _lazy("Kerjanya dihentikan sementara demi keselamatan sejak %(since)s: %(why)s."),
    next_step=_lazy("Tunggu Kepala UPT mencabutnya; sampai saat itu kosongkan barisnya."),
)
not_insured = declare_reason(
    "not_insured",
    _lazy("Belum ada jaminan kecelakaan kerja yang tercatat untuk hari itu."),
    next_step=_lazy("Catat nomor kepesertaan UPT, atau urus ke BPJS Ketenagakerjaan."),
)
work_placement_missing = declare_reason(
    "work_placement_missing",
    _lazy("Belum ada penempatan kerja (Sidang TPP) yang berlaku di bidang ini."),
    next_step=_lazy("Minta Kepala UPT mencatat keputusan TPP."),
)
hours_over_day = declare_reason(
    "hours_over_day",
    _lazy("%(hours)s jam sehari, paling banyak %(limit)s jam."),
    next_step=_lazy("Periksa jamnya; kelebihan jam tidak dapat dicatat."),
)
hours_over_week = declare_reason(
    "hours_over_week",
    _lazy("Menjadi %(hours)s jam dalam pekan ini, paling banyak %(limit)s jam."),
    next_step=_lazy("Kurangi jamnya, atau beri hari istirahat."),
)
rest_day_missing = declare_reason(
    "rest_day_missing",
    _lazy("Sudah bekerja %(days)s hari berturut-turut; satu hari dalam tujuh untuk istirahat."),
    next_step=_lazy("Kosongkan barisnya hari ini."),
)
detainee_without_request = declare_reason(
    "detainee_without_request",
    _lazy("Tahanan hanya bekerja atas permintaannya sendiri, dan belum ada permintaan."),
    next_step=_lazy("Bila ia memintanya sendiri, catat permintaannya."),
)
status_anak = declare_reason(
    "status_anak",
    _lazy("Anak tidak bekerja untuk barang atau jasa yang dijual."),
    next_step=_lazy("Arahkan ke pelatihan; di sini barisnya tidak dapat diisi."),
)
facility_lpka = declare_reason(
    "facility_lpka",
    _lazy("Di LPKA tidak ada produksi untuk dijual."),
    next_step=_lazy("Catat kegiatannya sebagai pendidikan atau pelatihan."),
)
status_community_service = declare_reason(
    "status_community_service",
    _lazy("Pidana kerja sosial tidak boleh dikomersialkan (KUHP Pasal 85)."),
    next_step=_lazy("Jangan masukkan ke bengkel yang hasilnya dijual."),
)
not_placed = declare_reason(
    "not_placed",
    _lazy("Pada hari itu tidak ditempatkan di UPT ini."),
    next_step=_lazy("Periksa tanggal dan nomor kerjanya."),
)
released = declare_reason(
    "released",
    _lazy("Pada hari itu sudah bebas."),
    next_step=_lazy("Periksa tanggalnya; hak yang tersisa diselesaikan lewat serah terima."),
)
paper_overlaps = declare_reason(
    "paper_overlaps",
    _lazy("Untuk masa itu sudah ada catatan yang berlaku."),
    next_step=_lazy("Periksa tanggal, atau cabut catatan yang lama lebih dulu."),
)
paper_on_wrong_day = declare_reason(
    "paper_on_wrong_day",
    _lazy("Tanggalnya tidak mungkin: belum terjadi, atau mendahului catatan yang diubah."),
    next_step=_lazy("Periksa tanggal pada suratnya."),
)

CUSTODY_OF_CHILDREN = "lpka"

limits_in_past = declare_reason(
    "limits_in_past",
    _lazy("Batas waktu kerja hanya diubah untuk hari yang akan datang, sesudah batas terakhir."),
    next_step=_lazy("Pilih tanggal sesudah hari ini."),
)


@dataclass(frozen=True)
class Limits:
    """Lawful working time in force on a day, in minutes (people_worklimits)."""

    day_minutes_of_five: int = 480
    day_minutes_of_six: int = 420
    week_minutes: int = 2400
    days_in_a_row: int = 6

    def day_minutes(self, days_this_week: int) -> int:
        """The longest day in a week with so many working days, this one counted."""
        return self.day_minutes_of_five if days_this_week <= 5 else self.day_minutes_of_six


@dataclass(frozen=True)
class WorkFacts:
    """What decides whether one person may work on `day`, and for how long.

    Minutes: `minutes_today` is all work of that day together, `minutes_this_week` that of the
    other days Monday to Sunday, `days_this_week` counts these days, and `days_in_a_row` those of
    the unbroken run that `day` would join (without it); what was worked at another facility before
    a transfer is in all of them. All are 0 when nobody works yet.
    """

    day: date
    facility_kind: str
    is_placed: bool = True
    status: str | None = None
    has_consent: bool = False
    consent_from: date | None = None
    is_fit: bool | None = None
    fit_until: date | None = None
    restrictions: str = ""
    has_work_placement: bool = False
    has_own_request: bool = False
    is_hazardous: bool = False
    is_fit_by_clinician: bool = False
    held_since: date | None = None
    held_for: str = ""
    is_insured: bool = False
    minutes_today: int = 0
    minutes_this_week: int = 0
    days_this_week: int = 0
    days_in_a_row: int = 0
    limits: Limits = field(default_factory=Limits)


def may_work(facts: WorkFacts) -> Verdict:
    """Every reason why this person may not work that day for so long; ALLOWED if there is none.

    Sources: Nelson Mandela Rules 96, 102 and 116; KUHP art. 85(3); design, people.
    """
    barred = _barred(facts)
    if barred:
        return Verdict(tuple(barred))
    return Verdict((*_safety(facts), *_papers(facts), *_time(facts)))


def findings(facts: WorkFacts) -> Verdict:
    """What ought to be put right and stops nobody: no cover for accidents at work.

    Told and not refused: the duty to insure is the unit's (Nelson Mandela Rule 101: compensation
    not less favourable than outside), and a block would take the premi from the person instead.
    """
    return Verdict(() if facts.is_insured else (not_insured(),))


def may_ever_work(facts: WorkFacts) -> Verdict:
    """Only what no paper can put right: place, age, release, community service."""
    return Verdict(tuple(_barred(facts)))


def may_be_on_sheet(facts: WorkFacts) -> Verdict:
    """Who may stand on a sheet without working (sick, leave, absent): anyone placed here."""
    return Verdict(() if facts.is_placed else (not_placed(),))


def _barred(facts: WorkFacts) -> list[Reason]:
    found = []
    if facts.facility_kind == CUSTODY_OF_CHILDREN:
        found.append(facility_lpka())
    if facts.status == "anak":
        found.append(status_anak())
    if facts.status == "community_service":
        found.append(status_community_service())
    if facts.status == "released":
        found.append(released())
    elif not facts.is_placed:
        found.append(not_placed())
    return found


def _safety(facts: WorkFacts) -> list[Reason]:
    if facts.held_since is None:
        return []
    return [safety_hold(since=Day(facts.held_since), why=facts.held_for)]


def _papers(facts: WorkFacts) -> list[Reason]:
    found = []
    if not facts.has_consent:
        found.append(consent_missing())
    if facts.is_fit is None:
        found.append(fitness_missing())
    elif not facts.is_fit:
        found.append(unfit())
    elif facts.is_hazardous and not facts.is_fit_by_clinician:
        found.append(fitness_not_by_clinician())
    if not facts.has_work_placement:
        found.append(work_placement_missing())
    if facts.status == "detainee" and not facts.has_own_request:
        found.append(detainee_without_request())
    return found


def _time(facts: WorkFacts) -> list[Reason]:
    found = []
    longest = facts.limits.day_minutes(facts.days_this_week + 1)
    week = facts.minutes_this_week + facts.minutes_today
    if facts.minutes_today > longest:
        found.append(hours_over_day(hours=hours(facts.minutes_today), limit=hours(longest)))
    if week > facts.limits.week_minutes:
        limit = hours(facts.limits.week_minutes)
        found.append(hours_over_week(hours=hours(week), limit=limit))
    if facts.days_in_a_row + 1 > facts.limits.days_in_a_row:
        found.append(rest_day_missing(days=facts.days_in_a_row))
    return found


def hours(minutes: int) -> str:
    """Minutes as hours are written on paper, in either language: 330 -> `5,5`, 420 -> `7`."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
