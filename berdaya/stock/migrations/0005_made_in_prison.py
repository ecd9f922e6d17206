"""A lot says whether its place is a prison, whoever worked there."""

from django.db import migrations, models

# Owner's work on frozen rows: only the trigger that refuses changes is put aside, the trail stays.
FILL = """
ALTER TABLE stock_lot DISABLE TRIGGER stock_lot_frozen;
UPDATE stock_lot SET is_made_in_prison = false
WHERE facility_id IN (
  SELECT id FROM institutions_facility WHERE kind IN ('bapas', 'production_house'));
ALTER TABLE stock_lot ENABLE TRIGGER stock_lot_frozen;
"""
GUARD = """
CREATE FUNCTION stock_refuse_hidden_prison() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM institutions_facility
             WHERE id = NEW.facility_id AND kind NOT IN ('bapas', 'production_house')) THEN
    RAISE EXCEPTION 'prison_hidden' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'What is made inside a prison says so for good.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stock_lot_hides_no_prison BEFORE INSERT ON stock_lot
  FOR EACH ROW WHEN (NOT NEW.is_made_in_prison) EXECUTE FUNCTION stock_refuse_hidden_prison();
"""
UNGUARD = """
DROP TRIGGER stock_lot_hides_no_prison ON stock_lot;
DROP FUNCTION stock_refuse_hidden_prison();
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0004_withdrawn"), ("institutions", "0008_production_house")]
    operations = [
        migrations.AddField(
            model_name="lot",
            name="is_made_in_prison",
            field=models.BooleanField(default=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
