"""Whether any book anywhere still owes a person, asked before their name is forgotten."""

from django.db import migrations

# The owner looks over the wall: where a person was before, money may be left that the facility
# which holds their identity cannot see. It hears a yes, a day, and only of its own people.
FORWARD = """
CREATE FUNCTION ledger_still_owed(people bigint[], accounts text[])
RETURNS TABLE (person bigint, is_owed boolean, last_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  scope bigint[] := core_scope_facilities();
BEGIN
  RETURN QUERY
    SELECT one.participant_id, bool_or(one.net <> 0), max(one.latest)
    FROM (
      SELECT leg.participant_id, leg.account_id,
             sum(leg.debit_rp - leg.credit_rp) AS net, max(leg.booked_on) AS latest
      FROM ledger_leg leg
      JOIN ledger_account account ON account.id = leg.account_id
      WHERE leg.participant_id = ANY (people) AND account.code = ANY (accounts)
        AND EXISTS (SELECT FROM sealed.identity i
                    WHERE i.participant_id = leg.participant_id AND i.facility_id = ANY (scope))
      GROUP BY leg.participant_id, leg.account_id
    ) one
    GROUP BY one.participant_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_shipping_and_lowering"), ("people", "0004_sealed_identity")]
    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION ledger_still_owed(bigint[], text[])")
    ]
