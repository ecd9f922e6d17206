"""May a person be registered, placed, moved, or get another status: rules without a database."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason

identity_in_pseudonym = declare_reason(
    "identity_in_pseudonym",
    _lazy("Nama samaran tidak boleh memuat nomor atau data diri."),
    next_step=_lazy("Pakai nama yang tidak menunjuk orangnya, misalnya nama tumbuhan."),
)
work_number_taken = declare_reason(
    "work_number_taken",
    _lazy("Nomor kerja %(number)s sedang dipakai orang lain di UPT ini."),
    next_step=_lazy("Pilih nomor kerja lain."),
)
placed_elsewhere = declare_reason(
    "placed_elsewhere",
    _lazy("Pada hari itu orang ini sudah ditempatkan."),
    next_step=_lazy("Periksa tanggalnya, atau akhiri penempatan yang lama lebih dulu."),
)
move_needs_both = declare_reason(
    "move_needs_both",
    _lazy("Pindah antar-UPT hanya dapat dicatat oleh yang berwenang di kedua UPT."),
    next_step=_lazy("Minta Kantor Wilayah mencatat kepindahannya."),
)
placement_too_early = declare_reason(
    "placement_too_early",
    _lazy("Tanggal itu tidak sesudah %(since)s, awal catatan yang sekarang berlaku."),
    next_step=_lazy("Pakai tanggal sesudahnya."),
)
placement_over = declare_reason(
    "placement_over",
    _lazy("Orang ini tidak sedang ditempatkan di UPT Anda."),
    next_step=_lazy("Catat penempatannya lebih dulu."),
)
status_same = declare_reason(
    "status_same",
    _lazy("Statusnya memang sudah demikian."),
    next_step=_lazy("Tidak ada yang perlu dicatat."),
)
status_not_here = declare_reason(
    "status_not_here",
    _lazy("Status ini tidak dapat dicatat di jenis UPT ini."),
    next_step=_lazy("Periksa UPT dan statusnya."),
)

# At most three digits: a register number or NIK is longer, "Melati 12" is not.
LONG_NUMBER = re.compile(r"\d{4}")
STATUSES_AT = {
    "lpka": {"anak"},
    "bapas": {"client", "community_service", "anak"},
}
IN_CUSTODY = {"convict", "detainee", "anak"}


@dataclass(frozen=True)
class Current:
    """What holds for a person before the change; None where nothing does."""

    facility_id: int | None = None
    placed_since: date | None = None
    status: str | None = None
    status_since: date | None = None


def may_be_called(pseudonym: str) -> Verdict:
    """A pseudonym tells nothing about the person: no long number, no address."""
    found = LONG_NUMBER.search(pseudonym.replace(" ", "").replace("-", "")) or "@" in pseudonym
    return Verdict((identity_in_pseudonym(),)) if found else ALLOWED


def may_hold_status(facility_kind: str, status: str) -> Verdict:
    """Children at an LPKA, clients at a Bapas, convicts, detainees and children elsewhere.

    Somebody may be released from anywhere.
    """
    allowed = STATUSES_AT.get(facility_kind, IN_CUSTODY) | {"released"}
    return ALLOWED if status in allowed else Verdict((status_not_here(),))


def may_place(current: Current, day: date, in_scope: frozenset[int]) -> Verdict:
    """From `day` on at another place, or under another number: only after the present one began,
    and only by someone whose scope holds both facilities.
    """
    found: list[Reason] = []
    if current.facility_id is not None and current.facility_id not in in_scope:
        found.append(move_needs_both())
    if current.placed_since is not None and day <= current.placed_since:
        found.append(placement_too_early(since=Day(current.placed_since)))
    return Verdict(tuple(found))


def may_change_status(current: Current, status: str, day: date) -> Verdict:
    """Another status from `day` on, after the present one began."""
    if current.placed_since is None:
        return Verdict((placement_over(),))
    if current.status == status:
        return Verdict((status_same(),))
    if current.status_since is not None and day <= current.status_since:
        return Verdict((placement_too_early(since=Day(current.status_since)),))
    return ALLOWED


def may_leave(current: Current, day: date) -> Verdict:
    """Out of the facility from `day` on, the first day on which the person is not there."""
    if current.placed_since is None:
        return Verdict((placement_over(),))
    if day <= current.placed_since:
        return Verdict((placement_too_early(since=Day(current.placed_since)),))
    return ALLOWED


@dataclass(frozen=True)
class Day:
    """A date that is put into the reader's words only when it is read."""

    day: date

    def __str__(self) -> str:
        return format_date(self.day, get_language() or "id")
