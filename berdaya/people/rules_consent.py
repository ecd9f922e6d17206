"""May this consent be recorded, this text come in force, this page be wiped clean?"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.people.rules import facility_lpka

witness_missing = declare_reason(
    "witness_missing",
    _lazy("Saksinya petugas, tetapi belum dipilih siapa."),
    next_step=_lazy("Pilih petugas yang ikut melihat, atau pilih saksi lain."),
)
witness_is_recorder = declare_reason(
    "witness_is_recorder",
    _lazy("Yang mencatat tidak boleh menjadi saksi sekaligus."),
    next_step=_lazy("Pilih petugas lain yang ikut melihat."),
)
text_not_in_force = declare_reason(
    "text_not_in_force",
    _lazy("Naskah itu belum berlaku pada hari ditandatangani."),
    next_step=_lazy("Cocokkan versi pada kertasnya dengan tanggalnya."),
)
text_other_purpose = declare_reason(
    "text_other_purpose",
    _lazy("Naskah itu untuk hal lain."),
    next_step=_lazy("Pilih naskah yang dibacakan untuk hal ini."),
)
publicity_incomplete = declare_reason(
    "publicity_incomplete",
    _lazy("Kesediaan disebut berlaku untuk satu barang, satu saluran, dan sampai satu tanggal."),
    next_step=_lazy("Isi barang, saluran, dan tanggal akhirnya seperti pada kertas."),
)
publicity_status = declare_reason(
    "publicity_status",
    _lazy("Orang dengan status ini tidak pernah disebut di halaman umum."),
    next_step=_lazy("Tidak ada yang perlu dicatat."),
)
text_missing = declare_reason(
    "text_missing",
    _lazy("Naskah untuk hal ini dalam bahasa itu belum ada."),
    next_step=_lazy("Cetak naskah Indonesia dan bacakan dalam bahasanya."),
)
text_in_past = declare_reason(
    "text_in_past",
    _lazy("Naskah baru berlaku mulai hari yang akan datang, sesudah naskah terakhir."),
    next_step=_lazy("Pilih tanggal sesudah hari ini."),
)
text_version_taken = declare_reason(
    "text_version_taken",
    _lazy("Versi %(version)s sudah ada untuk hal ini."),
    next_step=_lazy("Pakai nama versi lain, misalnya 2027-1."),
)
clean_page_inside = declare_reason(
    "clean_page_inside",
    _lazy("Halaman bersih dapat diminta sesudah bebas."),
    next_step=_lazy("Bila tidak mau disebut lagi, cabut kesediaan disebutnya sekarang."),
)
clean_page_done = declare_reason(
    "clean_page_done",
    _lazy("Halaman orang ini sudah bersih."),
    next_step=_lazy("Tidak ada yang perlu dicatat lagi."),
)

NEVER_PUBLIC = frozenset({"anak", "community_service"})
AFTER_RELEASE = frozenset({"released", "client"})


@dataclass(frozen=True)
class ConsentFacts:
    """A consent as it is about to be recorded; the ids are of staff, None is the program."""

    purpose: str
    given_on: date
    facility_kind: str = "lapas"
    status: str | None = None
    text_purpose: str = ""
    text_from: date | None = None
    witness_role: str = "family"
    witness_id: int | None = None
    recorder_id: int | None = None
    item: str = ""
    channel: str = ""
    valid_until: date | None = None


def may_consent(facts: ConsentFacts) -> Verdict:
    """Every reason why this cannot stand as a consent (UU 27/2022 art. 21-24)."""
    return Verdict((*_witnessed(facts), *_worded(facts), *_public(facts)))


def _witnessed(facts: ConsentFacts) -> list[Reason]:
    if facts.recorder_id is None:  # the program itself: a workbook, the demo
        return []
    if facts.witness_id == facts.recorder_id:
        return [witness_is_recorder()]
    is_nobody = facts.witness_role == "officer" and facts.witness_id is None
    return [witness_missing()] if is_nobody else []


def _worded(facts: ConsentFacts) -> list[Reason]:
    found = []
    if facts.text_purpose and facts.text_purpose != facts.purpose:
        found.append(text_other_purpose())
    if facts.text_from is not None and facts.given_on < facts.text_from:
        found.append(text_not_in_force())
    return found


def _public(facts: ConsentFacts) -> list[Reason]:
    if facts.purpose != "publicity":
        return []
    if facts.facility_kind == "lpka":
        return [facility_lpka()]
    if facts.status in NEVER_PUBLIC:
        return [publicity_status()]
    until = facts.valid_until
    is_whole = facts.item and facts.channel and until is not None and until > facts.given_on
    return [] if is_whole else [publicity_incomplete()]


def may_publish_text(in_force_from: date, last_from: date | None, today: date) -> Verdict:
    """A text comes in force on a coming day, after the last one; what was said stays said."""
    is_late = in_force_from <= today or (last_from is not None and in_force_from <= last_from)
    return Verdict((text_in_past(),)) if is_late else ALLOWED


def may_clean(status: str | None, is_clean: bool) -> Verdict:
    """Whoever is released or guided outside asks for it; once, and for good."""
    if is_clean:
        return Verdict((clean_page_done(),))
    return ALLOWED if status in AFTER_RELEASE else Verdict((clean_page_inside(),))
