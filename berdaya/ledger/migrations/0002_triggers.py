"""What keeps the books true: balance, legs in their own transaction only, closed months."""

from django.db import migrations

FORWARD = """
-- The transaction an entry is made in is written by the database, whatever the program says.
CREATE FUNCTION ledger_entry_opens() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.xid := pg_current_xact_id()::text::bigint;
  IF EXISTS (SELECT FROM ledger_periodclose
             WHERE book_id = NEW.book_id AND month = date_trunc('month', NEW.booked_on)::date) THEN
    RAISE EXCEPTION 'month_closed' USING ERRCODE = 'BD020',
      HINT = 'Book it in a month that is still open.';
  END IF;
  IF NOT EXISTS (SELECT FROM ledger_book WHERE id = NEW.book_id AND facility_id = NEW.facility_id)
     OR (NEW.reverses_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM ledger_entry WHERE id = NEW.reverses_id AND book_id = NEW.book_id)) THEN
    RAISE EXCEPTION 'entry_elsewhere' USING ERRCODE = 'BD021',
      HINT = 'An entry lies in the facility of its book and reverses one of the same book.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_opens BEFORE INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_opens();

CREATE FUNCTION ledger_leg_enters() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM ledger_entry e JOIN ledger_account a ON a.book_id = e.book_id
    WHERE e.id = NEW.entry_id AND a.id = NEW.account_id AND e.facility_id = NEW.facility_id
      AND e.booked_on = NEW.booked_on AND e.xid = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'leg_outside_its_entry' USING ERRCODE = 'BD022',
      HINT = 'Legs enter with their entry: same book, same day, same transaction.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_leg_enters BEFORE INSERT ON ledger_leg
  FOR EACH ROW EXECUTE FUNCTION ledger_leg_enters();

-- One check per entry at the end of its transaction, which also finds an entry without legs.
CREATE FUNCTION ledger_entry_balances() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  legs bigint;
  net numeric;
BEGIN
  SELECT count(*), coalesce(sum(debit_rp - credit_rp), 0) INTO legs, net
  FROM ledger_leg WHERE entry_id = NEW.id;
  IF legs < 2 OR net <> 0 THEN
    RAISE EXCEPTION 'entry_unbalanced' USING ERRCODE = 'BD023',
      DETAIL = format('entry %s: %s legs, off by %s', NEW.id, legs, net);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();

-- Legs that come together balance together, so that a check let run early misses nothing later.
CREATE FUNCTION ledger_legs_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bad bigint;
BEGIN
  SELECT entry_id INTO bad FROM added GROUP BY entry_id
  HAVING sum(debit_rp) <> sum(credit_rp) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry_unbalanced' USING ERRCODE = 'BD023', DETAIL = format('entry %s', bad);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_legs_balance AFTER INSERT ON ledger_leg
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_legs_balance();

CREATE FUNCTION ledger_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'BD024',
    HINT = 'Correct it by a reversal.';
END $$;
CREATE TRIGGER ledger_entry_frozen BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_leg_frozen BEFORE UPDATE OR DELETE ON ledger_leg
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
"""
BACKWARD = """
DROP TRIGGER ledger_leg_frozen ON ledger_leg;
DROP TRIGGER ledger_entry_frozen ON ledger_entry;
DROP FUNCTION ledger_refuse_change();
DROP TRIGGER ledger_legs_balance ON ledger_leg;
DROP FUNCTION ledger_legs_balance();
DROP TRIGGER ledger_entry_balances ON ledger_entry;
DROP FUNCTION ledger_entry_balances();
DROP TRIGGER ledger_leg_enters ON ledger_leg;
DROP FUNCTION ledger_leg_enters();
DROP TRIGGER ledger_entry_opens ON ledger_entry;
DROP FUNCTION ledger_entry_opens();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
