"""Whose clients are they: a counsellor opens only those the head assigned to them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.institutions.roles import holders_of
from berdaya.institutions.rules import AT_OFFICE

COUNSELLOR = "counsellor"

client_of_other = declare_reason(
    "client_of_other",
    _lazy("Klien ini tidak ada dalam daftar bimbingan Anda."),
    next_step=_lazy("Minta Kepala Bapas menyerahkan kliennya kepada Anda."),
)
case_not_counsellor = declare_reason(
    "case_not_counsellor",
    _lazy("Pada hari itu orang ini bukan Pembimbing Kemasyarakatan di Bapas ini."),
    next_step=_lazy("Pilih pembimbing lain, atau catat penunjukannya dari SK."),
)
case_not_here = declare_reason(
    "case_not_here",
    _lazy("Pada hari itu klien tidak ditempatkan di Bapas ini."),
    next_step=_lazy("Periksa tanggalnya, atau catat penempatannya lebih dulu."),
)
case_too_early = declare_reason(
    "case_too_early",
    _lazy("Tanggal itu tidak sesudah awal bimbingan yang sekarang berlaku."),
    next_step=_lazy("Pakai tanggal sesudahnya."),
)
case_empty = declare_reason(
    "case_empty",
    _lazy("Belum ada klien yang dipilih."),
    next_step=_lazy("Centang paling sedikit satu klien."),
)
case_same = declare_reason(
    "case_same",
    _lazy("Klien yang dipilih sudah dibimbing orang ini."),
    next_step=_lazy("Pilih pembimbing yang lain."),
)
cover_past = declare_reason(
    "cover_past",
    _lazy("Hari yang sudah lewat tidak dapat digantikan lagi."),
    next_step=_lazy("Pilih hari ini atau sesudahnya."),
)
cover_own = declare_reason(
    "cover_own",
    _lazy("Klien yang dipilih memang dibimbing orang ini."),
    next_step=_lazy("Pilih petugas lain sebagai pengganti."),
)
cover_taken = declare_reason(
    "cover_taken",
    _lazy("Pada salah satu hari itu kliennya sudah punya pengganti."),
    next_step=_lazy("Batalkan pengganti yang lama, atau pilih hari lain."),
)
cover_no_day = declare_reason(
    "cover_no_day",
    _lazy("Tidak ada hari yang cocok di antara kedua tanggal itu, atau lebih dari 31 hari."),
    next_step=_lazy("Periksa tanggal dan harinya."),
)
# A stand-in for longer is a handing over.
MOST_COVERED = 31


def guided_places(actor: Actor) -> frozenset[int]:
    """Facilities where the actor sees people only as their counsellor, in no other role."""
    holders = {role.code for role in holders_of("person.view")}
    return frozenset(
        pk for pk, roles in actor.roles.items()
        if pk != AT_OFFICE and roles & holders == {COUNSELLOR}
    )  # fmt: skip


def may_handle(*, is_own: bool) -> Verdict:
    """A counsellor's own client, or anybody for those who are not bound to a caseload."""
    return ALLOWED if is_own else Verdict((client_of_other(),))


@dataclass(frozen=True)
class CaseFacts:
    """A client at the moment of being assigned: who guides them, since when."""

    is_placed: bool
    counsellor_id: int | None = None
    since: date | None = None


def may_assign(cases: list[CaseFacts], staff_id: int, day: date, *, is_counsellor: bool) -> Verdict:
    """Whether these clients may be guided by that person from `day` on."""
    reasons: list[Reason] = []
    if not cases:
        reasons.append(case_empty())
    if not is_counsellor:
        reasons.append(case_not_counsellor())
    if any(not one.is_placed for one in cases):
        reasons.append(case_not_here())
    moving = [one for one in cases if one.counsellor_id != staff_id]
    if any(one.since is not None and one.since >= day for one in moving):
        reasons.append(case_too_early())
    if cases and not moving:
        reasons.append(case_same())
    return Verdict(tuple(reasons))


def may_cover(
    cases: list[CaseFacts], staff_id: int, days: list[date], today: date, *, is_counsellor: bool
) -> Verdict:
    """Whether that person may stand in for these clients' counsellors on these days."""
    reasons: list[Reason] = []
    if not cases:
        reasons.append(case_empty())
    if not 0 < len(days) <= MOST_COVERED:
        reasons.append(cover_no_day())
    if any(day < today for day in days):
        reasons.append(cover_past())
    if not is_counsellor:
        reasons.append(case_not_counsellor())
    if any(not one.is_placed for one in cases):
        reasons.append(case_not_here())
    if any(one.counsellor_id == staff_id for one in cases):
        reasons.append(cover_own())
    return Verdict(tuple(reasons))
