"""May this number stand on a permit, and how does a permit stand on a day?"""

import re
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason

WARN_DAYS = 90

permit_number_malformed = declare_reason(
    "permit_number_malformed",
    _lazy("Nomor %(kind)s ini tidak lengkap atau salah ketik."),
    next_step=_lazy("Bentuknya seperti %(example)s."),
)
permit_over_already = declare_reason(
    "permit_over_already",
    _lazy("Izin ini sudah dicabut, atau tanggalnya mendahului masa berlakunya."),
    next_step=_lazy("Periksa tanggalnya."),
)


def state_on(day: date, valid_from: date, valid_until: date | None, revoked_on: date | None) -> str:
    """not_yet, valid, ending (90 days or less left), lapsed or revoked."""
    if revoked_on and revoked_on <= day:
        return "revoked"
    if day < valid_from:
        return "not_yet"
    if valid_until is None:
        return "valid"
    if valid_until <= day:
        return "lapsed"
    return "ending" if valid_until - day <= timedelta(days=WARN_DAYS) else "valid"


def tidy_number(text: str) -> str:
    """One spelling: capitals, single spaces, P-IRT with its hyphen before the year."""
    words = " ".join(text.upper().split())
    found = re.fullmatch(r"(?:P-?IRT\s*(?:NO\.?)?\s*)?(\d{13})-?(\d{2})", words)
    return f"P-IRT {found[1]}-{found[2]}" if found else words


def may_be_number(pattern: str, number: str, label: str, example: str) -> Verdict:
    """Whether a number looks like one of its kind; lenient, see PermitKind."""
    if re.fullmatch(pattern, number):
        return Verdict()
    return Verdict((permit_number_malformed(kind=label, example=example),))
