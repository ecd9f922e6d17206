"""Why a listing cannot be made to order like this."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

to_order_not_approved = declare_reason(
    "to_order_not_approved",
    _lazy("Versi yang disetujui tidak menyebut lama membuat, jadi barang ini hanya dari stok."),
    next_step=_lazy("Ajukan versi baru dengan lama membuat, lalu minta Kepala UPT menyetujuinya."),
)
to_order_without_time = declare_reason(
    "to_order_without_time",
    _lazy("Belum ada waktu baku untuk barang ini, jadi selesainya tidak dapat dihitung."),
    next_step=_lazy("Tulis waktu bakunya di halaman bengkel, lalu kembali ke sini."),
)
to_order_below_open = declare_reason(
    "to_order_below_open",
    _lazy("Sekarang %(open)s buah sudah dipesan dan menunggu dibuat."),
    next_step=_lazy("Isi paling sedikit %(open)s, atau berhenti menerima pesanan."),
)
