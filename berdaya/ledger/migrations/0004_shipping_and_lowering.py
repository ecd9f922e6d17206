"""Two accounts that orders post to, in every book that was opened before the chart knew them."""

from django.db import migrations

FORWARD = """
INSERT INTO ledger_account (book_id, facility_id, code, kind, name, name_en)
SELECT book.id, book.facility_id, line.code, line.kind, line.name, line.name_en
FROM ledger_book AS book CROSS JOIN (VALUES
  ('2220', 'liability', 'Ongkir titipan', 'Shipping held for couriers'),
  ('5910', 'expense', 'Selisih penurunan pembayaran', 'Amounts lowered to be findable')
) AS line (code, kind, name, name_en)
ON CONFLICT (book_id, code) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_shut_books")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
