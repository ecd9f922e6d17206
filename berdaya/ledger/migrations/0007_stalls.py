"""Accounts that stalls post to, in every book that was opened before the chart knew them."""

from django.db import migrations

FORWARD = """
INSERT INTO ledger_account (book_id, facility_id, code, kind, name, name_en)
SELECT book.id, book.facility_id, line.code, line.kind, line.name, line.name_en
FROM ledger_book AS book CROSS JOIN (VALUES
  ('1105', 'asset', 'Kas stan', 'Cash at the stall'),
  ('2600', 'liability', 'Utang titip jual', 'Owed to consignors'),
  ('5920', 'expense', 'Pembulatan tunai', 'Cash rounding'),
  ('5930', 'expense', 'Selisih kas stan', 'Cash differences at stalls')
) AS line (code, kind, name, name_en)
ON CONFLICT (book_id, code) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_opening")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
