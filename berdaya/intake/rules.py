"""May this workbook be mapped so, and may it be booked now?"""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason
from berdaya.intake.findings import KINDS
from berdaya.intake.plan import Plan
from berdaya.intake.recognition import is_identity_header
from berdaya.intake.words import FIELDS, IGNORE, KIND_LABELS

identity_in_workbook = declare_reason(
    "identity_in_workbook",
    _lazy("Kolom “%(header)s” memuat nama atau nomor orang dan tidak boleh dibaca."),
    next_step=_lazy("Biarkan kolom itu tidak dibaca; orangnya dikenali dari nomor kerja."),
)
meaning_unknown = declare_reason(
    "meaning_unknown",
    _lazy("Arti “%(meaning)s” tidak dikenal untuk lembar ini."),
    next_step=_lazy("Pilih salah satu dari daftar."),
)
workbook_closed = declare_reason(
    "workbook_closed",
    _lazy("Buku kerja ini sudah dibukukan atau dibatalkan."),
    next_step=_lazy("Unggah lagi; yang sudah masuk tidak akan terulang."),
)
go_live_missing = declare_reason(
    "go_live_missing",
    _lazy("Belum ditetapkan sejak kapan UPT ini memakai Berdaya."),
    next_step=_lazy("Isi tanggal mulainya; sebelum itu semuanya riwayat."),
)
nothing_to_book = declare_reason(
    "nothing_to_book",
    _lazy("Tidak ada yang baru untuk dibukukan."),
    next_step=_lazy("Semua baris buku ini sudah masuk, atau tidak dapat dibukukan."),
)
import_under_way = declare_reason(
    "import_under_way",
    _lazy("Buku kerja lain dari UPT ini sedang dibukukan."),
    next_step=_lazy("Tunggu sampai selesai, lalu coba lagi."),
)
seller_missing = declare_reason(
    "seller_missing",
    _lazy("UPT ini belum punya buku penjual (koperasi atau satker)."),
    next_step=_lazy("Daftarkan dulu pihak penjualnya beserta rezim pendapatannya."),
)
go_live_set_already = declare_reason(
    "go_live_set_already",
    _lazy("Tanggal mulai memakai Berdaya sudah ditetapkan."),
    next_step=_lazy("Tanggal itu tidak berubah lagi: riwayat dan premi bergantung padanya."),
)
go_live_in_future = declare_reason(
    "go_live_in_future",
    _lazy("Hari itu belum tiba; kerja sebelum hari mulai tidak diperiksa surat-suratnya."),
    next_step=_lazy("Pakai hari ini atau hari sebelumnya."),
)


def may_mean(kind: str, header: str, meaning: str, left_out: set[str]) -> Verdict:
    """Whether a column may be read as a field: never one that says who somebody is.

    `left_out`: headers of columns whose content gave them away.
    """
    if meaning and (is_identity_header(header, kind) or header in left_out):
        return Verdict((identity_in_workbook(header=header),))
    if meaning and meaning not in FIELDS.get(kind, {}):
        return Verdict((meaning_unknown(meaning=meaning),))
    return Verdict()


def may_be_kind(kind: str) -> Verdict:
    """Whether a sheet may be read as this kind."""
    known = kind in KIND_LABELS or kind == IGNORE
    return Verdict() if known else Verdict((meaning_unknown(meaning=kind),))


def may_book(
    plan: Plan, *, is_open: bool, has_go_live: bool, has_identities: bool = False
) -> Verdict:
    """Whether this plan may be booked; identities alone are reason enough."""
    if not is_open:
        return Verdict((workbook_closed(),))
    found = []
    if not has_go_live:
        found.append(go_live_missing())
    if not plan.fresh_count and not has_identities:
        found.append(nothing_to_book())
    return Verdict(tuple(found))


def is_choice(code: str, choice: str) -> bool:
    """Whether a finding of this kind offers that choice."""
    return code in KINDS and choice in KINDS[code].choices
