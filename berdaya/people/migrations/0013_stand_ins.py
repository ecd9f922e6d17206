"""Who stands in for a counsellor on named days; consent to be contacted; a sealed telephone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from berdaya.people.migrations._texts_2026_1 import TEXTS

# As in 0010, and whoever stands in today.
CLIENTS = """
CREATE OR REPLACE FUNCTION people_clients() RETURNS bigint[]
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
      AND valid_from <= today AND (valid_until IS NULL OR valid_until > today)
    UNION
    SELECT participant_id FROM people_casecover
    WHERE staff_id = (told ->> 'staff')::bigint AND day = today
      AND facility_id IN (SELECT jsonb_array_elements_text(told -> 'places')::bigint))
    || nullif(current_setting('berdaya.newcomer', true), '')::bigint, NULL);
END $$
"""
PLACED = (
    "CREATE TRIGGER placed BEFORE INSERT OR UPDATE ON people_casecover FOR EACH ROW"
    " EXECUTE FUNCTION people_check_placement('participant_id', 'day')"
)
VERSION, IN_FORCE_FROM = "2026-1", "2026-01-01"


def load(apps, schema_editor):
    texts = apps.get_model("people", "ConsentText").objects.using(schema_editor.connection.alias)
    for (purpose, language), body in TEXTS.items():
        texts.create(
            purpose=purpose, language=language, version=VERSION, body=body,
            in_force_from=IN_FORCE_FROM,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0008_production_house'),
        ('people', '0012_nobody_at_a_house'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseCover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='hari')),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='people_consent_purpose',
        ),
        migrations.RemoveConstraint(
            model_name='consenttext',
            name='people_consenttext_whole',
        ),
        migrations.AddField(
            model_name='sealedidentity',
            name='phone',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('work', 'Bekerja dan hasilnya dijual'), ('publicity', 'Disebut sebagai pembuat'), ('data', 'Data dibagikan sesudah bebas'), ('messages', 'Menerima pesan pembeli'), ('contact', 'Dihubungi sesudah bimbingan berakhir')], default='work', max_length=20, verbose_name='untuk'),
        ),
        migrations.AlterField(
            model_name='consenttext',
            name='purpose',
            field=models.CharField(choices=[('work', 'Bekerja dan hasilnya dijual'), ('publicity', 'Disebut sebagai pembuat'), ('data', 'Data dibagikan sesudah bebas'), ('messages', 'Menerima pesan pembeli'), ('contact', 'Dihubungi sesudah bimbingan berakhir')], max_length=20, verbose_name='untuk'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['work', 'publicity', 'data', 'messages', 'contact'])), name='people_consent_purpose'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['work', 'publicity', 'data', 'messages', 'contact']), models.Q(('body', ''), _negated=True), models.Q(('version', ''), _negated=True)), name='people_consenttext_whole'),
        ),
        migrations.AddField(
            model_name='casecover',
            name='facility',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility'),
        ),
        migrations.AddField(
            model_name='casecover',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casecover',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='people.participant'),
        ),
        migrations.AddField(
            model_name='casecover',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pengganti'),
        ),
        migrations.AddIndex(
            model_name='casecover',
            index=models.Index(fields=['facility', 'day'], name='people_casecover_day'),
        ),
        migrations.AddConstraint(
            model_name='casecover',
            constraint=models.UniqueConstraint(fields=('participant', 'day'), name='people_casecover_one'),
        ),
        migrations.RunSQL(CLIENTS, migrations.RunSQL.noop),
        migrations.RunSQL(PLACED, "DROP TRIGGER placed ON people_casecover"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
