"""A decision on a listing looks at the version itself for who proposed it, not at the copy."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_refuse_same_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  proposer bigint;
BEGIN
  SELECT proposed_by_id INTO proposer FROM catalog_listingversion WHERE id = NEW.version_id;
  IF proposer = NEW.decided_by_id OR proposer IS DISTINCT FROM NEW.proposed_by_id THEN
    RAISE EXCEPTION 'four_eyes' USING ERRCODE = 'check_violation', CONSTRAINT = 'four_eyes',
      TABLE = TG_TABLE_NAME, HINT = 'Another person has to decide on this version.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER four_eyes BEFORE INSERT OR UPDATE ON catalog_listingdecision
  FOR EACH ROW EXECUTE FUNCTION catalog_refuse_same_person();
"""
BACKWARD = """
DROP TRIGGER four_eyes ON catalog_listingdecision;
DROP FUNCTION catalog_refuse_same_person();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_never")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
