"""A lot is prison-made when any step of it was: old lots put right, new ones held to it."""

from django.db import migrations

# Both ways: a lot that only clients worked on, and one of a Bapas that nobody's sheet tells of.
FILL = """
ALTER TABLE stock_lot DISABLE TRIGGER stock_lot_frozen;
UPDATE stock_lot SET is_prison_made = told.is_prison_made
FROM (
  SELECT lot.id, count(log.id) = 0
         OR count(*) FILTER (WHERE log.labour_status IN ('in_custody', 'sae')) > 0
         AS is_prison_made
  FROM stock_lot AS lot
  LEFT JOIN workshop_batchclosing AS closing ON closing.lot_id = lot.id
  LEFT JOIN workshop_worklog AS log
    ON log.batch_id = closing.batch_id AND log.mark = 'present'
  GROUP BY lot.id
) AS told
WHERE told.id = stock_lot.id AND told.is_prison_made <> stock_lot.is_prison_made;
ALTER TABLE stock_lot ENABLE TRIGGER stock_lot_frozen;
"""
# The lot comes before its closing, so the question is asked at the end of the transaction; it is
# the owner's, who sees all work of the batch, whatever the writer's scope.
GUARD = """
CREATE FUNCTION workshop_check_labour() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  steps bigint;
  in_custody bigint;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE log.labour_status IN ('in_custody', 'sae'))
  INTO steps, in_custody
  FROM workshop_batchclosing AS closing
  JOIN workshop_worklog AS log ON log.batch_id = closing.batch_id AND log.mark = 'present'
  WHERE closing.lot_id = NEW.id;
  IF steps = 0 OR in_custody > 0 THEN
    RAISE EXCEPTION 'labour_hidden' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'A lot with a step in custody or SAE, or of unknown work, is prison-made.';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER workshop_lot_labour AFTER INSERT ON stock_lot
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT NEW.is_prison_made)
  EXECUTE FUNCTION workshop_check_labour();
"""
UNGUARD = """
DROP TRIGGER workshop_lot_labour ON stock_lot;
DROP FUNCTION workshop_check_labour();
"""


class Migration(migrations.Migration):
    dependencies = [("workshop", "0008_planning"), ("stock", "0005_made_in_prison")]
    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
