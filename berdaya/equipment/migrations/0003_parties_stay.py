"""Who booked and whose machine it is stay: either side may change a booking, not whose it is."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION equipment_keep_parties() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.facility_id, NEW.owner_facility_id) IS DISTINCT FROM
     (OLD.facility_id, OLD.owner_facility_id) THEN
    RAISE EXCEPTION 'booking_parties_stay' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_parties BEFORE UPDATE OF facility_id, owner_facility_id ON equipment_booking
  FOR EACH ROW EXECUTE FUNCTION equipment_keep_parties();
"""
BACK = """
DROP TRIGGER keep_parties ON equipment_booking;
DROP FUNCTION equipment_keep_parties();
"""


class Migration(migrations.Migration):
    dependencies = [("equipment", "0002_calendar")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
