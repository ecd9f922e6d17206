"""A group says of which category its goods are; judgements are derived and made anew."""

import django.db.models.deletion
from django.db import migrations, models

EMPTY = ["DELETE FROM legality_judgement", "DELETE FROM legality_factgroup"]


class Migration(migrations.Migration):
    dependencies = [("legality", "0006_facts_as_text"), ("goods", "0004_instant_coffee")]
    operations = [
        migrations.RunSQL([*EMPTY, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.AddField(
            "factgroup", "category",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="goods.category"
            ),
        ),
    ]  # fmt: skip
