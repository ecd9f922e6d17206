"""Why a booking is refused."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

entry_unbalanced = declare_reason(
    "entry_unbalanced",
    _lazy("Debit dan kredit tidak sama."),
    next_step=_lazy("Hitung ulang, lalu catat lagi."),
)
month_closed = declare_reason(
    "month_closed",
    _lazy("Buku bulan %(month)s sudah ditutup."),
    next_step=_lazy("Catat dengan tanggal di bulan yang masih terbuka."),
)
entry_in_future = declare_reason(
    "entry_in_future",
    _lazy("Tanggal %(day)s belum tiba."),
    next_step=_lazy("Isi tanggal uangnya benar-benar berpindah."),
)
entry_already_reversed = declare_reason(
    "entry_already_reversed",
    _lazy("Jurnal ini sudah dibalik."),
    next_step=_lazy("Buka jurnal pembaliknya."),
)
month_not_over = declare_reason(
    "month_not_over",
    _lazy("Bulan %(month)s belum selesai."),
    next_step=_lazy("Tutup buku sesudah bulannya lewat."),
)
book_missing = declare_reason(
    "book_missing",
    _lazy("UPT ini belum mempunyai buku untuk penjual."),
    next_step=_lazy("Minta administrator membuka buku koperasi atau mitra."),
)
