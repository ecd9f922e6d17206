"""What the calendar asks of the database: an owner that is the machine's, and two doors."""

from django.db import migrations

# The copy of the owner opens the row to it; a foreign key over both columns keeps the copy true.
OWNER = """
ALTER TABLE equipment_booking ADD CONSTRAINT equipment_booking_owner_of
  FOREIGN KEY (equipment_id, owner_facility_id) REFERENCES equipment_equipment (id, facility_id)
"""
# The row security of three tables asks this once a statement, so it must not ask them in turn.
OPEN_IDS = """
CREATE FUNCTION equipment_open_ids() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint[] := core_scope_facilities();
  today date := (now() AT TIME ZONE 'Asia/Makassar')::date;
BEGIN
  RETURN (
    SELECT coalesce(array_agg(DISTINCT share.equipment_id), '{}')
    FROM equipment_share share
    LEFT JOIN institutions_office office ON office.id = share.to_office_id
    WHERE share.valid_from <= today AND (share.valid_until IS NULL OR today < share.valid_until)
      AND (share.to_facility_id = ANY (mine) OR EXISTS (
        SELECT FROM institutions_facility one
        JOIN institutions_office its ON its.id = one.office_id
        WHERE one.id = ANY (mine)
          AND (its.path = office.path OR its.path LIKE office.path || '/%')
      ))
  );
END $$
"""
# A machine stays known to whoever has booked it, or the booking would lose its name with the share.
KNOWN_IDS = """
CREATE FUNCTION equipment_known_ids() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint[] := core_scope_facilities();
BEGIN
  RETURN equipment_open_ids() || ARRAY(
    SELECT DISTINCT one.equipment_id FROM equipment_booking one
    WHERE one.facility_id = ANY (mine) AND one.owner_facility_id <> one.facility_id
  );
END $$
"""
BUSY = """
CREATE FUNCTION equipment_busy(ids bigint[], since timestamptz, until timestamptz)
RETURNS TABLE (booking bigint, equipment bigint, starts timestamptz, ends timestamptz,
               booker bigint, kind text, is_waiting boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine bigint[] := core_scope_facilities();
  open_ids bigint[] := equipment_open_ids();
BEGIN
  RETURN QUERY
    SELECT one.id, one.equipment_id, one.starts_at, one.ends_at, one.facility_id,
           one.kind::text, one.approved_at IS NULL
    FROM equipment_booking one
    WHERE one.equipment_id = ANY (ids) AND one.starts_at < until AND one.ends_at > since
      AND one.declined_at IS NULL AND one.cancelled_at IS NULL
      AND (one.owner_facility_id = ANY (mine) OR one.equipment_id = ANY (open_ids))
    ORDER BY one.starts_at, one.id;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("equipment", "0001_initial")]
    operations = [
        migrations.RunSQL(
            OWNER, "ALTER TABLE equipment_booking DROP CONSTRAINT equipment_booking_owner_of"
        ),
        migrations.RunSQL(OPEN_IDS, "DROP FUNCTION equipment_open_ids()"),
        migrations.RunSQL(KNOWN_IDS, "DROP FUNCTION equipment_known_ids()"),
        migrations.RunSQL(BUSY, "DROP FUNCTION equipment_busy(bigint[], timestamptz, timestamptz)"),
    ]
