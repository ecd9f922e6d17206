"""Instant coffee stands apart from ground coffee: only its SNI is mandatory (domain 2.7)."""

from django.db import migrations


def load(apps, schema_editor):
    rows = apps.get_model("goods", "Category").objects.using(schema_editor.connection.alias)
    rows.create(
        code="instant_coffee", name="Kopi instan", name_en="Instant coffee",
        parent=rows.get(code="coffee"), drawing="coffee", is_food=True, position=14,
    )


def unload(apps, schema_editor):
    rows = apps.get_model("goods", "Category").objects.using(schema_editor.connection.alias)
    rows.filter(code="instant_coffee").delete()


class Migration(migrations.Migration):
    dependencies = [("goods", "0003_metal")]
    operations = [migrations.RunPython(load, unload)]
