"""What may be recorded as somebody's identity, and what is told when it cannot be opened."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _lazy
from stdnum.id import nik as nik_numbers

from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason

nik_invalid = declare_reason(
    "nik_invalid",
    _lazy("NIK itu bukan 16 angka yang sah."),
    next_step=_lazy("Salin dari KTP atau biarkan kosong; banyak orang tidak memilikinya."),
)
birth_date_unlikely = declare_reason(
    "birth_date_unlikely",
    _lazy("Tanggal lahir itu tidak mungkin."),
    next_step=_lazy("Periksa tahunnya."),
)
identity_erased = declare_reason(
    "identity_erased",
    _lazy("Data diri orang ini sudah dihapus dan tidak dapat dibuka lagi."),
    next_step=_lazy("Uang dan riwayatnya tetap tersimpan di bawah kodenya."),
)
identity_missing = declare_reason(
    "identity_missing",
    _lazy("Data diri orang ini belum dicatat."),
    next_step=_lazy("Catat dulu namanya di halaman data diri."),
)
identity_just_recorded = declare_reason(
    "identity_just_recorded",
    _lazy("Data diri orang ini baru saja dicatat oleh orang lain."),
    next_step=_lazy("Muat ulang halamannya."),
)
OLDEST_YEARS, YOUNGEST_YEARS = 110, 10


def may_record(values: Mapping[str, str | bytes], today: date) -> Verdict:
    """Whether these values can be true: a NIK that fits, a birth date of somebody alive."""
    verdict = ALLOWED
    if values.get("nik") and not nik_numbers.is_valid(str(values["nik"])):
        verdict += Verdict((nik_invalid(),))
    if values.get("born_on"):
        age = today.year - date.fromisoformat(str(values["born_on"])).year
        if not YOUNGEST_YEARS <= age <= OLDEST_YEARS:
            verdict += Verdict((birth_date_unlikely(),))
    return verdict
