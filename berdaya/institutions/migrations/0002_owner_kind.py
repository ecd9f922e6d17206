"""An account's owner_kind is its owner's kind: a foreign key over both keeps the copy true."""

from django.db import migrations

TABLES = ("institutions_bankaccount", "institutions_qrisaccount")
FORWARD = [
    "ALTER TABLE institutions_party ADD CONSTRAINT institutions_party_id_kind UNIQUE (id, kind)",
    *(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_owner_and_kind"
        " FOREIGN KEY (owner_id, owner_kind) REFERENCES institutions_party (id, kind)"
        for table in TABLES
    ),
]
BACKWARD = [
    *(f"ALTER TABLE {table} DROP CONSTRAINT {table}_owner_and_kind" for table in TABLES),
    "ALTER TABLE institutions_party DROP CONSTRAINT institutions_party_id_kind",
]


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
