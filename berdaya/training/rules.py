"""May this person take part, this attempt be recorded, this proof be issued?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason
from berdaya.people.rules import released
from berdaya.people.rules_placement import Day
from berdaya.training.models import Level, Result

training_not_placed = declare_reason(
    "training_not_placed",
    _lazy("Pada hari pelatihan %(day)s tidak ditempatkan di UPT ini."),
    next_step=_lazy("Periksa nomor kerjanya, atau pilih sesi lain."),
)
training_without_request = declare_reason(
    "training_without_request",
    _lazy("Tahanan ikut pelatihan hanya atas permintaannya sendiri."),
    next_step=_lazy("Tanyakan kepadanya; bila ia meminta, centang “atas permintaan sendiri”."),
)
enrolled_already = declare_reason(
    "enrolled_already",
    _lazy("Sudah terdaftar dalam sesi ini."),
    next_step=_lazy("Periksa nomor kerjanya pada daftar peserta."),
)
nobody_chosen = declare_reason(
    "nobody_chosen",
    _lazy("Belum ada nomor kerja yang dipilih."),
    next_step=_lazy("Pilih sedikitnya satu orang."),
)
enrolment_over = declare_reason(
    "enrolment_over",
    _lazy("Pendaftaran ini sudah dibatalkan."),
    next_step=_lazy("Muat ulang halamannya; daftarkan lagi bila ia ingin ikut."),
)
enrolment_has_marks = declare_reason(
    "enrolment_has_marks",
    _lazy("Ia sudah punya tanda hadir, jadi tempatnya tetap tercatat."),
    next_step=_lazy("Tandai A (alpa) atau I (izin) pada hari yang tidak diikutinya."),
)
session_days_wrong = declare_reason(
    "session_days_wrong",
    _lazy("Hari pelatihannya kosong, berulang, atau terlalu banyak."),
    next_step=_lazy("Periksa hari pertama, hari terakhir, dan hari dalam pekan."),
)
session_too_small = declare_reason(
    "session_too_small",
    _lazy("Sudah %(taken)s tempat terisi, jadi tidak dapat menjadi %(places)s."),
    next_step=_lazy("Batalkan dulu pendaftaran orang yang tidak ikut."),
)
course_without_criteria = declare_reason(
    "course_without_criteria",
    _lazy("Pelatihan ini belum punya unit kompetensi, jadi belum dapat dinilai."),
    next_step=_lazy("Tambahkan unit kompetensi pada pelatihannya."),
)
mark_unreadable = declare_reason(
    "mark_unreadable",
    _lazy("“%(text)s” bukan tanda hadir."),
    next_step=_lazy("Tulis H, S, I, atau A; kosongkan bila belum diisi."),
)
attendance_in_future = declare_reason(
    "attendance_in_future",
    _lazy("Tanggal %(day)s belum terjadi."),
    next_step=_lazy("Kosongkan kolom itu sampai harinya tiba."),
)
attendance_without_place = declare_reason(
    "attendance_without_place",
    _lazy("Ia tidak punya tempat dalam sesi ini."),
    next_step=_lazy("Muat ulang halamannya; yang menunggu tidak ikut dicatat."),
)
assessment_early = declare_reason(
    "assessment_early",
    _lazy("Pelatihannya baru selesai pada %(day)s."),
    next_step=_lazy("Catat penilaian pada atau sesudah hari terakhirnya."),
)
assessment_future = declare_reason(
    "assessment_future",
    _lazy("Hari penilaian itu belum terjadi."),
    next_step=_lazy("Periksa tanggalnya."),
)
assessment_incomplete = declare_reason(
    "assessment_incomplete",
    _lazy("Belum semua kriteria dinilai."),
    next_step=_lazy("Pilih satu tingkat untuk setiap kriteria."),
)
assessment_passed = declare_reason(
    "assessment_passed",
    _lazy("Ia sudah dinyatakan kompeten dalam sesi ini."),
    next_step=_lazy("Untuk memperpanjang keterampilannya, daftarkan ke sesi berikutnya."),
)
assessment_again_early = declare_reason(
    "assessment_again_early",
    _lazy("Penilaian sebelumnya dicatat pada hari yang sama atau sesudahnya."),
    next_step=_lazy("Periksa tanggal penilaian ulangnya."),
)
proof_too_few = declare_reason(
    "proof_too_few",
    _lazy("Kurang dari %(least)s orang hadir; daftar sependek itu menunjuk orangnya."),
    next_step=_lazy("Beri tahu pemberi dana jumlah jamnya saja, tanpa daftar."),
)
proof_early = declare_reason(
    "proof_early",
    _lazy("Sesinya belum selesai."),
    next_step=_lazy("Terbitkan sesudah hari terakhir, bila daftar hadirnya lengkap."),
)
proof_incomplete = declare_reason(
    "proof_incomplete",
    _lazy("Daftar hadirnya belum lengkap: %(days)s hari kosong."),
    next_step=_lazy("Lengkapi daftar hadir lebih dulu."),
)
of_children = declare_reason(
    "of_children",
    _lazy("Tidak ada apa pun tentang anak yang keluar dari LPKA."),
    next_step=_lazy("Simpan pada UPT sendiri saja."),
)
photo_own = declare_reason(
    "photo_own",
    _lazy("Yang mengunggah tidak memeriksa fotonya sendiri."),
    next_step=_lazy("Minta Humas atau Kepala UPT memeriksanya."),
)
photo_seen = declare_reason(
    "photo_seen",
    _lazy("Foto ini sudah diperiksa."),
    next_step=_lazy("Muat ulang halamannya."),
)
photo_unchecked = declare_reason(
    "photo_unchecked",
    _lazy("Belum semua butir diperiksa."),
    next_step=_lazy("Centang semuanya, atau tolak fotonya dengan alasan."),
)


@dataclass(frozen=True)
class EnrolFacts:
    """What decides whether one person may be enrolled; `missing_on`: first day not placed."""

    status: str | None
    is_own_request: bool
    is_enrolled: bool = False
    missing_on: date | None = None


def may_enrol(facts: EnrolFacts) -> Verdict:
    """Every reason against one enrolment.

    Training is no work: neither consent to work nor fitness is asked, and children and people
    with community service may learn. Nobody untried without their own wish (Nelson Mandela Rules
    98 and 116).
    """
    found = []
    if facts.status == "released":
        found.append(released())
    elif facts.missing_on is not None:
        found.append(training_not_placed(day=Day(facts.missing_on)))
    if facts.status == "detainee" and not facts.is_own_request:
        found.append(training_without_request())
    if facts.is_enrolled:
        found.append(enrolled_already())
    return Verdict(tuple(found))


@dataclass(frozen=True)
class AttemptFacts:
    """What decides about one attempt at an assessment."""

    has_place: bool
    assessed_on: date
    today: date
    ends_on: date
    criteria: frozenset[int]
    given: Mapping[int, int]
    last_on: date | None = None
    has_passed: bool = False
    is_placed: bool = True


def may_assess(facts: AttemptFacts) -> Verdict:
    """Every reason against recording this attempt."""
    found = []
    if not facts.has_place:
        found.append(attendance_without_place())
    if facts.has_passed:
        found.append(assessment_passed())
    if facts.assessed_on > facts.today:
        found.append(assessment_future())
    if facts.assessed_on < facts.ends_on:
        found.append(assessment_early(day=Day(facts.ends_on)))
    if not facts.is_placed:
        found.append(training_not_placed(day=Day(facts.assessed_on)))
    if facts.last_on is not None and facts.assessed_on <= facts.last_on:
        found.append(assessment_again_early())
    if not facts.criteria:
        found.append(course_without_criteria())
    elif facts.criteria != facts.given.keys() or set(facts.given.values()) - set(Level.values):
        found.append(assessment_incomplete())
    return Verdict(tuple(found))


def result_of(levels: Mapping[int, int]) -> Result:
    """Competent when every criterion is met without help; one that is not makes it not yet."""
    is_competent = all(level >= Level.ALONE for level in levels.values())
    return Result.COMPETENT if is_competent else Result.NOT_YET


@dataclass(frozen=True)
class ProofFacts:
    """What decides whether a funder may have a list."""

    is_of_children: bool
    is_over: bool
    people: int
    empty_days: int
    least: int


def may_prove(facts: ProofFacts) -> Verdict:
    """Every reason against a proof of attendance."""
    if facts.is_of_children:
        return Verdict((of_children(),))
    if not facts.is_over:
        return Verdict((proof_early(),))
    if facts.empty_days:
        return Verdict((proof_incomplete(days=facts.empty_days),))
    if facts.people < facts.least:
        return Verdict((proof_too_few(least=facts.least),))
    return Verdict()
