"""What stood in books before the period that an auditor examines, as one sum an account."""

from django.db import migrations

# The owner looks over the wall of days (core/limits.py): legs outside the period are not shown, but
# without what they came to no balance of the period could be followed. The span is that of the
# scope; what is later than its end is left out, so that the sum closes on the period's last day.
FORWARD = """
CREATE FUNCTION ledger_opening(books bigint[])
RETURNS TABLE (account bigint, code text, kind text, debit bigint, credit bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  scope bigint[] := core_scope_facilities();
  span int8multirange;
BEGIN
  IF core_scope_is_free('days') THEN
    RETURN;
  END IF;
  span := core_scope_span('days');
  RETURN QUERY
    SELECT a.id, a.code::text, a.kind::text,
           sum(l.debit_rp)::bigint, sum(l.credit_rp)::bigint
    FROM ledger_leg l
    JOIN ledger_account a ON a.id = l.account_id
    CROSS JOIN LATERAL (SELECT l.facility_id * 10000000 AS base) f
    CROSS JOIN LATERAL (SELECT f.base + (l.booked_on - DATE '0001-01-01') AS day) d
    WHERE a.book_id = ANY (books) AND l.facility_id = ANY (scope)
      AND NOT d.day <@ span
      AND d.day < upper(span * int8multirange(int8range(f.base, f.base + 10000000)))
    GROUP BY a.id, a.code, a.kind;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_still_owed")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION ledger_opening(bigint[])")]
