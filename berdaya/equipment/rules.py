"""Why a machine cannot be booked, shared or worked on, and why a count of tools is not over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import DEFAULT_ZONE, format_instant
from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.equipment.calc import LONGEST, Slot

equipment_taken = declare_reason(
    "equipment_taken",
    _lazy("%(name)s sudah dipesan pada waktu itu."),
    next_step=_lazy("Waktu bebas berikutnya: %(free)s."),
)
equipment_kind_short = declare_reason(
    "equipment_kind_short",
    _lazy("Sarana yang diperlukan tidak bebas bersama-sama mulai waktu itu."),
    next_step=_lazy("Waktu bebas berikutnya: %(free)s."),
)
equipment_kind_missing = declare_reason(
    "equipment_kind_missing",
    _lazy("Perlu %(qty)s %(kind)s, yang dapat dipakai UPT ini ada %(there)s."),
    next_step=_lazy("Catat sarananya, atau minta pemilik lain berbagi."),
)
equipment_not_shared = declare_reason(
    "equipment_not_shared",
    _lazy("%(name)s tidak dibuka bagi UPT ini."),
    next_step=_lazy("Minta pemiliknya membuka sarana itu untuk UPT Anda."),
)
equipment_out_of_service = declare_reason(
    "equipment_out_of_service",
    _lazy("%(name)s tidak dapat dipakai: %(state)s."),
    next_step=_lazy("Pilih sarana lain, atau tunggu sampai diperbaiki."),
)
booking_backwards = declare_reason(
    "booking_backwards",
    _lazy("Waktu selesai tidak sesudah waktu mulai."),
    next_step=_lazy("Perbaiki jamnya."),
)
booking_too_long = declare_reason(
    "booking_too_long",
    _lazy("Satu pemesanan paling lama tiga bulan."),
    next_step=_lazy("Bagi menjadi beberapa pemesanan."),
)
booking_over = declare_reason(
    "booking_over",
    _lazy("Waktu itu sudah lewat."),
    next_step=_lazy("Pilih waktu yang belum lewat."),
)
booking_decided = declare_reason(
    "booking_decided",
    _lazy("Pemesanan ini sudah diputuskan atau dibatalkan."),
    next_step=_lazy("Muat ulang halamannya."),
)
booking_own = declare_reason(
    "booking_own",
    _lazy("Yang memesan tidak menyetujui pesanannya sendiri."),
    next_step=_lazy("Minta orang lain di pihak pemilik."),
)
booking_of_care = declare_reason(
    "booking_of_care",
    _lazy("Ini waktu perawatan, bukan pemesanan."),
    next_step=_lazy("Selesaikan perawatannya di halaman sarana."),
)
equipment_reason_missing = declare_reason(
    "equipment_reason_missing",
    _lazy("Alasannya belum ditulis."),
    next_step=_lazy("Tulis sesingkat apa pun."),
)
condition_final = declare_reason(
    "condition_final",
    _lazy("Sarana yang sudah dihapus tidak kembali."),
    next_step=_lazy("Catat sebagai sarana baru."),
)
condition_in_future = declare_reason(
    "condition_in_future",
    _lazy("Tanggal itu belum tiba."),
    next_step=_lazy("Tulis hari keadaannya benar-benar terlihat."),
)
share_overlaps = declare_reason(
    "share_overlaps",
    _lazy("Untuk masa itu sarana ini sudah dibuka bagi mereka."),
    next_step=_lazy("Akhiri dulu yang lama."),
)
share_with_self = declare_reason(
    "share_with_self",
    _lazy("Sarana sendiri tidak perlu dibuka bagi diri sendiri."),
    next_step=_lazy("Pilih UPT lain atau seluruh wilayah."),
)
share_not_agreed = declare_reason(
    "share_not_agreed",
    _lazy("Langsung jadi hanya menurut kesepakatan yang bernomor."),
    next_step=_lazy("Isi nomor kesepakatannya, atau biarkan tiap pemesanan menunggu."),
)
share_ends_early = declare_reason(
    "share_ends_early",
    _lazy("Tanggal itu tidak sesudah awalnya, atau sudah lewat akhirnya."),
    next_step=_lazy("Periksa tanggalnya."),
)
share_ended_past = declare_reason(
    "share_ended_past",
    _lazy("Hari itu sudah lewat, dan yang dipesan sejak itu tetap berlaku."),
    next_step=_lazy("Akhiri mulai hari ini, atau tolak pemesanannya satu per satu."),
)
plan_without_rhythm = declare_reason(
    "plan_without_rhythm",
    _lazy("Belum ditulis setiap berapa hari atau jam."),
    next_step=_lazy("Isi paling sedikit satu."),
)
plan_exists = declare_reason(
    "plan_exists",
    _lazy("Rencana perawatan itu sudah ada."),
    next_step=_lazy("Beri nama lain, atau akhiri yang lama."),
)
maintenance_finished = declare_reason(
    "maintenance_finished",
    _lazy("Perawatan ini sudah selesai."),
    next_step=_lazy("Muat ulang halamannya."),
)
tool_set_exists = declare_reason(
    "tool_set_exists",
    _lazy("Nama itu sudah dipakai di UPT ini."),
    next_step=_lazy("Pakai nama lain."),
)
tool_set_empty = declare_reason(
    "tool_set_empty",
    _lazy("Belum ada satu alat pun."),
    next_step=_lazy("Tulis paling sedikit satu alat dan banyaknya."),
)
tools_counted = declare_reason(
    "tools_counted",
    _lazy("Alat ini sudah dihitung untuk hari itu."),
    next_step=_lazy("Buka hitungan yang sudah ada."),
)
tools_wrong_day = declare_reason(
    "tools_wrong_day",
    _lazy("Alat dihitung pada harinya sendiri."),
    next_step=_lazy("Hitung untuk hari ini."),
)
tools_more_than_set = declare_reason(
    "tools_more_than_set",
    _lazy("%(tool)s: paling banyak %(most)s."),
    next_step=_lazy("Hitung lagi."),
)
missing_decided = declare_reason(
    "missing_decided",
    _lazy("Catatan alat hilang ini sudah lebih jauh."),
    next_step=_lazy("Muat ulang halamannya."),
)
missing_unexplained = declare_reason(
    "missing_unexplained",
    _lazy("Belum ada penjelasan untuk disahkan."),
    next_step=_lazy("Catat dulu siapa yang mencari, kapan, dan bagaimana akhirnya."),
)
missing_same_person = declare_reason(
    "missing_same_person",
    _lazy("Yang menjelaskan tidak mengesahkan sendiri."),
    next_step=_lazy("Minta orang kedua memeriksanya."),
)
missing_early = declare_reason(
    "missing_early",
    _lazy("Waktu itu sebelum alatnya hilang, atau belum tiba."),
    next_step=_lazy("Periksa jamnya."),
)


@dataclass(frozen=True)
class Moment:
    """An instant that is put into the reader's words only when it is read; None is "not soon"."""

    at: datetime | None
    zone: str = DEFAULT_ZONE

    def __str__(self) -> str:
        if self.at is None:
            return str(_lazy("tidak dalam tiga bulan"))
        return format_instant(self.at, self.zone, get_language() or "id")


