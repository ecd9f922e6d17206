"""Closing waits for open bookings; accounts and closed months lie in the facility of their book."""

from django.db import migrations

FORWARD = """
-- Who books holds the book lightly, who closes a month holds it alone: an entry that is still
-- on its way when the month closes cannot slip in behind it.
CREATE OR REPLACE FUNCTION ledger_entry_opens() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.xid := pg_current_xact_id()::text::bigint;
  PERFORM FROM ledger_book WHERE id = NEW.book_id FOR KEY SHARE;
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

CREATE FUNCTION ledger_month_closes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM ledger_book WHERE id = NEW.book_id FOR UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_month_closes BEFORE INSERT ON ledger_periodclose
  FOR EACH ROW EXECUTE FUNCTION ledger_month_closes();

ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ledger_periodclose ADD CONSTRAINT ledger_periodclose_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE ledger_periodclose DROP CONSTRAINT ledger_periodclose_book_facility;
ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_book_facility;
DROP TRIGGER ledger_month_closes ON ledger_periodclose;
DROP FUNCTION ledger_month_closes();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_triggers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
