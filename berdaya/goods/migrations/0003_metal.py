"""Metal work is drawn as metal, no longer as a chair."""

from django.db import migrations


def draw(drawing):
    def change(apps, schema_editor):
        rows = apps.get_model("goods", "Category").objects.using(schema_editor.connection.alias)
        rows.filter(code="metal").update(drawing=drawing)

    return change


class Migration(migrations.Migration):
    dependencies = [("goods", "0002_reference")]
    operations = [migrations.RunPython(draw("can"), draw("chair"))]
