"""Figures of an office's units added up, kept by the database itself in the writing transaction.

Whoever writes a figure, moves a seat or a facility changes the sums with it, whatever the program
knows of them: they are written by nobody else. One lock stands before all of it, so that two who
reckon at once neither miss each other's rows nor wait for each other in turn.
"""

HEAD = "SET search_path = pg_catalog, public, pg_temp"
LOCK = (
    f"""
CREATE FUNCTION insight_sums_lock() RETURNS trigger
LANGUAGE plpgsql {HEAD} AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('insight_officesum', 0));
  RETURN NULL;
END $$;
""",
    "DROP FUNCTION insight_sums_lock()",
)
COLUMNS = (
    "office_id, region_id, month, indicator, part,"
    " numerator, denominator, places, days, reckoned_at"
)
DAYS = ", ".join(f"sum(days[{number}])" for number in range(1, 32))
# Regencies first, of the units' figures, then their provinces of these sums: at national size there
# is hardly more than one unit a regency, and a board of the country tells provinces apart.
# Units that never lay in a regency are left out beforehand: where a month lay is known only after
# its seat was found.
ADD_UP = (
    f"""
CREATE FUNCTION insight_add_up(offices bigint[], regions text[], months date[]) RETURNS void
LANGUAGE plpgsql {HEAD} AS $$
DECLARE
  provinces text[] := ARRAY(SELECT DISTINCT left(one, 2) FROM unnest(regions) one);
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('insight_officesum', 0));
  DELETE FROM insight_officesum o
   WHERE o.office_id = ANY (offices) AND o.month = ANY (months)
     AND o.region_id = ANY (CASE WHEN o.is_province THEN provinces ELSE regions END);
  WITH placed AS MATERIALIZED (
    SELECT u.office_id, coalesce(s.region_id, u.region_id) AS region_id, f.month, f.indicator,
           f.part, f.numerator, f.denominator, s.places, f.days, f.reckoned_at
      FROM institutions_facility u
      JOIN insight_figure f ON f.facility_id = u.id AND f.month = ANY (months)
      LEFT JOIN insight_seat s ON s.facility_id = u.id AND s.valid_from <= f.month
           AND (s.valid_until IS NULL OR s.valid_until > f.month)
     WHERE u.office_id = ANY (offices)
       AND (u.region_id = ANY (regions) OR EXISTS (SELECT FROM insight_seat one
            WHERE one.facility_id = u.id AND one.region_id = ANY (regions)))
       AND coalesce(s.region_id, u.region_id) = ANY (regions)
  ), by_day AS (
    SELECT office_id, region_id, month, indicator, part, ARRAY[{DAYS}] AS days
      FROM placed WHERE days IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  ), whole AS (
    SELECT office_id, region_id, month, indicator, part, sum(numerator) AS numerator,
           sum(denominator) AS denominator, coalesce(sum(places), 0) AS places,
           max(reckoned_at) AS reckoned_at
      FROM placed GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO insight_officesum (is_province, {COLUMNS})
  SELECT false, w.office_id, w.region_id, w.month, w.indicator, w.part,
         w.numerator, w.denominator, w.places, d.days, w.reckoned_at
    FROM whole w LEFT JOIN by_day d USING (office_id, region_id, month, indicator, part);
  WITH placed AS MATERIALIZED (
    SELECT o.*, left(o.region_id, 2) AS province FROM insight_officesum o
     WHERE NOT o.is_province AND o.office_id = ANY (offices) AND o.month = ANY (months)
       AND left(o.region_id, 2) = ANY (provinces)
  ), by_day AS (
    SELECT office_id, province, month, indicator, part, ARRAY[{DAYS}] AS days
      FROM placed WHERE days IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  ), whole AS (
    SELECT office_id, province, month, indicator, part, sum(numerator) AS numerator,
           sum(denominator) AS denominator, sum(places) AS places, max(reckoned_at) AS reckoned_at
      FROM placed GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO insight_officesum (is_province, {COLUMNS})
  SELECT true, w.office_id, w.province, w.month, w.indicator, w.part,
         w.numerator, w.denominator, w.places, d.days, w.reckoned_at
    FROM whole w LEFT JOIN by_day d USING (office_id, province, month, indicator, part);
END $$;
""",
    "DROP FUNCTION insight_add_up(bigint[], text[], date[])",
)
# Wherever these units lay or lie, and where something beside says that they lay before.
ADD_UP_UNITS = (
    f"""
CREATE FUNCTION insight_add_up_units(
  units bigint[], months date[], offices bigint[], regions text[]
) RETURNS void
LANGUAGE plpgsql {HEAD} AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('insight_officesum', 0));
  PERFORM insight_add_up(
    ARRAY(SELECT u.office_id FROM institutions_facility u WHERE u.id = ANY (units)
          UNION SELECT unnest(offices)),
    ARRAY(SELECT u.region_id FROM institutions_facility u WHERE u.id = ANY (units)
          UNION SELECT s.region_id FROM insight_seat s WHERE s.facility_id = ANY (units)
          UNION SELECT unnest(regions)),
    coalesce(months, ARRAY(SELECT DISTINCT f.month FROM insight_figure f
                            WHERE f.facility_id = ANY (units))));
END $$;
""",
    "DROP FUNCTION insight_add_up_units(bigint[], date[], bigint[], text[])",
)
# With the owner's rights: who reckons one unit does not see the others of its office.
WRITTEN = (
    f"""
CREATE FUNCTION insight_figures_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {HEAD} AS $$
DECLARE
  units bigint[];
  months date[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT facility_id), array_agg(DISTINCT month) INTO units, months
      FROM written;
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT facility_id), array_agg(DISTINCT month) INTO units, months
      FROM (SELECT facility_id, month FROM written UNION SELECT facility_id, month FROM gone) one;
  ELSE
    SELECT array_agg(DISTINCT facility_id), array_agg(DISTINCT month) INTO units, months FROM gone;
  END IF;
  IF units IS NOT NULL THEN
    PERFORM insight_add_up_units(units, months, '{{}}', '{{}}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sums_lock BEFORE INSERT OR UPDATE OR DELETE ON insight_figure
  FOR EACH STATEMENT EXECUTE FUNCTION insight_sums_lock();
CREATE TRIGGER sums_insert AFTER INSERT ON insight_figure
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION insight_figures_written();
CREATE TRIGGER sums_update AFTER UPDATE ON insight_figure
  REFERENCING NEW TABLE AS written OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION insight_figures_written();
CREATE TRIGGER sums_delete AFTER DELETE ON insight_figure
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION insight_figures_written();
""",
    "DROP TRIGGER sums_delete ON insight_figure; DROP TRIGGER sums_update ON insight_figure;"
    " DROP TRIGGER sums_insert ON insight_figure; DROP TRIGGER sums_lock ON insight_figure;"
    " DROP FUNCTION insight_figures_written()",
)
# A seat says where months lay, so its unit's months are added up anew where they lay and lie.
SEATED = (
    f"""
CREATE FUNCTION insight_seat_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {HEAD} AS $$
DECLARE
  was insight_seat;
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM insight_add_up_units(ARRAY[NEW.facility_id], NULL, '{{}}', '{{}}');
    RETURN NULL;
  END IF;
  was := OLD;
  PERFORM insight_add_up_units(
    array_remove(ARRAY[was.facility_id, CASE WHEN TG_OP = 'UPDATE' THEN NEW.facility_id END], NULL),
    NULL, '{{}}', ARRAY[was.region_id]::text[]);
  RETURN NULL;
END $$;
CREATE TRIGGER sums AFTER INSERT OR UPDATE OR DELETE ON insight_seat
  FOR EACH ROW EXECUTE FUNCTION insight_seat_moved();
""",
    "DROP TRIGGER sums ON insight_seat; DROP FUNCTION insight_seat_moved()",
)
MOVED = (
    f"""
CREATE FUNCTION insight_unit_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {HEAD} AS $$
BEGIN
  PERFORM insight_add_up_units(
    ARRAY[NEW.id], NULL, ARRAY[OLD.office_id], ARRAY[OLD.region_id]::text[]);
  RETURN NULL;
END $$;
CREATE TRIGGER insight_sums AFTER UPDATE OF office_id, region_id ON institutions_facility
  FOR EACH ROW
  WHEN (OLD.office_id <> NEW.office_id OR OLD.region_id <> NEW.region_id)
  EXECUTE FUNCTION insight_unit_moved();
""",
    "DROP TRIGGER insight_sums ON institutions_facility; DROP FUNCTION insight_unit_moved()",
)
# Offices of which every unit is in scope, of whoever has no limit within a unit. Asked once a
# statement; refuses without a scope and whoever passes by, as every wall does.
WHOLE = (
    f"""
CREATE FUNCTION insight_whole_offices() RETURNS bigint[]
LANGUAGE plpgsql STABLE {HEAD} AS $$
DECLARE
  mine bigint[] := core_scope_facilities_for('');
BEGIN
  IF core_scope_is_free('caseload') IS NULL OR core_scope_is_free('days') IS NULL THEN
    RETURN '{{}}';
  END IF;
  RETURN ARRAY(
    SELECT u.office_id FROM institutions_facility u LEFT JOIN unnest(mine) one (id) ON one.id = u.id
     GROUP BY u.office_id HAVING count(*) = count(one.id));
END $$;
""",
    "DROP FUNCTION insight_whole_offices()",
)
# What was reckoned before there were sums.
FILL = (
    """
SELECT insight_add_up(
  ARRAY(SELECT id FROM institutions_office), ARRAY(SELECT code::text FROM institutions_region),
  ARRAY(SELECT DISTINCT month FROM insight_figure))
""",
    "SELECT 1",
)
RULES = [LOCK, ADD_UP, ADD_UP_UNITS, WRITTEN, SEATED, MOVED, WHOLE, FILL]
