"""May a request about one's own data be recorded and answered so; what a breach must tell."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.people.models.rights import NUMBER_IN_WORDS, RightsKind, RightsOutcome

number_in_words = declare_reason(
    "number_in_words",
    _lazy("Keterangan tidak boleh memuat nomor seseorang."),
    next_step=_lazy("Tulis dengan kata-kata saja, tanpa NIK, nomor register, atau telepon."),
)
received_later = declare_reason(
    "received_later",
    _lazy("Waktu itu belum tiba."),
    next_step=_lazy("Isi kapan permohonan atau kejadian itu benar-benar diketahui."),
)
rights_answered = declare_reason(
    "rights_answered",
    _lazy("Permohonan ini sudah dijawab."),
    next_step=_lazy("Muat ulang halamannya; permohonan baru dicatat tersendiri."),
)
rights_same_person = declare_reason(
    "rights_same_person",
    _lazy("Penolakan dan penghapusan tidak diputuskan oleh yang mencatat permohonannya."),
    next_step=_lazy("Minta kepala UPT atau Kantor Wilayah menjawabnya."),
)
rights_ground_missing = declare_reason(
    "rights_ground_missing",
    _lazy("Menolak memerlukan dasar hukum, mengabulkan seluruhnya tidak."),
    next_step=_lazy("Pilih dasar penolakan dari daftar, atau kabulkan seluruhnya."),
)
rights_copy_not_printed = declare_reason(
    "rights_copy_not_printed",
    _lazy("Salinannya belum dicetak."),
    next_step=_lazy("Cetak salinan di halaman permohonan, serahkan, lalu catat jawabannya."),
)
rights_consents_open = declare_reason(
    "rights_consents_open",
    _lazy("Masih ada persetujuan yang berlaku."),
    next_step=_lazy("Cabut persetujuannya"),
)
rights_not_that_kind = declare_reason(
    "rights_not_that_kind",
    _lazy("Permohonan ini tidak meminta salinan data."),
    next_step=_lazy("Catat permohonan salinan lebih dulu."),
)
restriction_holds = declare_reason(
    "restriction_holds",
    _lazy("Pemakaian data orang ini sudah dibatasi."),
    next_step=_lazy("Akhiri dulu pembatasan yang berlaku, atau tolak dengan alasan."),
)
restriction_over = declare_reason(
    "restriction_over",
    _lazy("Pembatasan itu sudah berakhir, atau baru dimulai hari ini."),
    next_step=_lazy("Pilih hari sesudah awalnya."),
)
erasure_placed = declare_reason(
    "erasure_placed",
    _lazy("Orang ini masih ditempatkan; namanya diperlukan untuk tugas negara."),
    next_step=_lazy("Tolak dengan dasar penyelenggaraan negara, atau tunggu sampai ia keluar."),
)
erasure_case_open = declare_reason(
    "erasure_case_open",
    _lazy("Permohonan lain dari orang ini belum dijawab."),
    next_step=_lazy("Jawab dulu permohonan yang lain."),
)
erasure_breach_open = declare_reason(
    "erasure_breach_open",
    _lazy("Orang ini belum diberi tahu tentang kegagalan pelindungan datanya."),
    next_step=_lazy("Beri tahu dulu orangnya, lalu catat pemberitahuannya."),
)
erasure_legal_claim = declare_reason(
    "erasure_legal_claim",
    _lazy("Datanya diperlukan untuk perkara hukum; pembatasannya masih berlaku."),
    next_step=_lazy("Akhiri dulu pembatasannya bila perkaranya selesai."),
)
breach_not_told = declare_reason(
    "breach_not_told",
    _lazy("Belum diberi tahu: %(who)s."),
    next_step=_lazy("Catat dulu pemberitahuannya."),
)
breach_closed = declare_reason(
    "breach_closed",
    _lazy("Kejadian ini sudah ditutup."),
    next_step=_lazy("Kejadian baru dicatat tersendiri."),
)
breach_person_known = declare_reason(
    "breach_person_known",
    _lazy("Orang itu sudah ada dalam daftar."),
    next_step=_lazy("Muat ulang halamannya."),
)


@dataclass(frozen=True)
class AnswerFacts:
    """What decides whether a case may be answered so."""

    kind: str
    outcome: str
    has_ground: bool
    is_answered: bool = False
    is_recorder: bool = False
    is_copy_printed: bool = False
    open_consents: int = 0
    is_restricted: bool = False


def may_write(*texts: str) -> Verdict:
    """Free words never carry a number of five digits or more."""
    found = any(re.search(NUMBER_IN_WORDS, text) for text in texts)
    return Verdict((number_in_words(),)) if found else ALLOWED


def may_receive(received_at: datetime, now: datetime) -> Verdict:
    """Nothing was received or noticed later than now."""
    return Verdict((received_later(),)) if received_at > now else ALLOWED


def may_answer(facts: AnswerFacts, consents_url: str = "") -> Verdict:
    """All that stands against this answer; what stands against erasing is asked apart."""
    if facts.is_answered:
        return Verdict((rights_answered(),))
    granted = facts.outcome == RightsOutcome.GRANTED
    found: list[Reason] = []
    if facts.has_ground == granted:
        found.append(rights_ground_missing())
    if facts.is_recorder and (not granted or facts.kind == RightsKind.ERASURE):
        found.append(rights_same_person())
    if facts.outcome != RightsOutcome.REFUSED:
        found += _not_done(facts, consents_url)
    return Verdict(tuple(found))


def _not_done(facts: AnswerFacts, consents_url: str) -> list[Reason]:
    """What a grant says was done and was not."""
    if facts.kind == RightsKind.COPY and not facts.is_copy_printed:
        return [rights_copy_not_printed()]
    whole = facts.outcome == RightsOutcome.GRANTED
    if facts.kind == RightsKind.WITHDRAWAL and whole and facts.open_consents:
        return [rights_consents_open(next_url=consents_url)]
    if facts.kind == RightsKind.RESTRICTION and facts.is_restricted:
        return [restriction_holds()]
    return []
