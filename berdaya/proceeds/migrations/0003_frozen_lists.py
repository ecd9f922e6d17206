"""Lists and agreed prices are frozen, and lie in the facility of their book; a form without sale."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("payoutrun", "pnbpdeposit", "consignment", "exitsettlementline")
FROZEN = """
CREATE TRIGGER proceeds_payoutrun_frozen BEFORE UPDATE ON proceeds_payoutrun FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('id');
CREATE TRIGGER proceeds_consignmentline_frozen BEFORE UPDATE ON proceeds_consignmentline
  FOR EACH ROW EXECUTE FUNCTION proceeds_refuse_change('qty', 'sold_qty', 'returned_qty');
"""
THAWED = """
DROP TRIGGER proceeds_consignmentline_frozen ON proceeds_consignmentline;
DROP TRIGGER proceeds_payoutrun_frozen ON proceeds_payoutrun;
"""
KEYS = "".join(
    f"ALTER TABLE proceeds_{name} ADD CONSTRAINT proceeds_{name}_book_facility"
    " FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)"
    " DEFERRABLE INITIALLY DEFERRED;\n"
    for name in TABLES
)
NO_KEYS = "".join(
    f"ALTER TABLE proceeds_{name} DROP CONSTRAINT proceeds_{name}_book_facility;\n"
    for name in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("proceeds", "0002_rules"), ("ledger", "0003_shut_books")]
    operations = [
        migrations.AlterField(
            model_name="salerequest",
            name="sale",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="request",
                to="proceeds.sale",
            ),
        ),
        migrations.RunSQL(FROZEN + KEYS, NO_KEYS + THAWED),
    ]
