"""May this be proposed, agreed, accepted, recorded or signed, and for which side?"""

from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason
from berdaya.insight.indicators import INDICATORS
from berdaya.institutions.rules import may_somewhere
from berdaya.programme.models import Proposal, QuarterState, Side

side_missing = declare_reason(
    "programme_side_missing",
    _lazy("Anda tidak bertugas pada kantor salah satu pihak kesepakatan ini."),
    next_step=_lazy("Minta petugas kantor yang menandatanganinya."),
    forbids=True,
)
answer_own_side = declare_reason(
    "programme_same_side",
    _lazy("Yang mengusulkan tidak menyepakati usulannya sendiri."),
    next_step=_lazy("Pihak lain yang menjawabnya."),
    forbids=True,
)
answered_before = declare_reason(
    "programme_answered",
    _lazy("Usulan ini sudah dijawab."),
    next_step=_lazy("Lihat jawabannya; usul baru dapat diajukan kapan saja."),
)
withdraw_other_side = declare_reason(
    "programme_not_yours",
    _lazy("Usulan ini dari pihak lain."),
    next_step=_lazy("Sepakati atau tolak."),
    forbids=True,
)
comment_missing = declare_reason(
    "programme_comment_missing",
    _lazy("Belum ditulis apa yang tidak disepakati."),
    next_step=_lazy("Tulis singkat apa yang perlu diubah."),
)
proposal_stale = declare_reason(
    "programme_proposal_stale",
    _lazy("Usulan ini tidak cocok lagi dengan kesepakatan yang berlaku sekarang."),
    next_step=_lazy("Tolak, lalu ajukan usul baru."),
)
clause_unknown = declare_reason(
    "clause_unknown",
    _lazy("Klausul nomor %(number)s tidak ada dalam naskah yang berlaku."),
    next_step=_lazy("Pilih klausul dari naskah yang berlaku."),
)
version_begins_early = declare_reason(
    "version_begins_early",
    _lazy("Naskah baru mulai sebelum atau bersamaan dengan naskah yang berlaku."),
    next_step=_lazy("Pilih tanggal mulai sesudah %(day)s."),
)
period_backwards = declare_reason(
    "programme_period_backwards",
    _lazy("Tanggal akhirnya mendahului tanggal mulainya."),
    next_step=_lazy("Periksa kedua tanggalnya."),
)
measure_not_told = declare_reason(
    "measure_not_told",
    _lazy("Indikator ini hanya untuk kantor, jadi tidak dapat mengikat kedua pihak."),
    next_step=_lazy("Pilih indikator yang boleh dibaca kedua pihak."),
)
measure_out_of_period = declare_reason(
    "measure_out_of_period",
    _lazy("Tahun %(year)s di luar masa komitmen ini."),
    next_step=_lazy("Pilih tahun di antara mulai dan batas akhirnya."),
)
milestone_after_due = declare_reason(
    "milestone_out_of_period",
    _lazy("Tanggal keluaran di luar masa komitmen ini."),
    next_step=_lazy("Pilih tanggal di antara mulai dan batas akhirnya."),
)
document_missing = declare_reason(
    "milestone_document_missing",
    _lazy("Dokumen keluarannya belum diserahkan."),
    next_step=_lazy("Unggah dokumennya; pihak lain lalu menerimanya."),
)
accepted_before = declare_reason(
    "milestone_accepted",
    _lazy("Pihak Anda sudah menerima keluaran ini."),
    next_step=_lazy("Tunggu pihak lain."),
)
code_taken = declare_reason(
    "programme_code_taken",
    _lazy("Kode %(code)s sudah dipakai."),
    next_step=_lazy("Pilih kode lain."),
)
office_not_party = declare_reason(
    "office_not_party",
    _lazy("Kantor penanggung jawab harus di bawah kantor pihaknya."),
    next_step=_lazy("Pilih kantor dari pihak yang benar."),
)
day_in_future = declare_reason(
    "programme_day_in_future",
    _lazy("Tanggalnya belum tiba."),
    next_step=_lazy("Catat sesudah harinya."),
)
due_before_meeting = declare_reason(
    "action_due_early",
    _lazy("Batas tindak lanjut mendahului hari rapat."),
    next_step=_lazy("Pilih tanggal sesudah rapat."),
)
recorded_before = declare_reason(
    "programme_recorded",
    _lazy("Ini sudah tercatat."),
    next_step=_lazy("Muat ulang halamannya."),
)
quarter_open = declare_reason(
    "quarter_open",
    _lazy("Triwulan %(quarter)s belum selesai, atau angkanya belum diumumkan."),
    next_step=_lazy("Susun sesudah tanggal tujuh bulan berikutnya."),
)
quarter_before = declare_reason(
    "quarter_before_agreement",
    _lazy("Triwulan itu sebelum kesepakatan berlaku."),
    next_step=_lazy("Pilih triwulan sesudahnya."),
)
quarter_waits = declare_reason(
    "quarter_waits",
    _lazy("Laporan triwulan ini sudah disusun dan menunggu persetujuan."),
    next_step=_lazy("Setujui, atau kembalikan dengan catatan."),
)
quarter_locked = declare_reason(
    "quarter_locked",
    _lazy("Laporan triwulan ini sudah disetujui kedua pihak dan terkunci."),
    next_step=_lazy("Perbaikannya masuk laporan triwulan berikutnya."),
)
quarter_not_waiting = declare_reason(
    "quarter_not_waiting",
    _lazy("Laporan triwulan ini tidak sedang menunggu persetujuan."),
    next_step=_lazy("Susun lagi sesudah dikembalikan."),
)
quarter_answered = declare_reason(
    "quarter_answered",
    _lazy("Pihak Anda sudah menyetujui laporan ini."),
    next_step=_lazy("Tunggu pihak lain."),
)


