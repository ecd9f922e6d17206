"""May a certificate be proposed, decided, revoked; what does it say today; does it keep quiet?"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.institutions.models import PartyKind

# Words that would tell where somebody learned; the name of the unit itself is looked for as well.
CUSTODY = (
    *("lapas", "rutan", "lpka", "lpp", "bapas", "lembaga pemasyarakatan", "pemasyarakatan"),
    *("rumah tahanan", "warga binaan", "narapidana", "tahanan", "wbp", "penjara", "napi"),
    *("ditjenpas", "imipas", "prison", "inmate", "correctional", "detention", "custody", "jail"),
)
_CUSTODY = re.compile(rf"\b(?:{'|'.join(CUSTODY)})s?\b", re.IGNORECASE)

certificate_not_passed = declare_reason(
    "certificate_not_passed",
    _lazy("Sertifikat hanya untuk yang dinilai kompeten."),
    next_step=_lazy("Catat uji ulangnya lebih dahulu."),
)
certificate_exists = declare_reason(
    "certificate_exists",
    _lazy("Untuk penilaian ini sertifikatnya sudah diusulkan atau terbit."),
    next_step=_lazy("Muat ulang halamannya; yang keliru diganti dari halaman sertifikatnya."),
)
certificate_nobody = declare_reason(
    "certificate_nobody",
    _lazy("Belum ada peserta kompeten yang belum bersertifikat."),
    next_step=_lazy("Catat penilaiannya lebih dahulu."),
)
certificate_issuer_is_unit = declare_reason(
    "certificate_issuer_is_unit",
    _lazy("Penerbitnya penyelenggara pelatihan, bukan UPT."),
    next_step=_lazy("Isi penyelenggara pada pelatihannya: BLK, dinas, yayasan, atau mitra."),
)
certificate_tells_place = declare_reason(
    "certificate_tells_place",
    _lazy("“%(words)s” memberi tahu di mana orang itu belajar; sertifikat tidak boleh."),
    next_step=_lazy("Ubah judul pelatihan, nama penyelenggara, atau penanda tangannya."),
)
certificate_signer_missing = declare_reason(
    "certificate_signer_missing",
    _lazy("Nama dan jabatan penanda tangan dari penyelenggara belum diisi."),
    next_step=_lazy("Isi seperti pada surat penyelenggara."),
)
certificate_same_person = declare_reason(
    "certificate_same_person",
    _lazy("Yang mengusulkan sertifikat tidak memutuskannya sendiri."),
    next_step=_lazy("Minta kepala UPT atau Kantor Wilayah memutuskannya."),
)
certificate_decided = declare_reason(
    "certificate_decided",
    _lazy("Usulan ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
certificate_reason_missing = declare_reason(
    "certificate_reason_missing",
    _lazy("Alasannya belum ditulis."),
    next_step=_lazy("Tulis alasannya dengan singkat, tanpa nama orang."),
)
certificate_not_issued = declare_reason(
    "certificate_not_issued",
    _lazy("Sertifikat ini belum terbit, ditolak, atau sudah tidak berlaku."),
    next_step=_lazy("Periksa keadaannya pada halaman sertifikatnya."),
)
certificate_asked_already = declare_reason(
    "certificate_asked_already",
    _lazy("Pencabutan atau penggantiannya sudah diminta dan menunggu keputusan."),
    next_step=_lazy("Tunggu orang kedua memutuskannya."),
)
certificate_name_gone = declare_reason(
    "certificate_name_gone",
    _lazy("Namanya tidak dapat dibuka lagi: %(why)s. Sertifikatnya tetap dapat diperiksa."),
    next_step=_lazy("Berikan alamat halaman sertifikatnya; kertas baru tidak dapat dicetak."),
)


class State(StrEnum):
    """What a certificate says of itself on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"


def state_of(ended_as: str, valid_from: date, valid_until: date | None, today: date) -> State:
    """Revoked and replaced come before the calendar."""
    if ended_as:
        return State(ended_as)
    if today < valid_from:
        return State.NOT_YET
    return State.EXPIRED if valid_until is not None and valid_until <= today else State.VALID


@dataclass(frozen=True)
class ProposalFacts:
    """One assessment whose certificate is asked for."""

    is_competent: bool
    has_certificate: bool
    provider_kind: str
    told: tuple[str, ...]
    place_names: tuple[str, ...]


def may_propose(facts: ProposalFacts) -> Verdict:
    """Passed, without another one, issued by a provider, and silent about the place."""
    verdict = ALLOWED
    if not facts.is_competent:
        verdict += certificate_not_passed()
    if facts.has_certificate:
        verdict += certificate_exists()
    if facts.provider_kind == PartyKind.SATKER_UPT:
        verdict += certificate_issuer_is_unit()
    told = telling(facts.told, facts.place_names)
    return verdict + certificate_tells_place(words=told) if told else verdict


def telling(texts: tuple[str, ...], place_names: tuple[str, ...]) -> str:
    """The first word that tells of custody or names the place; nothing where none does."""
    for text in texts:
        found = _CUSTODY.search(text)
        if found:
            return found.group(0)
        for name in place_names:
            if name.lower() in text.lower():
                return name
    return ""


def may_sign(signer_name: str, signer_post: str) -> Verdict:
    """Both are known."""
    is_whole = signer_name.strip() and signer_post.strip()
    return ALLOWED if is_whole else Verdict((certificate_signer_missing(),))


def may_decide(
    decider: int | None, proposer: int, *, is_decided: bool, outcome: str, reason: str
) -> Verdict:
    """Somebody else, once, and with a reason where it is refused."""
    reasons: list[Reason] = []
    if decider == proposer:
        reasons.append(certificate_same_person())
    if is_decided:
        reasons.append(certificate_decided())
    if outcome != "approved" and not reason.strip():
        reasons.append(certificate_reason_missing())
    return Verdict(tuple(reasons))


def may_withdraw(*, is_issued: bool, is_asked: bool, reason: str) -> Verdict:
    """Issued, still in force, not asked for already, and with a reason."""
    reasons: list[Reason] = []
    if not is_issued:
        reasons.append(certificate_not_issued())
    if is_asked:
        reasons.append(certificate_asked_already())
    if not reason.strip():
        reasons.append(certificate_reason_missing())
    return Verdict(tuple(reasons))


def starts_at(day: date) -> datetime:
    """The instant from which a certificate of that day holds."""
    return clock.start_of(day)
