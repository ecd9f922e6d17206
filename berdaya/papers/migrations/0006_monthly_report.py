"""The monthly report of a unit, signed by its head."""

from django.db import migrations

USUAL = "{number:03d}/{code}/{unit}/{roman_month}/{year}"


def load(apps, schema_editor):
    DocumentType = apps.get_model("papers", "DocumentType")
    DocumentType.objects.using(schema_editor.connection.alias).create(
        code="LBK",
        name="Laporan Bulanan Kegiatan Kerja",
        name_en="Monthly report of work activities",
        number_pattern=USUAL,
        paper="a4",
        signer_roles=["head"],
        ability="report.view",
    )


class Migration(migrations.Migration):
    dependencies = [("papers", "0005_stall_settlement")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
