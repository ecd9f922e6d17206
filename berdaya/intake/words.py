"""The words by which sheets and columns are known; units name them as they like."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

PEOPLE, PRODUCTS, MATERIALS = "people", "products", "materials"
ATTENDANCE, OUTPUT, SALES = "attendance", "output", "sales"
IGNORE = "ignore"

KIND_LABELS: dict[str, str | Promise] = {
    PEOPLE: _lazy("Daftar orang yang bekerja"),
    PRODUCTS: _lazy("Produk dan harga"),
    MATERIALS: _lazy("Bahan"),
    ATTENDANCE: _lazy("Daftar hadir dan hasil kerja"),
    OUTPUT: _lazy("Hasil produksi"),
    SALES: _lazy("Penjualan"),
    IGNORE: _lazy("Tidak dibaca"),
}

FIELD_LABELS: dict[str, str | Promise] = {
    "work_number": _lazy("Nomor kerja"),
    "status": _lazy("Status"),
    "line": _lazy("Bidang kerja"),
    "started_on": _lazy("Mulai bekerja"),
    "consent_on": _lazy("Tanggal surat kesediaan"),
    "fit_until": _lazy("Surat sehat sampai"),
    "note": _lazy("Keterangan"),
    "product": _lazy("Produk"),
    "measure": _lazy("Satuan"),
    "price_rp": _lazy("Harga satuan"),
    "pay_basis": _lazy("Sistem upah"),
    "permits": _lazy("Izin dan sertifikat"),
    "day": _lazy("Tanggal"),
    "material": _lazy("Bahan"),
    "qty": _lazy("Jumlah"),
    "unit_cost_rp": _lazy("Harga satuan bahan"),
    "total_rp": _lazy("Jumlah harga"),
    "source": _lazy("Sumber bahan"),
    "code": _lazy("Kode produksi"),
    "quality": _lazy("Mutu"),
    "receipt_no": _lazy("Nomor nota"),
    "buyer": _lazy("Pembeli"),
    "payment": _lazy("Cara bayar"),
    "mark": _lazy("Jam atau hasil"),
    "sum": _lazy("Jumlah jam"),
}

_DAY = "tgl|tanggal|hari|hari tanggal|tgl produksi|tanggal produksi|tgl jual|tanggal jual"
_LINE = "bidang|bidang kerja|bengkel|kegiatan|jenis kegiatan|jenis pekerjaan|unit kerja"
_NUMBER = "no kerja|nomor kerja|nomer kerja|no wbp|kode kerja|no induk kerja"
_PRODUCT = "produk|nama produk|nama barang|barang|jenis barang|jenis produk|hasil karya|uraian"
_MEASURE = "satuan|sat|unit"
_NOTE = "ket|keterangan|catatan"
_QTY = "jumlah|jml|qty|banyak|banyaknya|volume|vol"

# kind -> field -> headers, each as values.name_key writes it
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    kind: {name: tuple(words.split("|")) for name, words in fields.items()}
    for kind, fields in {
        PEOPLE: {
            "work_number": _NUMBER,
            "status": "status|status hukum",
            "line": _LINE,
            "started_on": "mulai bekerja|mulai kerja|tgl mulai|tanggal mulai|tmt|mulai",
            "consent_on": "surat kesediaan|surat kesediaan tgl|surat pernyataan|tgl surat kesediaan"
            "|pernyataan kesediaan|kesediaan|tanggal surat kesediaan",
            "fit_until": "surat sehat s d|surat sehat|sehat s d|surat sehat sampai"
            "|surat keterangan sehat|skd s d",
            "note": _NOTE,
        },
        PRODUCTS: {
            "product": f"{_PRODUCT}|nama",
            "line": _LINE,
            "measure": _MEASURE,
            "price_rp": "harga jual|harga|harga satuan|harga rp",
            "pay_basis": "sistem upah|upah|sistem premi|dasar premi|cara upah",
            "permits": "izin sertifikat|izin|sertifikat|p irt|pirt|perizinan",
        },
        MATERIALS: {
            "day": _DAY,
            "material": "bahan|nama bahan|bahan baku|jenis bahan|uraian bahan",
            "qty": _QTY,
            "measure": _MEASURE,
            "unit_cost_rp": "harga satuan|harga|harga rp",
            "total_rp": "jumlah harga|total|total harga|nilai",
            "source": "sumber|asal|sumber bahan|asal bahan|dari",
            "product": "untuk produk|untuk|produk|dipakai untuk",
        },
        ATTENDANCE: {
            "work_number": _NUMBER,
            "line": _LINE,
            "day": "tgl|hari tanggal|tanggal",
            "mark": "jam|jam atau hasil|jam hasil|hadir|hasil|jam kerja",
            "sum": "jml|jumlah|total|jumlah jam",
        },
        OUTPUT: {
            "day": _DAY,
            "code": "kode|kode produksi|batch|kode batch|no batch|lot",
            "product": _PRODUCT,
            "qty": f"hasil|{_QTY}|hasil produksi|jumlah hasil",
            "measure": _MEASURE,
            "quality": "mutu|kualitas|hasil periksa|qc|kondisi",
        },
        SALES: {
            "receipt_no": "no nota|nota|nomor nota|no kuitansi|no bukti",
            "day": _DAY,
            "buyer": "pembeli|konsumen|pelanggan|nama pembeli|dijual kepada",
            "product": _PRODUCT,
            "qty": _QTY,
            "price_rp": "harga|harga satuan|harga jual|harga rp",
            "total_rp": "total|jumlah harga|total harga|jumlah rp",
            "payment": "bayar|pembayaran|cara bayar|dibayar",
            "note": _NOTE,
        },
    }.items()
}

REQUIRED: dict[str, frozenset[str]] = {
    PEOPLE: frozenset({"work_number", "status"}),
    PRODUCTS: frozenset({"product", "price_rp"}),
    MATERIALS: frozenset({"material", "qty"}),
    ATTENDANCE: frozenset({"work_number"}),
    OUTPUT: frozenset({"code", "product", "qty"}),
    SALES: frozenset({"receipt_no", "product", "qty"}),
}

# Headers of columns that say who somebody is: left out, never stored.
IDENTITY_WORDS = (
    "nama",
    "nama wbp",
    "nama warga binaan",
    "nama warga binaan pemasyarakatan",
    "nama lengkap",
    "nama narapidana",
    "nama tahanan",
    "nama pekerja",
    "nama alias",
    "nama napi",
    "nama panggilan",
    "nama penghuni",
    "nama orang",
    "nama peserta",
    "nama anggota",
    "nama pembuat",
    "nama pengrajin",
    "nama perajin",
    "nama penenun",
    "nama petugas",
    "alias",
    "panggilan",
    "wbp",
    "warga binaan",
    "napi",
    "narapidana",
    "tahanan",
    "penghuni",
    "orang",
    "pembuat",
    "pengrajin",
    "perajin",
    "penenun",
    "penjahit",
    "tukang",
    "pelaksana",
    "dibuat oleh",
    "dikerjakan oleh",
    "yang mengerjakan",
    "nik",
    "no nik",
    "no ktp",
    "nomor ktp",
    "ktp",
    "no kk",
    "register",
    "no register",
    "nomor register",
    "no reg",
    "reg",
    "nomor induk",
    "no induk",
    "nomor induk kependudukan",
    "tempat lahir",
    "tgl lahir",
    "tanggal lahir",
    "ttl",
    "tempat tanggal lahir",
    "alamat",
    "alamat asal",
    "agama",
    "perkara",
    "pasal",
    "kasus",
    "nama orang tua",
    "nama ibu",
    "no hp",
    "no rekening",
    "nomor rekening",
    "sidik jari",
)
SUM_WORDS = ("jumlah", "total", "jml", "jumlah total", "grand total", "sub total", "subtotal")
ROW_NUMBER_WORDS = ("no", "nomor", "nomer", "no urut")
