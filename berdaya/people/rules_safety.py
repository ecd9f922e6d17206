"""What a hold and a record of insurance must say."""

import re

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

lift_note_missing = declare_reason(
    "lift_note_missing",
    _lazy("Belum ditulis apa yang membuatnya aman lagi."),
    next_step=_lazy("Tulis dengan singkat, misalnya: pelindung mesin sudah dipasang."),
)
policy_no_is_nik = declare_reason(
    "policy_no_is_nik",
    _lazy("Nomor dengan enam belas angka tampak seperti NIK."),
    next_step=_lazy("Tulis nomor kepesertaan UPT atau nomor polis, bukan NIK orangnya."),
)


def is_like_nik(number: str) -> bool:
    """Sixteen digits in all, however they are parted."""
    return len(re.sub(r"\D", "", number)) == 16