@dataclass(frozen=True)
class BookingFacts:
    """What is known before time is taken; `state` is the label of a machine out of service."""

    name: str
    slot: Slot
    now: datetime
    is_open_to: bool
    state: str | Promise = ""


def may_book(facts: BookingFacts) -> Verdict:
    """Whether this time could be booked at all; whether it is free only the database knows."""
    reasons: list[Reason] = []
    if facts.slot.end <= facts.slot.start:
        reasons.append(booking_backwards())
    elif facts.slot.end - facts.slot.start > LONGEST:
        reasons.append(booking_too_long())
    elif facts.slot.end <= facts.now:
        reasons.append(booking_over())
    if not facts.is_open_to:
        reasons.append(equipment_not_shared(name=facts.name))
    if facts.state:
        reasons.append(equipment_out_of_service(name=facts.name, state=facts.state))
    return Verdict(tuple(reasons))


def may_decide(state: str, booked_by_id: int | None, decided_by_id: int | None) -> Verdict:
    """Two people, once. A program's own actor (demo) stands for two."""
    reasons: list[Reason] = []
    if state != "waiting":
        reasons.append(booking_decided())
    if decided_by_id is not None and decided_by_id == booked_by_id:
        reasons.append(booking_own())
    return Verdict(tuple(reasons))


def may_confirm(state: str, explained_by_id: int | None, confirmed_by_id: int | None) -> Verdict:
    """Whether a second person may end the search for a tool."""
    if state == "open":
        return Verdict((missing_unexplained(),))
    reasons: list[Reason] = []
    if state == "closed":
        reasons.append(missing_decided())
    if confirmed_by_id is not None and confirmed_by_id == explained_by_id:
        reasons.append(missing_same_person())
    return Verdict(tuple(reasons))


def is_due(
    *, last_on: date, today: date, every_days: int | None, every_hours: int | None, minutes: int
) -> bool:
    """Whether maintenance is due: so many days have passed, or so many hours of use."""
    by_days = every_days is not None and (today - last_on).days >= every_days
    return by_days or (every_hours is not None and minutes >= every_hours * 60)
