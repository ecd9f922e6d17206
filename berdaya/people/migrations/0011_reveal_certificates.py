"""One more purpose of an opening: to print a certificate."""

from django.db import migrations, models

PURPOSES = [
    ("roll", "Daftar hadir bengkel"),
    ("payout", "Pembayaran premi"),
    ("slips", "Pembagian slip"),
    ("caseload", "Klien bimbingan"),
    ("sample", "Sampel pemeriksaan"),
    ("certify", "Sertifikat pelatihan"),
    ("person", "Satu orang"),
    ("consent", "Pindaian surat kesediaan"),
    ("leaving", "Serah terima saat keluar"),
    ("search", "Pencarian nomor"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0010_caseload_wall")]
    operations = [
        migrations.RemoveConstraint(model_name="reveal", name="people_reveal_purpose"),
        migrations.AlterField(
            model_name="reveal",
            name="purpose",
            field=models.CharField(choices=PURPOSES, max_length=10, verbose_name="untuk"),
        ),
        migrations.AddConstraint(
            model_name="reveal",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", [code for code, _label in PURPOSES])),
                name="people_reveal_purpose",
            ),
        ),
    ]
