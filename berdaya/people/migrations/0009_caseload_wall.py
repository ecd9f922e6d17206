"""Whose clients are shown: what the row policies named `caseload` ask (core/limits.py)."""

from django.db import migrations

# The owner looks over the wall: the list decides what of people_caseload itself is shown.
FORWARD = """
CREATE FUNCTION people_clients() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told jsonb;
  today date;
BEGIN
  IF core_scope_is_free('caseload') THEN
    RETURN '{}';
  END IF;
  told := core_scope_limit('caseload')::jsonb;
  today := (told ->> 'day')::date;
  RETURN ARRAY(
    SELECT participant_id FROM people_caseload
    WHERE staff_id = (told ->> 'staff')::bigint
      AND facility_id IN (SELECT jsonb_array_elements_text(told -> 'places')::bigint)
      AND valid_from <= today AND (valid_until IS NULL OR valid_until > today));
END $$;

CREATE FUNCTION people_is_new(person bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM people_participant WHERE id = person);
$$;

CREATE FUNCTION people_guides(staff bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
  RETURN staff = (core_scope_limit('caseload')::jsonb ->> 'staff')::bigint;
END $$;

CREATE FUNCTION people_guides(staff bigint, person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
  RETURN people_guides(staff) AND (person = ANY (people_clients()) OR people_is_new(person));
END $$;
"""
BACK = """
DROP FUNCTION people_guides(bigint, bigint);
DROP FUNCTION people_guides(bigint);
DROP FUNCTION people_is_new(bigint);
DROP FUNCTION people_clients();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_consent_and_safety")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
