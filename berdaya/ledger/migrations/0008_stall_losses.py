"""Accounts of what a stall's cash-taker bears, in every book opened before the chart knew them."""

from django.db import migrations

FORWARD = """
INSERT INTO ledger_account (book_id, facility_id, code, kind, name, name_en)
SELECT book.id, book.facility_id, line.code, line.kind, line.name, line.name_en
FROM ledger_book AS book CROSS JOIN (VALUES
  ('5940', 'expense', 'QRIS stan yang tidak masuk', 'QRIS of stalls that never came'),
  ('5950', 'expense', 'Barang titipan yang hilang', 'Consigned goods lost')
) AS line (code, kind, name, name_en)
ON CONFLICT (book_id, code) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_stalls")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
