"""Hours of the week in which somebody arrived, worked elsewhere: their sum, and nothing else."""

from django.db import migrations

# The owner looks over the wall; the asker hears one number a person and week, and only of people
# placed in his scope, for the days before they came.
FORWARD = """
CREATE FUNCTION workshop_minutes_before(people bigint[], first_day date, last_day date)
RETURNS TABLE (person bigint, monday date, minutes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  scope bigint[] := core_scope_facilities();
BEGIN
  RETURN QUERY
    SELECT arrived.who, arrived.week, max(arrived.total)::bigint
    FROM (
      SELECT placed.id, placed.participant_id AS who,
             date_trunc('week', placed.valid_from)::date AS week, sum(log.minutes) AS total
      FROM people_placement placed
      JOIN workshop_worklog log ON log.participant_id = placed.participant_id
        AND log.day >= date_trunc('week', placed.valid_from)::date AND log.day < placed.valid_from
        AND log.mark = 'present' AND log.facility_id <> ALL (scope)
      WHERE placed.participant_id = ANY (people) AND placed.facility_id = ANY (scope)
        AND placed.valid_from > first_day - 7 AND placed.valid_from <= last_day
      GROUP BY placed.id
    ) arrived
    GROUP BY arrived.who, arrived.week;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("workshop", "0002_never"), ("people", "0003_work")]
    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION workshop_minutes_before(bigint[], date, date)")
    ]
