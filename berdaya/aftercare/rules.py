"""May a plan be written, a client be followed, help be given: pure, without a database."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason

plan_of_children = declare_reason(
    "plan_of_children",
    _lazy("Untuk anak binaan dan pidana kerja sosial tidak dibuat rencana usaha."),
    next_step=_lazy("Pembinaannya tercatat di pelatihan saja."),
)
plan_waits = declare_reason(
    "plan_waits",
    _lazy("Orang ini sudah punya rencana yang belum diputuskan."),
    next_step=_lazy("Ubah rencana itu, atau tunggu keputusannya."),
)
plan_decided = declare_reason(
    "plan_decided",
    _lazy("Rencana ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
plan_same_person = declare_reason(
    "plan_same_person",
    _lazy("Yang menulis rencana tidak memutuskannya."),
    next_step=_lazy("Minta kepala, atau Plh., yang memutuskan."),
    forbids=True,
)
day_ahead = declare_reason(
    "day_ahead",
    _lazy("Tanggal itu belum tiba."),
    next_step=_lazy("Pakai hari ini atau sebelumnya."),
)
day_too_old = declare_reason(
    "day_too_old",
    _lazy("Tanggal itu terlalu awal."),
    next_step=_lazy("Periksa tanggalnya."),
)
not_a_client = declare_reason(
    "not_a_client",
    _lazy("Pada hari itu orang ini bukan klien di Bapas ini."),
    next_step=_lazy("Periksa penempatan dan statusnya."),
)
supervision_exists = declare_reason(
    "supervision_exists",
    _lazy("Bimbingan orang ini untuk masa itu sudah dicatat."),
    next_step=_lazy("Buka bimbingannya dan ubah di sana."),
)
supervision_short = declare_reason(
    "supervision_short",
    _lazy("Akhir bimbingan harus sesudah awalnya."),
    next_step=_lazy("Periksa kedua tanggalnya."),
)
contact_without_consent = declare_reason(
    "contact_without_consent",
    _lazy("Bimbingannya sudah berakhir dan ia belum menyatakan mau dihubungi."),
    next_step=_lazy("Jangan menghubunginya. Bila ia sendiri datang, tanyakan kesediaannya dulu."),
)
contact_stopped = declare_reason(
    "contact_stopped",
    _lazy("Ia meminta tidak dihubungi lagi."),
    next_step=_lazy("Hormati permintaannya. Wajib lapor, bila masih ada, tetap dicatat."),
)
followup_done = declare_reason(
    "followup_done",
    _lazy("Tindak lanjut bulan ini sudah dicatat, mungkin oleh rekan Anda."),
    next_step=_lazy("Tidak ada yang perlu dikirim lagi."),
)
exit_done = declare_reason(
    "exit_done",
    _lazy("Permintaan berhentinya sudah tercatat."),
    next_step=_lazy("Tidak ada yang perlu dicatat lagi."),
)
referral_step = declare_reason(
    "referral_step",
    _lazy("Rujukan ini tidak dapat melangkah ke keadaan itu."),
    next_step=_lazy("Muat ulang halamannya dan lihat keadaannya sekarang."),
)
referral_reason = declare_reason(
    "referral_reason",
    _lazy("Tulis alasannya."),
    next_step=_lazy("Satu kalimat pendek, tanpa menyebut orang."),
)
grant_empty = declare_reason(
    "grant_empty",
    _lazy("Belum ada alat yang ditulis."),
    next_step=_lazy("Isi paling sedikit satu baris."),
)
grant_same_person = declare_reason(
    "grant_same_person",
    _lazy("Yang mengusulkan bantuan alat tidak menyetujuinya."),
    next_step=_lazy("Minta kepala, atau Plh., yang menyetujui."),
    forbids=True,
)
grant_step = declare_reason(
    "grant_step",
    _lazy("Bantuan ini sudah melangkah lebih jauh, atau belum disetujui."),
    next_step=_lazy("Muat ulang halamannya dan lihat keadaannya sekarang."),
)

NEVER_PLANNED = frozenset({"anak", "community_service"})
# How late a contact may be written down: a phone that was without signal, a paper from an island.
MOST_DAYS = 62
STEPS = {
    "made": {"accepted", "refused", "stopped"},
    "accepted": {"done", "refused", "stopped"},
}


@dataclass(frozen=True)
class PlanFacts:
    """A plan as it is about to be written."""

    facility_kind: str
    status: str | None
    is_waiting: bool


def may_write(facts: PlanFacts) -> Verdict:
    """With whom, and one at a time."""
    reasons: list[Reason] = []
    if facts.facility_kind == "lpka" or facts.status in NEVER_PLANNED:
        reasons.append(plan_of_children())
    if facts.is_waiting:
        reasons.append(plan_waits())
    return Verdict(tuple(reasons))


def may_sign(*, is_draft: bool, on: date, written_on: date, today: date) -> Verdict:
    """A draft, on a day between its writing and today."""
    reasons = [] if is_draft else [plan_decided()]
    if on > today:
        reasons.append(day_ahead())
    if on < written_on:
        reasons.append(day_too_old())
    return Verdict(tuple(reasons))


def may_decide(*, is_open: bool, by_writer: bool) -> Verdict:
    """Once, and by somebody else."""
    reasons = [] if is_open else [plan_decided()]
    return Verdict((*reasons, *([plan_same_person()] if by_writer else [])))


def may_supervise(
    *, facility_kind: str, status: str | None, since: date, last_day: date, today: date
) -> Verdict:
    """Only of a client of this Bapas, for at least a day."""
    reasons: list[Reason] = []
    if facility_kind != "bapas" or status != "client":
        reasons.append(not_a_client())
    if last_day <= since:
        reasons.append(supervision_short())
    if since > today:
        reasons.append(day_ahead())
    return Verdict(tuple(reasons))


@dataclass(frozen=True)
class ContactFacts:
    """A contact as it is about to be written: its day, and what stands for or against it."""

    on: date
    today: date
    since: date
    until: date
    has_report_duty: bool
    opted_in: bool
    left: bool


def may_follow(facts: ContactFacts) -> Verdict:
    """Under supervision always, afterwards only at the client's word; a report is always taken."""
    reasons = dated(facts.on, facts.today, facts.since)
    if facts.on >= facts.until:
        if not facts.opted_in:
            reasons.append(contact_stopped() if facts.left else contact_without_consent())
    elif facts.left and not facts.has_report_duty:
        reasons.append(contact_stopped())
    return Verdict(tuple(reasons))


