"""May mentoring begin, be written about, and end; pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason

not_at_office = declare_reason(
    "not_at_office",
    _lazy("Anda tidak ditunjuk sebagai pendamping pada kantor itu."),
    next_step=_lazy("Pilih kantor Anda sendiri, atau minta administrator mencatat SK Anda."),
    forbids=True,
)
not_its_mentor = declare_reason(
    "not_its_mentor",
    _lazy("Pendampingan ini dipegang pendamping lain."),
    next_step=_lazy("Minta pendampingnya, atau akhiri lalu ajukan yang baru."),
    forbids=True,
)
mentoring_of_children = declare_reason(
    "mentoring_of_children",
    _lazy("Pendampingan tidak diadakan di LPKA atau Bapas."),
    next_step=_lazy("Pilih Lapas atau Rutan yang membuat barang."),
)
mentoring_answered = declare_reason(
    "mentoring_answered",
    _lazy("Usul ini sudah dijawab."),
    next_step=_lazy("Muat ulang halamannya."),
)
mentoring_same_side = declare_reason(
    "mentoring_same_side",
    _lazy("Yang mengajukan tidak menjawab sendiri."),
    next_step=_lazy("Usul pendamping dijawab kepala UPT; permintaan UPT dijawab pendamping."),
)
mentoring_taken = declare_reason(
    "mentoring_taken",
    _lazy("%(what)s sudah didampingi."),
    next_step=_lazy("Akhiri dulu pendampingan yang berjalan, atau pilih yang lain."),
)
mentoring_subject = declare_reason(
    "mentoring_subject",
    _lazy("Belum jelas produk atau kelompok mana yang didampingi."),
    next_step=_lazy("Pilih satu produk atau satu bengkel, jangan keduanya."),
)
mentoring_not_running = declare_reason(
    "mentoring_not_running",
    _lazy("Pendampingan ini belum diterima atau sudah berakhir."),
    next_step=_lazy("Yang sudah tercatat tetap dapat dibaca; ajukan yang baru untuk melanjutkan."),
)
mentoring_future = declare_reason(
    "mentoring_future",
    _lazy("Hari mulainya belum tiba."),
    next_step=_lazy("Pilih hari ini atau sebelumnya."),
)
mentoring_reason_missing = declare_reason(
    "mentoring_reason_missing",
    _lazy("Alasannya belum ditulis."),
    next_step=_lazy("Tulis alasannya dengan singkat."),
)
meeting_future = declare_reason(
    "meeting_future",
    _lazy("Sesi itu baru pada %(day)s."),
    next_step=_lazy("Catat hasilnya sesudah sesinya."),
)
meeting_noted = declare_reason(
    "meeting_noted",
    _lazy("Catatan sesi ini sudah ada."),
    next_step=_lazy("Muat ulang halamannya; tulis kelanjutannya pada sesi berikutnya."),
)
step_done = declare_reason(
    "step_done",
    _lazy("Langkah ini sudah selesai."),
    next_step=_lazy("Muat ulang halamannya."),
)
step_of_other = declare_reason(
    "step_of_other",
    _lazy("Langkah ini dikerjakan pihak lain."),
    next_step=_lazy("Langkah UPT ditandai petugasnya, langkah pendamping oleh pendamping."),
    forbids=True,
)
finding_mended = declare_reason(
    "finding_mended",
    _lazy("Hasil perbaikannya sudah dicatat."),
    next_step=_lazy("Catat temuan baru bila masalahnya kembali."),
)
price_unknown = declare_reason(
    "price_unknown",
    _lazy("Harga barang ini belum dapat dihitung: penjualnya belum tercatat."),
    next_step=_lazy("Minta UPT membuka buku penjualnya dan mencatat rezim pendapatannya."),
)
price_elsewhere = declare_reason(
    "price_elsewhere",
    _lazy("Barang itu tidak termasuk pendampingan ini."),
    next_step=_lazy("Pilih barang dari daftar."),
)
price_taken = declare_reason(
    "price_taken",
    _lazy("Harga ini sudah diambil UPT."),
    next_step=_lazy("Muat ulang halamannya."),
)
price_same_person = declare_reason(
    "price_same_person",
    _lazy("Yang menghitung harga tidak mengambilnya sendiri."),
    next_step=_lazy("Minta petugas lain di UPT mengambilnya."),
)


@dataclass(frozen=True)
class Answer:
    """An answer as it is given: `is_unit` says which side answers."""

    is_open: bool
    by_proposer: bool
    proposed_by_unit: bool
    is_unit: bool


def may_answer(answer: Answer) -> Verdict:
    """The other side, another person, and only once."""
    if not answer.is_open:
        return Verdict((mentoring_answered(),))
    if answer.by_proposer or answer.proposed_by_unit == answer.is_unit:
        return Verdict((mentoring_same_side(),))
    return Verdict(())


def may_note(day: date, today: date, is_noted: bool) -> Verdict:
    """What was done is written once, on the day itself or later."""
    if is_noted:
        return Verdict((meeting_noted(),))
    if day > today:
        return Verdict((meeting_future(day=day),))
    return Verdict(())