def may_edit(by: Actor, side: Side | None) -> Verdict:
    """Recording and proposing: by an office of either side."""
    found = may_somewhere(by, "programme.edit")
    return found if side is not None or not found.ok else found + side_missing()


def may_agree(by: Actor, side: Side | None) -> Verdict:
    """Signing for a side."""
    found = may_somewhere(by, "programme.agree")
    return found if side is not None or not found.ok else found + side_missing()


def may_answer(by: Actor, side: Side | None, proposal: Proposal) -> Verdict:
    """The other side answers, once; nobody their own, in whatever office they come."""
    found = may_agree(by, side)
    if not proposal.is_open:
        found += answered_before()
    if side == proposal.side or by.user_id == proposal.proposed_by_id:
        found += answer_own_side()
    return found


def may_withdraw(by: Actor, side: Side | None, proposal: Proposal) -> Verdict:
    """Whoever proposed may take it back while it is open."""
    found = may_edit(by, side)
    if not proposal.is_open:
        found += answered_before()
    if side is not None and side != proposal.side:
        found += withdraw_other_side()
    return found


def may_measure(indicator: str, year: int, starts_on: date, due_on: date) -> Verdict:
    """Only what both sides may read binds both, in a year of the commitment."""
    found = ALLOWED
    known = INDICATORS.get(indicator)
    if known is None or not known.is_told:
        found += measure_not_told()
    if not starts_on.year <= year <= due_on.year:
        found += measure_out_of_period(year=year)
    return found


def may_draw(by: Actor, side: Side | None, state: str) -> Verdict:
    """A quarter is drawn up once, again only after it was returned."""
    found = may_edit(by, side)
    if state in (QuarterState.DRAFT, QuarterState.HALF):
        found += quarter_waits()
    if state == QuarterState.AGREED:
        found += quarter_locked()
    return found


def may_sign_quarter(by: Actor, side: Side | None, state: str, has_answered: bool) -> Verdict:
    """Each side once, while it waits."""
    found = may_agree(by, side)
    if state == QuarterState.AGREED:
        found += quarter_locked()
    elif state == QuarterState.RETURNED:
        found += quarter_not_waiting()
    elif has_answered:
        found += quarter_answered()
    return found


def must_say(comment: str) -> Verdict:
    """A no says why."""
    return ALLOWED if comment.strip() else Verdict((comment_missing(),))