def may_help(facts: ContactFacts) -> Verdict:
    """Referrals and tools: never for somebody who asked to be left alone, unless they came back."""
    reasons = dated(facts.on, facts.today, facts.since)
    if not facts.opted_in and (facts.left or facts.on >= facts.until):
        reasons.append(contact_stopped() if facts.left else contact_without_consent())
    return Verdict(tuple(reasons))


def dated(on: date, today: date, since: date) -> list[Reason]:
    """What is wrong with the day of a contact."""
    if on > today:
        return [day_ahead()]
    return [day_too_old()] if on < since or (today - on).days > MOST_DAYS else []


def may_step(state: str, to: str, *, on: date, made_on: date, today: date, reason: str) -> Verdict:
    """A referral's next state: accepted, then done; refused or stopped with a reason."""
    reasons: list[Reason] = []
    if to not in STEPS.get(state, set()):
        reasons.append(referral_step())
    if on > today:
        reasons.append(day_ahead())
    if on < made_on:
        reasons.append(day_too_old())
    if to in ("refused", "stopped") and not reason.strip():
        reasons.append(referral_reason())
    return Verdict(tuple(reasons))


def may_approve(*, is_waiting: bool, by_proposer: bool) -> Verdict:
    """Tools are approved once, by somebody else than the counsellor who proposed them."""
    reasons = [] if is_waiting else [grant_step()]
    return Verdict((*reasons, *([grant_same_person()] if by_proposer else [])))
