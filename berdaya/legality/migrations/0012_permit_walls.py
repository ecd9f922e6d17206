"""What the database refuses of a permit, whoever writes it: holder, kitchen, renewal, variants."""

from django.db import migrations, models

# Kinds and parties are open to read; the function looks only at the row that is written.
GUARD = """
CREATE FUNCTION legality_guard_permit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  kind legality_permitkind;
  held text;
  before legality_permit;
BEGIN
  SELECT * INTO kind FROM legality_permitkind WHERE id = NEW.kind_id;
  SELECT p.kind INTO held FROM institutions_party p WHERE p.id = NEW.holder_id;
  IF held IS NULL OR NOT held = ANY (kind.holder_kinds) THEN
    RAISE EXCEPTION 'permit_holder: % may not be held by %', kind.code, held
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.scope = 'kitchen' AND NOT kind.may_cover_kitchen THEN
    RAISE EXCEPTION 'permit_kitchen: % is for no kitchen', kind.code
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.scope = 'kitchen' AND EXISTS (
    SELECT FROM legality_permitproduct c WHERE c.permit_id = NEW.id) THEN
    RAISE EXCEPTION 'permit_kitchen: it names goods' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.predecessor_id IS NOT NULL THEN
    SELECT * INTO before FROM legality_permit WHERE id = NEW.predecessor_id;
    IF before.kind_id <> NEW.kind_id OR before.place_id <> NEW.place_id
       OR before.valid_from >= NEW.valid_from THEN
      RAISE EXCEPTION 'permit_renewal: not of the same kind and place, or not later'
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER legality_permit_guarded
  BEFORE INSERT OR UPDATE OF kind_id, holder_id, place_id, scope, predecessor_id, valid_from
  ON legality_permit FOR EACH ROW EXECUTE FUNCTION legality_guard_permit();

CREATE FUNCTION legality_guard_coverage() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM legality_permit p WHERE p.id = NEW.permit_id AND p.scope = 'kitchen') THEN
    RAISE EXCEPTION 'permit_kitchen: it names no goods' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER legality_permitproduct_guarded BEFORE INSERT ON legality_permitproduct
  FOR EACH ROW EXECUTE FUNCTION legality_guard_coverage();
"""
UNGUARD = """
DROP TRIGGER legality_permitproduct_guarded ON legality_permitproduct;
DROP FUNCTION legality_guard_coverage();
DROP TRIGGER legality_permit_guarded ON legality_permit;
DROP FUNCTION legality_guard_permit();
"""
KEEP = [
    "ALTER TABLE goods_variant ADD CONSTRAINT legality_variant_of_product UNIQUE (id, product_id)",
    "ALTER TABLE legality_permitproduct ADD CONSTRAINT legality_permitproduct_whole"
    " UNIQUE (id, product_id, facility_id)",
    "ALTER TABLE legality_permitvariant ADD CONSTRAINT legality_permitvariant_coverage"
    " FOREIGN KEY (coverage_id, product_id, facility_id)"
    " REFERENCES legality_permitproduct (id, product_id, facility_id)",
    "ALTER TABLE legality_permitvariant ADD CONSTRAINT legality_permitvariant_product"
    " FOREIGN KEY (variant_id, product_id) REFERENCES goods_variant (id, product_id)",
    "ALTER TABLE legality_permitkbli ADD CONSTRAINT legality_permitkbli_permit_and_place"
    " FOREIGN KEY (permit_id, facility_id) REFERENCES legality_permit (id, place_id)",
]
FORGET = [
    "ALTER TABLE legality_permitkbli DROP CONSTRAINT legality_permitkbli_permit_and_place",
    "ALTER TABLE legality_permitvariant DROP CONSTRAINT legality_permitvariant_product",
    "ALTER TABLE legality_permitvariant DROP CONSTRAINT legality_permitvariant_coverage",
    "ALTER TABLE legality_permitproduct DROP CONSTRAINT legality_permitproduct_whole",
    "ALTER TABLE goods_variant DROP CONSTRAINT legality_variant_of_product",
]
HOLDERS = models.CheckConstraint(
    condition=models.Q(
        holder_kinds__contained_by=[
            "satker_upt", "cooperative", "foundation", "partner_business", "dekranasda", "agency",
            "person_staff", "person_other", "released_maker",
        ],
        holder_kinds__len__gt=0,
    ),
    name="legality_permitkind_holders",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("legality", "0011_holders_and_kbli"), ("goods", "0004_instant_coffee")]
    operations = [
        migrations.AddConstraint("permitkind", HOLDERS),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(KEEP, FORGET),
    ]
