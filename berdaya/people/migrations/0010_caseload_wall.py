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
  RETURN array_remove(ARRAY(
    SELECT participant_id FROM people_caseload
    WHERE staff_id = (told ->> 'staff')::bigint
      AND facility_id IN (SELECT jsonb_array_elements_text(told -> 'places')::bigint)
      AND valid_from <= today AND (valid_until IS NULL OR valid_until > today))
    || nullif(current_setting('berdaya.newcomer', true), '')::bigint, NULL);
END $$;

-- The key of a person to be registered, who is one of the caseload until the transaction ends: by
-- then the caseload itself says so.
CREATE FUNCTION people_newcomer() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  person bigint := nextval(pg_get_serial_sequence('public.people_participant', 'id'));
BEGIN
  PERFORM set_config('berdaya.newcomer', person::text, true);
  RETURN person;
END $$;

CREATE FUNCTION people_guides(staff bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
  RETURN staff = (core_scope_limit('caseload')::jsonb ->> 'staff')::bigint;
END $$;

CREATE FUNCTION people_guides(staff bigint, person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
  RETURN people_guides(staff) AND person = ANY (people_clients());
END $$;
"""
BACK = """
DROP FUNCTION people_guides(bigint, bigint);
DROP FUNCTION people_guides(bigint);
DROP FUNCTION people_newcomer();
DROP FUNCTION people_clients();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_openings_and_moves")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
