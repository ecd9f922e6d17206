"""Nobody is ever placed at a production house: it keeps machines, and its staff are not ours."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION people_check_house() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM institutions_facility
             WHERE id = NEW.facility_id AND kind = 'production_house') THEN
    RAISE EXCEPTION 'facility_without_people' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'A production house holds and guides nobody.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_at_a_house BEFORE INSERT OR UPDATE OF facility_id ON people_placement
  FOR EACH ROW EXECUTE FUNCTION people_check_house();
"""
BACKWARD = """
DROP TRIGGER nobody_at_a_house ON people_placement;
DROP FUNCTION people_check_house();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_reveal_certificates"),
        ("institutions", "0008_production_house"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
