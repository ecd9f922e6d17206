"""May a rule of the country change like this, and who decides?"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason

rule_in_the_past = declare_reason(
    "rule_in_the_past",
    _lazy("Aturan tidak berubah untuk hari yang sudah lewat."),
    next_step=_lazy("Pilih hari ini atau sesudahnya; yang sudah dinilai tetap seperti dulu."),
)
rule_not_held = declare_reason(
    "rule_not_held",
    _lazy("Baris ini sudah tidak berlaku pada tanggal itu."),
    next_step=_lazy("Buka daftar aturan dan pilih baris yang masih berlaku."),
)
rule_overlaps = declare_reason(
    "rule_overlaps",
    _lazy("Untuk kelompok dan pasar ini sudah ada baris yang berlaku."),
    next_step=_lazy("Ubah baris itu, jangan menambah yang kedua."),
)
rule_same_person = declare_reason(
    "rule_same_person",
    _lazy("Yang mengusulkan perubahan aturan tidak memutuskannya."),
    next_step=_lazy("Minta petugas pusat yang lain membuka usulan ini."),
    forbids=True,
)
rule_decided = declare_reason(
    "rule_decided",
    _lazy("Usulan ini sudah diputuskan."),
    next_step=_lazy("Buka kembali halamannya."),
)
rule_reason_missing = declare_reason(
    "rule_reason_missing",
    _lazy("Alasannya belum ditulis."),
    next_step=_lazy("Tulis dalam satu kalimat."),
)


@dataclass(frozen=True)
class ChangeFacts:
    """What decides whether a change may be made: the row it ends, rows that would hold beside."""

    effective_on: date
    today: date
    ends_one: bool
    held: bool
    beside: int


def may_change(facts: ChangeFacts) -> Verdict:
    """A change begins today or later, ends a row that holds then, and leaves one row at a time."""
    found = Verdict()
    if facts.effective_on < facts.today:
        found += rule_in_the_past()
    if facts.ends_one and not facts.held:
        found += rule_not_held()
    if facts.beside:
        found += rule_overlaps()
    return found


def may_decide(actor_id: int | None, proposed_by_id: int | None, is_decided: bool) -> Verdict:
    """A second person decides, once."""
    found = Verdict()
    if actor_id is not None and actor_id == proposed_by_id:
        found += rule_same_person()
    if is_decided:
        found += rule_decided()
    return found
