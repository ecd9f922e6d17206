"""Why a file was not taken, and what to do about it."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

upload_empty = declare_reason(
    "upload_empty",
    _lazy("Berkas itu kosong."),
    next_step=_lazy("Periksa berkasnya, lalu pilih lagi."),
)
upload_too_heavy = declare_reason(
    "upload_too_heavy",
    _lazy("Berkas itu lebih dari %(megabytes)s MB."),
    next_step=_lazy("Kecilkan fotonya, atau pindai hitam putih 200 dpi, lalu unggah lagi."),
)
upload_wrong_type = declare_reason(
    "upload_wrong_type",
    _lazy("Isi berkas itu bukan %(types)s, apa pun namanya."),
    next_step=_lazy("Pilih berkas asli dari kamera, pemindai, atau komputer Anda."),
)
upload_heic = declare_reason(
    "upload_heic",
    _lazy("Foto HEIC belum dapat dibaca."),
    next_step=_lazy("Di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel. Lalu potret lagi."),
)
upload_too_many_pixels = declare_reason(
    "upload_too_many_pixels",
    _lazy("Gambar itu lebih dari %(megapixels)s megapiksel."),
    next_step=_lazy("Pilih ukuran yang lebih kecil pada kamera atau pemindai, lalu unggah lagi."),
)
upload_broken = declare_reason(
    "upload_broken",
    _lazy("Gambar itu rusak atau terpotong sehingga tidak dapat dibuka."),
    next_step=_lazy("Salin ulang dari kamera atau pemindai, lalu unggah lagi."),
)
pdf_broken = declare_reason(
    "pdf_broken",
    _lazy("PDF itu rusak atau tidak lengkap."),
    next_step=_lazy("Pindai lagi, atau potret suratnya dan unggah fotonya."),
)
pdf_locked = declare_reason(
    "pdf_locked",
    _lazy("PDF itu terkunci dengan kata sandi."),
    next_step=_lazy("Simpan tanpa kata sandi, atau pindai suratnya lagi."),
)
pdf_active = declare_reason(
    "pdf_active",
    _lazy("PDF itu memuat program, formulir, atau berkas lain di dalamnya."),
    next_step=_lazy("Cetak ke PDF yang baru atau pindai kertasnya, lalu unggah hasilnya."),
)
pdf_too_many_pages = declare_reason(
    "pdf_too_many_pages",
    _lazy("PDF itu lebih dari %(pages)s halaman."),
    next_step=_lazy("Unggah hanya halaman surat ini."),
)
upload_infected = declare_reason(
    "upload_infected",
    _lazy("Pemeriksa virus menolak berkas itu."),
    next_step=_lazy("Jangan buka berkasnya; beri tahu administrator. Lalu pindai lagi."),
)
scanner_away = declare_reason(
    "scanner_away",
    _lazy("Pemeriksa virus tidak menjawab, jadi berkas belum dapat diterima."),
    next_step=_lazy("Coba lagi sebentar lagi. Bila tetap begini, beri tahu administrator."),
)
scanner_limit = declare_reason(
    "scanner_limit",
    _lazy("Berkas itu terlalu besar bagi pemeriksa virus."),
    next_step=_lazy("Kecilkan berkasnya, atau minta administrator menaikkan StreamMaxLength."),
)
