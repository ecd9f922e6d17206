"""The trigger function with which other rooms' tables insist on a placement that day."""

from django.db import migrations

# Arguments: the column of the participant, the column of the day. The row's own facility_id must
# be where the person was placed. Row security holds in here, and the row's facility is in scope.
FORWARD = """
CREATE FUNCTION people_check_placement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  data jsonb := to_jsonb(NEW);
  person bigint := (data ->> TG_ARGV[0])::bigint;
  that_day date := (data ->> TG_ARGV[1])::date;
BEGIN
  IF person IS NOT NULL AND NOT EXISTS (
    SELECT FROM people_placement
    WHERE participant_id = person
      AND facility_id = (data ->> 'facility_id')::bigint
      AND valid_from <= that_day AND (valid_until IS NULL OR that_day < valid_until)
  ) THEN
    RAISE EXCEPTION 'placement_missing' USING ERRCODE = 'BD002',
      DETAIL = format('%s row, day %s', TG_TABLE_NAME, that_day),
      HINT = 'A row belongs to the facility where the person was placed that day.';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION people_check_placement()")]
