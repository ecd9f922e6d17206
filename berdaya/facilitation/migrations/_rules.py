"""What the database itself asks, refuses and measures in this room."""

# Offices at which the actor is a mentor, and those at or below which they are an UMKM officer.
OFFICES = """
CREATE FUNCTION facilitation_offices() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asking text := current_setting('berdaya.actor', true);
BEGIN
  IF coalesce(asking, '') NOT LIKE 'staff:%' THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(
    SELECT o.id FROM institutions_appointment a
    JOIN institutions_office home ON home.id = a.office_id
    JOIN institutions_office o ON o.id = home.id
      OR (a.role = 'umkm_officer' AND o.path LIKE home.path || '/%')
    WHERE a.staff_id = substr(asking, 7)::bigint
      AND a.role IN ('mentor', 'umkm_officer')
      AND a.valid_from <= current_date
      AND (a.valid_until IS NULL OR a.valid_until > current_date));
END $$
"""
SEEN = """
CREATE FUNCTION facilitation_seen() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT id FROM facilitation_case
               WHERE office_id = ANY (facilitation_offices()));
END $$
"""
# Steps, papers and messages are written by the mentor to whom the case is assigned, while it runs.
LED = """
CREATE FUNCTION facilitation_led() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT id FROM facilitation_case
               WHERE office_id = ANY (facilitation_offices())
                 AND state IN ('assigned', 'running')
                 AND 'staff:' || mentor_id = current_setting('berdaya.actor', true));
END $$
"""
FIXED = """
CREATE FUNCTION facilitation_check_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.facility_id, NEW.office_id, NEW.code, NEW.kind, NEW.route_id, NEW.permit_kind_id,
      NEW.wish, NEW.told, NEW.asked_by_id, NEW.asked_on)
     IS DISTINCT FROM (OLD.facility_id, OLD.office_id, OLD.code, OLD.kind, OLD.route_id,
      OLD.permit_kind_id, OLD.wish, OLD.told, OLD.asked_by_id, OLD.asked_on) THEN
    RAISE EXCEPTION 'facilitation_fixed' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'What was asked stays; give it up and ask anew.';
  END IF;
  IF OLD.state IN ('done', 'given_up') THEN
    RAISE EXCEPTION 'facilitation_closed' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'It is closed; ask anew.';
  END IF;
  IF NEW.permit_id IS NOT NULL AND (
       NOT EXISTS (SELECT FROM legality_permit p WHERE p.id = NEW.permit_id
                   AND p.kind_id = NEW.permit_kind_id AND p.place_id = NEW.facility_id)
       OR EXISTS (SELECT FROM facilitation_caseproduct c WHERE c.case_id = NEW.id
                  AND NOT EXISTS (SELECT FROM legality_permitproduct n
                                  WHERE n.permit_id = NEW.permit_id
                                    AND n.product_id = c.product_id))) THEN
    RAISE EXCEPTION 'facilitation_permit' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'The permit names every product of the case, and this place.';
  END IF;
  RETURN NEW;
END $$
"""
# A step is over once, and its words stay.
STEP = """
CREATE FUNCTION facilitation_check_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.done_on IS NOT NULL OR OLD.needless_reason <> ''
     OR (NEW.case_id, NEW.facility_id, NEW.position, NEW.code, NEW.acting)
        IS DISTINCT FROM (OLD.case_id, OLD.facility_id, OLD.position, OLD.code, OLD.acting) THEN
    RAISE EXCEPTION 'facilitation_fixed' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'A step that is over stays as it was recorded.';
  END IF;
  RETURN NEW;
END $$
"""
# Days from asking to closing, and what was paid, of cases that ended within three years.
CASE_DAYS = """
CREATE FUNCTION facilitation_case_days(regency text, province text, today date)
RETURNS TABLE (kind text, level text, finished bigint, days float8, cost_rp float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.kind::text, l.level, count(*),
         percentile_cont(0.5) WITHIN GROUP (ORDER BY c.closed_on - c.asked_on),
         percentile_cont(0.5) WITHIN GROUP (ORDER BY c.cost_rp)
  FROM facilitation_case c
  JOIN institutions_facility f ON f.id = c.facility_id
  JOIN institutions_region r ON r.code = f.region_id
  CROSS JOIN LATERAL (VALUES
    ('regency', r.code = regency), ('province', r.parent_id = province), ('nation', true)
  ) AS l(level, holds)
  WHERE c.state = 'done' AND l.holds AND c.closed_on > today - 1096 AND c.closed_on <= today
  GROUP BY 1, 2
$$
"""
# By step and regency; the line without a regency is the whole province ('' asks for the nation).
STEP_DAYS = """
CREATE FUNCTION facilitation_step_days(province text, today date)
RETURNS TABLE (kind text, step text, regency text, finished bigint, days float8,
               running bigint, running_days float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.kind::text, s.code::text, f.region_id::text,
         count(s.done_on),
         percentile_cont(0.5) WITHIN GROUP (ORDER BY s.done_on - s.began_on),
         count(*) FILTER (WHERE s.done_on IS NULL),
         percentile_cont(0.5) WITHIN GROUP (ORDER BY today - s.began_on)
           FILTER (WHERE s.done_on IS NULL)
  FROM facilitation_casestep s
  JOIN facilitation_case c ON c.id = s.case_id
  JOIN institutions_facility f ON f.id = c.facility_id
  JOIN institutions_region r ON r.code = f.region_id
  WHERE s.began_on IS NOT NULL AND s.needless_reason = ''
    AND (s.done_on IS NOT NULL OR c.state = 'running')
    AND c.asked_on > today - 1096
    AND (province = '' OR r.parent_id = province)
  GROUP BY GROUPING SETS ((c.kind, s.code, f.region_id), (c.kind, s.code))
$$
"""
FUNCTIONS = [
    (OFFICES, "DROP FUNCTION facilitation_offices()"),
    (SEEN, "DROP FUNCTION facilitation_seen()"),
    (LED, "DROP FUNCTION facilitation_led()"),
    (FIXED, "DROP FUNCTION facilitation_check_case()"),
    (STEP, "DROP FUNCTION facilitation_check_step()"),
    (CASE_DAYS, "DROP FUNCTION facilitation_case_days(text, text, date)"),
    (STEP_DAYS, "DROP FUNCTION facilitation_step_days(text, date)"),
]
TRIGGERS = [
    (
        "CREATE TRIGGER never_lpka BEFORE INSERT ON facilitation_case"
        " FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka()",
        "DROP TRIGGER never_lpka ON facilitation_case",
    ),
    (
        "CREATE TRIGGER fixed BEFORE UPDATE ON facilitation_case"
        " FOR EACH ROW EXECUTE FUNCTION facilitation_check_case()",
        "DROP TRIGGER fixed ON facilitation_case",
    ),
    (
        "CREATE TRIGGER fixed BEFORE UPDATE ON facilitation_casestep"
        " FOR EACH ROW EXECUTE FUNCTION facilitation_check_step()",
        "DROP TRIGGER fixed ON facilitation_casestep",
    ),
]


def _of(table: str, column: str, other: str) -> tuple[str, str]:
    """A row of one facility points to a row of the same facility."""
    name = f"facilitation_{table}_{column}_unit"
    return (
        f"ALTER TABLE facilitation_{table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY ({column}_id, facility_id) REFERENCES {other} (id, facility_id)",
        f"ALTER TABLE facilitation_{table} DROP CONSTRAINT {name}",
    )


KEYS = [
    *(_of(table, "case", "facilitation_case") for table in
      ("caseproduct", "casestep", "casemessage")),
    _of("caseproduct", "product", "goods_product"),
]
