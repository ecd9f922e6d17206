"""Why a credential that somebody shows is not taken: every reason with its own code and words."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import declare_reason

credential_too_long = declare_reason(
    "credential_too_long",
    _lazy("Berkas ini terlalu panjang untuk sebuah kredensial."),
    next_step=_lazy("Tempel isi berkas .jwt saja, tanpa yang lain."),
)
credential_malformed = declare_reason(
    "credential_malformed",
    _lazy("Ini bukan kredensial yang utuh: bentuknya tidak dapat dibaca."),
    next_step=_lazy("Salin sekali lagi seluruhnya: tiga bagian yang dipisahkan titik."),
)
credential_alg_none = declare_reason(
    "credential_alg_none",
    _lazy("Kredensial ini tidak ditandatangani sama sekali (alg: none)."),
    next_step=_lazy("Jangan dipercaya. Minta pemegangnya menunjukkan yang asli."),
)
credential_alg_other = declare_reason(
    "credential_alg_other",
    _lazy("Kredensial ini memakai cara tanda tangan yang tidak dipakai di sini."),
    next_step=_lazy("Minta pemegangnya menunjukkan berkas .jwt dari halaman sertifikatnya."),
)
credential_key_unknown = declare_reason(
    "credential_key_unknown",
    _lazy("Kunci penanda tangannya tidak dikenal di sini."),
    next_step=_lazy("Tanyakan kepada penerbit yang tertulis pada kredensial itu."),
)
credential_signature_bad = declare_reason(
    "credential_signature_bad",
    _lazy("Tanda tangannya tidak cocok: isinya pernah diubah."),
    next_step=_lazy("Jangan dipercaya. Pindai kode QR pada kertasnya."),
)
credential_not_ours = declare_reason(
    "credential_not_ours",
    _lazy("Tanda tangannya benar, tetapi ini bukan sertifikat yang terbit di sini."),
    next_step=_lazy("Pindai kode QR pada kertasnya."),
)
credential_not_yet = declare_reason(
    "credential_not_yet",
    _lazy("Sertifikat ini asli tetapi belum mulai berlaku."),
    next_step=_lazy("Periksa lagi pada hari mulai berlakunya."),
)
credential_expired = declare_reason(
    "credential_expired",
    _lazy("Sertifikat ini asli tetapi masa berlakunya sudah lewat."),
    next_step=_lazy("Minta pemegangnya menunjukkan yang baru, atau mengikuti uji ulang."),
)
credential_revoked = declare_reason(
    "credential_revoked",
    _lazy("Sertifikat ini dicabut oleh penerbitnya dan tidak berlaku lagi."),
    next_step=_lazy("Tanyakan kepada penerbitnya bila perlu."),
)
credential_replaced = declare_reason(
    "credential_replaced",
    _lazy("Sertifikat ini sudah diganti dengan yang baru."),
    next_step=_lazy("Buka halaman penggantinya dan periksa yang itu."),
)
