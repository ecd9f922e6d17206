"""May a period of keeping be changed, and a proposal to erase be decided."""

from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason

retention_in_past = declare_reason(
    "retention_in_past",
    _lazy("Masa simpan berubah mulai hari mendatang, sesudah perubahan yang sudah dicatat."),
    next_step=_lazy("Pilih tanggal sesudah hari ini dan sesudah perubahan terakhir."),
)
retention_unknown = declare_reason(
    "retention_unknown",
    _lazy("Keperluan itu tidak dikenal."),
    next_step=_lazy("Pilih dari daftar."),
)
retention_decided = declare_reason(
    "retention_decided",
    _lazy("Usulan ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
keep_until_early = declare_reason(
    "keep_until_early",
    _lazy("Penahanan berlaku mulai besok dan paling lama dua tahun."),
    next_step=_lazy("Pilih tanggal di antaranya."),
)


def may_change_rule(is_known: bool, valid_from: date, today: date, has_later: bool) -> Verdict:
    """Only from a coming day, after every change already written."""
    found: list[Reason] = []
    if not is_known:
        found.append(retention_unknown())
    if valid_from <= today or has_later:
        found.append(retention_in_past())
    return Verdict(tuple(found))
