"""May this report be sent or answered, may this target stand?"""

from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason
from berdaya.insight.models import Report, ReportState
from berdaya.insight.periods import first_of
from berdaya.institutions.rules import may

report_month_open = declare_reason(
    "report_month_open",
    _lazy("Bulan %(month)s belum selesai."),
    next_step=_lazy("Kirim sesudah hari terakhir bulan itu."),
)
report_not_producing = declare_reason(
    "report_not_producing",
    _lazy("Di tempat ini tidak ada hasil kerja yang dilaporkan."),
    next_step=_lazy("Laporan bulanan dikirim UPT yang memproduksi barang untuk dijual."),
)
report_waits = declare_reason(
    "report_waits",
    _lazy("Laporan bulan ini sudah dikirim dan menunggu diperiksa."),
    next_step=_lazy("Tunggu jawaban kantor wilayah."),
)
report_locked = declare_reason(
    "report_locked",
    _lazy("Laporan bulan ini sudah diterima dan terkunci."),
    next_step=_lazy("Perbaikan angkanya masuk laporan bulan berikutnya dengan sendirinya."),
)
report_not_waiting = declare_reason(
    "report_not_waiting",
    _lazy("Laporan ini tidak sedang menunggu jawaban."),
    next_step=_lazy("Lihat keadaannya pada halaman laporan."),
)
report_same_person = declare_reason(
    "report_same_person",
    _lazy("Yang mengirim laporan tidak memeriksanya sendiri."),
    next_step=_lazy("Minta petugas lain di kantor wilayah."),
    forbids=True,
)
report_comment_missing = declare_reason(
    "report_comment_missing",
    _lazy("Belum ditulis apa yang harus diperbaiki."),
    next_step=_lazy("Tulis angka mana dan apa yang perlu diperiksa UPT."),
)
target_region_not_yours = declare_reason(
    "target_region_not_yours",
    _lazy("Target wilayah ini bukan wewenang kantor Anda."),
    next_step=_lazy("Target nasional dan wilayah lain ditetapkan Direktorat Jenderal."),
    forbids=True,
)
target_exists = declare_reason(
    "target_exists",
    _lazy("Untuk hari itu sudah ada target yang sama atau lebih baru."),
    next_step=_lazy("Pilih tanggal mulai sesudahnya."),
)
seat_overlaps = declare_reason(
    "seat_overlaps",
    _lazy("Kedudukan UPT ini sudah dicatat untuk hari itu atau sesudahnya."),
    next_step=_lazy("Pilih tanggal sesudah catatan terakhir."),
)
target_year_differs = declare_reason(
    "target_year_differs",
    _lazy("Tanggal mulainya tidak boleh sesudah tahun targetnya."),
    next_step=_lazy("Pilih tanggal dalam atau sebelum tahun itu."),
)


def may_send(
    by: Actor, *, facility_id: int, is_producing: bool, zone: str, month: date, state: str
) -> Verdict:
    """The head sends a finished month, again only after it was returned (`state`, "" for none)."""
    found = may(by, "report.send", facility_id)
    if not is_producing:
        found += report_not_producing()
    if month >= first_of(clock.today(zone)):
        found += report_month_open(month=f"{month:%m-%Y}")
    if state == ReportState.SENT:
        found += report_waits()
    if state == ReportState.ACCEPTED:
        found += report_locked()
    return found


def may_answer(by: Actor, report: Report, sent_by: int | None) -> Verdict:
    """The regional office answers what waits, and nobody their own."""
    found = may(by, "report.accept", report.facility_id)
    if report.state != ReportState.SENT:
        found += report_not_waiting()
    if by.user_id is not None and by.user_id == sent_by:
        found += report_same_person()
    return found


def must_say(comment: str) -> Verdict:
    """A return says what is wrong."""
    return ALLOWED if comment.strip() else Verdict((report_comment_missing(),))
