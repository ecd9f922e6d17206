"""Who received a leaver's money: a relation and the number of a letter, no name in words."""

from django.db import migrations, models

# Changing the type fires no trigger: no old word is copied into the audit rows once more, and the
# table is written anew without it. Whoever was not plainly the leaver stands on the signed paper.
FORWARD = """
ALTER TABLE proceeds_exitsettlement ALTER COLUMN receiver TYPE varchar(8) USING
  CASE WHEN receiver = '' AND exit_kind <> 'death' AND method NOT IN ('heirs', 'new_facility')
  THEN 'self' ELSE 'on_paper' END;
"""
BACK = """
ALTER TABLE proceeds_exitsettlement ALTER COLUMN receiver TYPE varchar(80) USING
  CASE WHEN receiver = 'self' THEN '' ELSE receiver END;
"""
CHOICES = [
    ("self", "Yang bersangkutan sendiri"),
    ("family", "Keluarga, dengan surat kuasa"),
    ("proxy", "Penerima kuasa lain, dengan surat kuasa"),
    ("heir", "Ahli waris, dengan surat keterangan waris"),
    ("facility", "Petugas UPT tujuan"),
    ("on_paper", "Tertulis pada berita acaranya"),
]


class Migration(migrations.Migration):
    dependencies = [("proceeds", "0008_samples")]
    operations = [
        migrations.RunSQL(
            FORWARD,
            BACK,
            state_operations=[
                migrations.AlterField(
                    model_name="exitsettlement",
                    name="receiver",
                    field=models.CharField(
                        choices=CHOICES, default="self", max_length=8, verbose_name="diterima oleh"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="exitsettlement",
            name="receiver_letter",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="nomor suratnya"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="exitsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("receiver__in", [code for code, _label in CHOICES]),
                    models.Q(
                        models.Q(("receiver__in", ("family", "proxy", "heir")), _negated=True),
                        models.Q(("receiver_letter", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="proceeds_exit_receiver",
            ),
        ),
        migrations.AddConstraint(
            model_name="exitsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exit_kind", "death"), ("receiver", "self"), _negated=True
                ),
                name="proceeds_exit_dead",
            ),
        ),
    ]
