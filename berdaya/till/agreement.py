"""The *titip jual* agreement that an owner accepts with each hand-out, by version."""

# Frozen: a version in use is never rewritten. Official words, Indonesian.
TEXTS = {
    1: (
        "Barang tetap milik pihak pertama sampai terjual; pihak kedua menjualkannya di stan ini.",
        "Pihak kedua menjual tidak di bawah harga terendah pada daftar, dengan nota bernomor.",
        "Uang penjualan diterima pihak kedua dan menjadi utangnya kepada pihak pertama sampai"
        " perhitungan dibayar. Biaya QRIS atas barang pihak pertama dipotong menurut tarif resmi.",
        "Yang tidak terjual dikembalikan; yang rusak atau hilang dicatat dengan alasan dan"
        " dipastikan kedua pihak.",
        "Perhitungan dibuat tertulis sesudah acara, disetujui dua orang, dan dibayar ke rekening"
        " resmi pihak pertama.",
    ),
}
# What stays missing at the cash-taker's cost is bought at the lowest price of the list.
TEXTS[2] = (
    *TEXTS[1][:4],
    "Yang rusak atau hilang dan ditanggung pihak kedua dibeli pihak kedua seharga harga terendah"
    " pada daftar; jumlahnya masuk perhitungan, dan pembuatnya dibayar seperti dari penjualan.",
    *TEXTS[1][4:],
)
CURRENT = max(TEXTS)
# Texts under which a cash-taker that bears a loss buys the piece at the lowest price.
CHARGING = frozenset({2})
