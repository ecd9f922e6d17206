"""For which purposes this room keeps something."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.people.actions.retention import apply_identities
from berdaya.people.retention import (
    Purpose,
    declare_purpose,
    measure_audit,
    measure_consents,
    measure_fitness,
    measure_openings,
)

PURPOSES = (
    Purpose(
        "identity",
        _lazy("Data diri orang yang sudah bebas"),
        _lazy("akhir penempatan atau pembayaran terakhir, bila tidak ada hak yang tersisa"),
        _lazy("Diusulkan, lalu dihapus oleh orang kedua atau 30 hari kemudian."),
        apply_identities,
    ),
    Purpose(
        "consent_proof",
        _lazy("Bukti persetujuan"),
        _lazy("hari persetujuan dicabut"),
        _lazy("Tersimpan di bawah kode tanpa nama."),
        measure_consents,
    ),
    Purpose(
        "fitness",
        _lazy("Surat keterangan sehat"),
        _lazy("akhir masa berlakunya"),
        _lazy("Tersimpan di bawah kode tanpa nama."),
        measure_fitness,
    ),
    Purpose(
        "access_log",
        _lazy("Catatan siapa membuka data diri"),
        _lazy("hari data itu dibuka"),
        _lazy("Tidak dihapus program; tanpa nama."),
        measure_openings,
    ),
    Purpose(
        "audit",
        _lazy("Jejak perubahan"),
        _lazy("hari perubahannya"),
        _lazy("Tidak dihapus program; nilai yang dilindungi tidak pernah masuk."),
        measure_audit,
    ),
)


def register() -> None:
    """Tell the nightly round."""
    for purpose in PURPOSES:
        declare_purpose(purpose)
