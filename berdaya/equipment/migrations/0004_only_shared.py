"""Time of another's machine is taken only under a share; a booking stays with its machine."""

from django.db import migrations

# As the action: a new booking on the day it was made, one that takes more time today. The share is
# looked for with the asker's own eyes, so that row security can only hide one, never invent one.
ONLY_SHARED = """
CREATE FUNCTION equipment_only_shared() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  zone text;
  day date;
BEGIN
  IF NEW.facility_id = NEW.owner_facility_id THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.starts_at >= OLD.starts_at AND NEW.ends_at <= OLD.ends_at
     AND (NEW.declined_at IS NOT NULL OR OLD.declined_at IS NULL)
     AND (NEW.cancelled_at IS NOT NULL OR OLD.cancelled_at IS NULL) THEN
    RETURN NEW;
  END IF;
  SELECT timezone INTO zone FROM institutions_facility WHERE id = NEW.facility_id;
  day := (CASE TG_OP WHEN 'INSERT' THEN NEW.booked_at ELSE now() END AT TIME ZONE zone)::date;
  IF NOT EXISTS (
    SELECT FROM equipment_share share
    LEFT JOIN institutions_office office ON office.id = share.to_office_id
    WHERE share.equipment_id = NEW.equipment_id
      AND share.valid_from <= day AND (share.valid_until IS NULL OR day < share.valid_until)
      AND (share.to_facility_id = NEW.facility_id OR EXISTS (
        SELECT FROM institutions_facility one
        JOIN institutions_office its ON its.id = one.office_id
        WHERE one.id = NEW.facility_id
          AND (its.path = office.path OR its.path LIKE office.path || '/%')
      ))
  ) THEN
    RAISE EXCEPTION 'equipment_not_shared' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_shared
  BEFORE INSERT OR UPDATE OF starts_at, ends_at, declined_at, cancelled_at ON equipment_booking
  FOR EACH ROW EXECUTE FUNCTION equipment_only_shared();
"""
NOT_ONLY_SHARED = """
DROP TRIGGER only_shared ON equipment_booking;
DROP FUNCTION equipment_only_shared();
"""
# Another machine of the same owner would pass the foreign key over machine and owner.
KEEP = """
CREATE OR REPLACE FUNCTION equipment_keep_parties() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.facility_id, NEW.owner_facility_id{machine_new}) IS DISTINCT FROM
     (OLD.facility_id, OLD.owner_facility_id{machine_old}) THEN
    RAISE EXCEPTION 'booking_parties_stay' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER keep_parties ON equipment_booking;
CREATE TRIGGER keep_parties
  BEFORE UPDATE OF facility_id, owner_facility_id{machine} ON equipment_booking
  FOR EACH ROW EXECUTE FUNCTION equipment_keep_parties();
"""
WITH_MACHINE = KEEP.format(
    machine=", equipment_id", machine_new=", NEW.equipment_id", machine_old=", OLD.equipment_id"
)
WITHOUT_MACHINE = KEEP.format(machine="", machine_new="", machine_old="")


class Migration(migrations.Migration):
    dependencies = [("equipment", "0003_parties_stay")]
    operations = [
        migrations.RunSQL(ONLY_SHARED, NOT_ONLY_SHARED),
        migrations.RunSQL(WITH_MACHINE, WITHOUT_MACHINE),
    ]
