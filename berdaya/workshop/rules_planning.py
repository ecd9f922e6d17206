"""Why work cannot be planned like this."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

time_exists = declare_reason(
    "time_exists",
    _lazy("Untuk masa itu barang ini sudah punya waktu baku."),
    next_step=_lazy("Akhiri dulu yang lama, lalu tulis yang baru."),
)
time_elsewhere = declare_reason(
    "time_elsewhere",
    _lazy("Barang itu bukan milik UPT bengkel ini."),
    next_step=_lazy("Pilih yang milik UPT ini."),
)
time_ends_early = declare_reason(
    "time_ends_early",
    _lazy("Tanggal itu tidak sesudah awalnya, atau sudah lewat akhirnya."),
    next_step=_lazy("Periksa tanggalnya."),
)
time_missing = declare_reason(
    "time_missing",
    _lazy("%(what)s belum punya waktu baku di bengkel ini."),
    next_step=_lazy("Tulis dulu di Waktu baku berapa menit membuat satu buah."),
)
work_ended = declare_reason(
    "work_ended",
    _lazy("Pekerjaan ini sudah selesai atau dibatalkan."),
    next_step=_lazy("Muat lagi papan pekannya."),
)
work_of_order = declare_reason(
    "work_of_order",
    _lazy("Pekerjaan ini milik pesanan %(code)s dan berakhir bersama pesanannya."),
    next_step=_lazy("Beri lotnya di halaman pengemasan, atau batalkan pesanannya."),
)
work_day_past = declare_reason(
    "work_day_past",
    _lazy("Hari itu sudah lewat."),
    next_step=_lazy("Pilih hari ini atau sesudahnya."),
)
