"""What a permit names carries the permit's place; a foreign key over both keeps the copy true."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "legality_permitproduct"
FILL = (
    "UPDATE legality_permitproduct c SET facility_id = p.place_id"
    " FROM legality_permit p WHERE p.id = c.permit_id"
)
KEEP = [
    "ALTER TABLE legality_permit ADD CONSTRAINT legality_permit_id_place UNIQUE (id, place_id)",
    f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_permit_and_place"
    " FOREIGN KEY (permit_id, facility_id) REFERENCES legality_permit (id, place_id)",
]
FORGET = [
    f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_permit_and_place",
    "ALTER TABLE legality_permit DROP CONSTRAINT legality_permit_id_place",
]


def facility(null: bool) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+",
        to="institutions.facility",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("legality", "0002_reference")]
    operations = [
        migrations.AddField("permitproduct", "facility", facility(null=True)),
        migrations.RunSQL([FILL, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.AlterField("permitproduct", "facility", facility(null=False)),
        migrations.RunSQL(KEEP, FORGET),
    ]
