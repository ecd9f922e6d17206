"""The record of a stall's reckoning with an owner; whoever sees the event prints it."""

from django.db import migrations

USUAL = "{number:03d}/{code}/{unit}/{roman_month}/{year}"


def load(apps, schema_editor):
    DocumentType = apps.get_model("papers", "DocumentType")
    DocumentType.objects.using(schema_editor.connection.alias).create(
        code="BAPT",
        name="Berita Acara Perhitungan Titip Jual",
        name_en="Record of consignment settlement",
        number_pattern=USUAL,
        paper="a4",
        signer_roles=["head"],
        ability="event.view",
    )


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_abilities")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
