"""Why a batch cannot have its machines, and why a day cannot be closed while tools are out."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

tools_out = declare_reason(
    "tools_out",
    _lazy("Alat %(tools)s hari itu belum dihitung masuk."),
    next_step=_lazy("Hitung dulu alatnya, lalu simpan daftar hadirnya."),
)
tools_missing = declare_reason(
    "tools_missing",
    _lazy("Alat %(tools)s hari itu kurang, dan pencariannya belum disahkan berdua."),
    next_step=_lazy("Cari, catat akhirnya, dan minta Kepala UPT mengesahkannya."),
)
machine_skill_missing = declare_reason(
    "machine_skill_missing",
    _lazy("%(machine)s memerlukan keterampilan %(skill)s. Belum memilikinya: %(who)s."),
    next_step=_lazy("%(next)s"),
)
machine_skill_unheld = declare_reason(
    "machine_skill_unheld",
    _lazy("%(machine)s memerlukan keterampilan %(skill)s. Di bengkel ini belum ada yang memiliki."),
    next_step=_lazy("%(next)s"),
)
need_exists = declare_reason(
    "need_exists",
    _lazy("Untuk masa itu keperluan yang sama sudah ada."),
    next_step=_lazy("Akhiri dulu yang lama."),
)
need_elsewhere = declare_reason(
    "need_elsewhere",
    _lazy("Barang atau alat itu bukan milik UPT bengkel ini."),
    next_step=_lazy("Pilih yang milik UPT ini."),
)
need_ends_early = declare_reason(
    "need_ends_early",
    _lazy("Tanggal itu tidak sesudah awalnya, atau sudah lewat akhirnya."),
    next_step=_lazy("Periksa tanggalnya."),
)
batch_needs_nothing = declare_reason(
    "batch_needs_nothing",
    _lazy("Bengkel ini belum menulis sarana apa yang diperlukan sebuah batch."),
    next_step=_lazy("Tulis keperluannya di halaman bengkel, atau pesan langsung di kalender."),
)
