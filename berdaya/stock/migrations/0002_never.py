"""What stock never allows, said by the database: no lot of an LPKA, no change of a lot."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION stock_refuse_lpka() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM institutions_facility WHERE id = NEW.facility_id AND kind = 'lpka') THEN
    RAISE EXCEPTION 'facility_lpka' USING ERRCODE = 'BD003',
      HINT = 'Children learn; nothing they make becomes stock or is sold.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stock_lot_never_lpka BEFORE INSERT ON stock_lot
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka();

CREATE FUNCTION stock_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'BD004',
    HINT = 'Correct it with a new movement.';
END $$;
CREATE TRIGGER stock_lot_frozen BEFORE UPDATE OR DELETE ON stock_lot
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();
CREATE TRIGGER stock_movement_frozen BEFORE UPDATE OR DELETE ON stock_stockmovement
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();

ALTER TABLE stock_lot ADD CONSTRAINT stock_lot_variant_facility
  FOREIGN KEY (variant_id, facility_id) REFERENCES goods_variant (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE stock_stocklevel ADD CONSTRAINT stock_level_lot_facility
  FOREIGN KEY (lot_id, facility_id) REFERENCES stock_lot (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT stock_level_place_facility
  FOREIGN KEY (place_id, facility_id) REFERENCES stock_place (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE stock_stocklevel DROP CONSTRAINT stock_level_place_facility,
  DROP CONSTRAINT stock_level_lot_facility;
ALTER TABLE stock_lot DROP CONSTRAINT stock_lot_variant_facility;
DROP TRIGGER stock_movement_frozen ON stock_stockmovement;
DROP TRIGGER stock_lot_frozen ON stock_lot;
DROP TRIGGER stock_lot_never_lpka ON stock_lot;
DROP FUNCTION stock_refuse_change();
DROP FUNCTION stock_refuse_lpka();
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
