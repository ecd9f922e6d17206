"""May a product say this of halal? Honest states without a certificate, each with its basis.

Sources: UU 33/2014 article 26 (what is not halal may be sold and says so on the pack), PP 42/2024
(exempt materials, applications); domain 2.4.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.verdicts import Verdict, declare_reason

standing_certified = declare_reason(
    "standing_certified",
    _lazy("Produk ini sudah bersertifikat halal: %(number)s."),
    next_step=_lazy("Sertifikat yang keliru dicabut lebih dulu di Izin dan Sertifikat."),
)
standing_basis_missing = declare_reason(
    "standing_basis_missing",
    _lazy("Dasarnya belum ditulis."),
    next_step=_lazy("Tulis nomor pengajuan, daftar pengecualian, atau bahan yang tidak halal."),
)
standing_backwards = declare_reason(
    "standing_backwards",
    _lazy("Keadaan yang sekarang berlaku sejak %(day)s."),
    next_step=_lazy("Pilih hari sesudahnya."),
)
standing_in_future = declare_reason(
    "standing_in_future",
    _lazy("Hari itu belum tiba."),
    next_step=_lazy("Catat pada harinya."),
)
standing_none = declare_reason(
    "standing_none",
    _lazy("Produk ini tidak menyatakan apa-apa, jadi tidak ada yang diakhiri."),
    next_step=_lazy("Pilih keadaannya, atau kembali."),
)


@dataclass(frozen=True)
class StandingFacts:
    """What is to be said from `day` on; `since` is when the present standing began, if any."""

    day: date
    today: date
    basis: str
    since: date | None = None
    certificate: str = ""


def may_stand(facts: StandingFacts) -> Verdict:
    """With a basis, after the one before, and not against a certificate in force."""
    found = []
    if facts.certificate:
        found.append(standing_certified(number=facts.certificate))
    if not facts.basis.strip():
        found.append(standing_basis_missing())
    return Verdict(tuple(found)) + may_be_since(facts)


def may_be_since(facts: StandingFacts) -> Verdict:
    """A day that has come, after the present standing began."""
    found = []
    if facts.day > facts.today:
        found.append(standing_in_future())
    if facts.since is not None and facts.day <= facts.since:
        found.append(standing_backwards(day=format_date(facts.since)))
    return Verdict(tuple(found))
