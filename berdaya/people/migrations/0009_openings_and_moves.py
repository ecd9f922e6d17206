"""Two more purposes of an opening; an identity follows the placement that has begun, no other."""

from django.db import migrations, models

PURPOSES = [
    ("roll", "Daftar hadir bengkel"),
    ("payout", "Pembayaran premi"),
    ("slips", "Pembagian slip"),
    ("caseload", "Klien bimbingan"),
    ("sample", "Sampel pemeriksaan"),
    ("person", "Satu orang"),
    ("consent", "Pindaian surat kesediaan"),
    ("leaving", "Serah terima saat keluar"),
    ("search", "Pencarian nomor"),
]
# Today is the day at the placement's facility. Where nothing has begun yet, what begins first.
# A move that was recorded ahead is followed by people_settle_identities(), once a night: a month
# back, should some nights have been missed.
FORWARD = """
CREATE FUNCTION people_place_today(person bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.facility_id FROM people_placement p
  JOIN institutions_facility f ON f.id = p.facility_id
  CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE f.timezone)::date AS today) t
  WHERE p.participant_id = person
  ORDER BY p.valid_from > t.today, abs(p.valid_from - t.today)
  LIMIT 1
$$;
CREATE OR REPLACE FUNCTION people_move_identity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  place bigint := people_place_today(NEW.participant_id);
BEGIN
  UPDATE sealed.identity SET facility_id = place
  WHERE participant_id = NEW.participant_id AND facility_id <> place;
  RETURN NULL;
END $$;
DROP TRIGGER move_identity ON people_placement;
CREATE TRIGGER move_identity AFTER INSERT OR UPDATE OF facility_id, valid_from ON people_placement
  FOR EACH ROW EXECUTE FUNCTION people_move_identity();

CREATE FUNCTION people_settle_identities() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moved bigint;
BEGIN
  UPDATE sealed.identity i SET facility_id = people_place_today(i.participant_id)
  WHERE EXISTS (SELECT FROM people_placement p WHERE p.participant_id = i.participant_id
                AND p.valid_from BETWEEN current_date - 31 AND current_date + 1)
    AND i.facility_id <> people_place_today(i.participant_id);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$;
"""
BACK = """
DROP FUNCTION people_settle_identities();
DROP TRIGGER move_identity ON people_placement;
CREATE TRIGGER move_identity AFTER INSERT ON people_placement
  FOR EACH ROW EXECUTE FUNCTION people_move_identity();
CREATE OR REPLACE FUNCTION people_move_identity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE sealed.identity SET facility_id = NEW.facility_id
  WHERE participant_id = NEW.participant_id AND facility_id <> NEW.facility_id;
  RETURN NULL;
END $$;
DROP FUNCTION people_place_today(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_consent_and_safety")]
    operations = [
        migrations.RemoveConstraint(model_name="reveal", name="people_reveal_purpose"),
        migrations.AlterField(
            model_name="reveal",
            name="purpose",
            field=models.CharField(choices=PURPOSES, max_length=10, verbose_name="untuk"),
        ),
        migrations.AddConstraint(
            model_name="reveal",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", [code for code, _label in PURPOSES])),
                name="people_reveal_purpose",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
