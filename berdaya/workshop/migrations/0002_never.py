"""What never works here, told to the database: no LPKA, no anak, no community service."""

from django.db import migrations

# Row security holds inside these functions: the rows asked about are in the writer's scope.
FACILITY = """
CREATE FUNCTION workshop_check_facility() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM institutions_facility WHERE id = NEW.facility_id AND kind = 'lpka') THEN
    RAISE EXCEPTION 'facility_lpka' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'Nothing is made for sale at an LPKA.';
  END IF;
  RETURN NEW;
END $$
"""
# A whole sheet is looked at once, after its lines stand.
WORKERS = """
CREATE FUNCTION workshop_check_workers() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  barred text;
BEGIN
  SELECT s.status INTO barred
  FROM fresh f JOIN people_statusperiod s ON s.participant_id = f.participant_id
    AND s.valid_from <= f.day AND (s.valid_until IS NULL OR f.day < s.valid_until)
  WHERE s.status IN ('anak', 'community_service') LIMIT 1;
  IF barred IS NOT NULL THEN
    RAISE EXCEPTION 'worker_barred' USING ERRCODE = 'BD003', DETAIL = barred,
      HINT = 'A person of this status never makes what is sold.';
  END IF;
  IF EXISTS (SELECT FROM fresh f JOIN institutions_facility i ON i.id = f.facility_id
             WHERE i.kind = 'lpka') THEN
    RAISE EXCEPTION 'facility_lpka' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'Nothing is made for sale at an LPKA.';
  END IF;
  IF EXISTS (SELECT FROM fresh f JOIN workshop_worksheet w ON w.id = f.sheet_id
             WHERE w.day <> f.day OR w.facility_id <> f.facility_id) THEN
    RAISE EXCEPTION 'sheet_differs' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'A line has the day and the facility of its sheet.';
  END IF;
  IF EXISTS (SELECT FROM fresh f JOIN workshop_batchclosing c ON c.batch_id = f.batch_id) THEN
    RAISE EXCEPTION 'batch_closed' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'The weights of a closed batch are frozen; record a correction.';
  END IF;
  RETURN NULL;
END $$
"""
DROP = "DROP TRIGGER {0} ON {1}"
TRIGGERS = [
    (
        f"CREATE TRIGGER never BEFORE INSERT OR UPDATE OF facility_id ON workshop_{table}"
        " FOR EACH ROW EXECUTE FUNCTION workshop_check_facility()",
        DROP.format("never", f"workshop_{table}"),
    )
    for table in ("workshop", "worksheet", "batch")
] + [
    (
        f"CREATE TRIGGER never_{event} AFTER {event} ON workshop_worklog"
        " REFERENCING NEW TABLE AS fresh"
        " FOR EACH STATEMENT EXECUTE FUNCTION workshop_check_workers()",
        DROP.format(f"never_{event}", "workshop_worklog"),
    )
    for event in ("insert", "update")
] + [
    (
        "CREATE TRIGGER placed BEFORE INSERT OR UPDATE OF participant_id, facility_id, day"
        " ON workshop_worklog FOR EACH ROW"
        " EXECUTE FUNCTION people_check_placement('participant_id', 'day')",
        DROP.format("placed", "workshop_worklog"),
    )
]


class Migration(migrations.Migration):
    dependencies = [("workshop", "0001_initial"), ("people", "0003_work")]
    operations = [
        migrations.RunSQL(FACILITY, "DROP FUNCTION workshop_check_facility()"),
        migrations.RunSQL(WORKERS, "DROP FUNCTION workshop_check_workers()"),
        *(migrations.RunSQL(forward, backward) for forward, backward in TRIGGERS),
    ]
