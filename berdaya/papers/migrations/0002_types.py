"""The first set of official documents (design: paper)."""

from django.db import migrations

USUAL = "{number:03d}/{code}/{unit}/{roman_month}/{year}"

# code, name, name_en, paper, roles that sign
TYPES = [
    ("DHHK", "Daftar Hadir dan Hasil Kerja", "Attendance and output sheet", "f4", ["officer", "head"]),
    ("KK", "Kartu Kerja", "Work card", "a5", ["officer"]),
    ("BAHP", "Berita Acara Hasil Produksi", "Record of production output", "a4", ["officer", "head"]),
    ("KS", "Kartu Stok", "Stock card", "a4", ["officer"]),
    ("BASO", "Berita Acara Stok Opname", "Record of stock count", "a4", ["officer", "head"]),
    ("SJ", "Surat Jalan", "Delivery note", "a4", ["officer"]),
    ("SIKB", "Surat Izin Keluar Barang", "Gate pass for goods", "a4", ["officer", "head"]),
    ("BAST", "Berita Acara Serah Terima", "Handover record", "a4", ["officer", "head"]),
    ("NOTA", "Nota Penjualan", "Sales receipt", "a6", []),
    ("KW", "Kuitansi", "Payment acknowledgement", "a5", ["receipts_treasurer"]),
    ("DPP", "Daftar Pembayaran Premi", "Premi payout list", "f4", ["payments_treasurer", "head"]),
    ("SLIP", "Slip Premi", "Premi slip", "a5", []),
    ("BAK", "Berita Acara Serah Terima Saat Keluar", "Handover record on leaving", "a4", ["payments_treasurer", "head"]),
]


def load(apps, schema_editor):
    DocumentType = apps.get_model("papers", "DocumentType")
    for code, name, name_en, paper, roles in TYPES:
        DocumentType.objects.using(schema_editor.connection.alias).create(
            code=code, name=name, name_en=name_en, number_pattern=USUAL, paper=paper,
            signer_roles=roles,
        )


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
