"""What is never offered, said by the database: nothing of an LPKA, nothing of another unit."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER catalog_listing_never_lpka BEFORE INSERT ON catalog_listing
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka();
CREATE TRIGGER catalog_version_frozen BEFORE UPDATE OR DELETE ON catalog_listingversion
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();

ALTER TABLE catalog_listing ADD CONSTRAINT catalog_listing_variant_facility
  FOREIGN KEY (variant_id, facility_id) REFERENCES goods_variant (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalog_listingversion ADD CONSTRAINT catalog_version_listing_facility
  FOREIGN KEY (listing_id, facility_id) REFERENCES catalog_listing (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE catalog_listingversion DROP CONSTRAINT catalog_version_listing_facility;
ALTER TABLE catalog_listing DROP CONSTRAINT catalog_listing_variant_facility;
DROP TRIGGER catalog_version_frozen ON catalog_listingversion;
DROP TRIGGER catalog_listing_never_lpka ON catalog_listing;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("stock", "0002_never")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
