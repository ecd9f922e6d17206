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
    )
}
CURRENT = max(TEXTS)
