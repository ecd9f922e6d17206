"""The sealed identity in a schema of its own, and what makes it follow the person."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


SCHEMA = "CREATE SCHEMA IF NOT EXISTS sealed"
# An identity is recorded where the person is or was placed, and follows them to the next place.
TRIGGERS = """
CREATE FUNCTION people_check_identity_place() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM people_placement
                 WHERE participant_id = NEW.participant_id AND facility_id = NEW.facility_id) THEN
    RAISE EXCEPTION 'placement_missing' USING ERRCODE = 'BD002',
      HINT = 'An identity belongs to the facility where the person is placed.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_place BEFORE INSERT OR UPDATE OF facility_id ON sealed.identity
  FOR EACH ROW EXECUTE FUNCTION people_check_identity_place();

CREATE FUNCTION people_move_identity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE sealed.identity SET facility_id = NEW.facility_id
  WHERE participant_id = NEW.participant_id AND facility_id <> NEW.facility_id;
  RETURN NULL;
END $$;
CREATE TRIGGER move_identity AFTER INSERT ON people_placement
  FOR EACH ROW EXECUTE FUNCTION people_move_identity();
"""
BACK = """
DROP TRIGGER move_identity ON people_placement;
DROP TRIGGER check_place ON sealed.identity;
DROP FUNCTION people_move_identity(), people_check_identity_place();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0005_party_contact'),
        ('people', '0003_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SCHEMA, "DROP SCHEMA sealed"),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_owner', models.UUIDField(unique=True)),
                ('why', models.CharField(max_length=40)),
                ('erased_at', models.DateTimeField()),
                ('erased_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='people.participant')),
            ],
        ),
        migrations.CreateModel(
            name='SealedIdentity',
            fields=[
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='identity', serialize=False, to='people.participant')),
                ('key_owner', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.BinaryField(null=True)),
                ('register_no', models.BinaryField(null=True)),
                ('nik', models.BinaryField(null=True)),
                ('born_on', models.BinaryField(null=True)),
                ('bank_account', models.BinaryField(null=True)),
                ('heirs', models.BinaryField(null=True)),
                ('photo', models.BinaryField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'sealed identities',
                'db_table': 'sealed"."identity',
            },
        ),
        migrations.RunSQL(TRIGGERS, BACK),
    ]
