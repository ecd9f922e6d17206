"""Who may print which document: people's and money's papers are not for everybody with stock."""

from django.db import migrations

ABILITIES = {
    "DHHK": "people.view",
    "KK": "people.view",
    "BAHP": "people.view",
    "NOTA": "sale.record",
    "KW": "sale.record",
    "DPP": "books.view",
    "SLIP": "slip.print",
    "BAK": "leaving.settle",
}


def load(apps, schema_editor):
    rows = apps.get_model("papers", "DocumentType").objects.using(schema_editor.connection.alias)
    for code, ability in ABILITIES.items():
        rows.filter(code=code).update(ability=ability)


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_ability")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
