"""Who opened whose identity, and how many people a role usually opens a day."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Medians look over the walls of units; nothing but one number comes back. A day counts with what
# its opener had opened by its end; searches open nobody.
FORWARD = """
CREATE FUNCTION people_usual_openings(the_role text, the_kind text, since date, until date)
RETURNS double precision LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d.people) FROM (
    SELECT max(r.day_count) AS people FROM people_reveal r
    JOIN institutions_facility f ON f.id = r.facility_id
    WHERE r.role = the_role AND f.kind = the_kind AND r.purpose <> 'search'
      AND r.on_day >= since AND r.on_day < until
    GROUP BY r.opened_by_id, r.on_day
  ) d
$$;
CREATE TRIGGER check_place BEFORE INSERT ON people_revealedperson
  FOR EACH ROW EXECUTE FUNCTION people_check_identity_place();
ALTER TABLE people_revealreview ADD CONSTRAINT people_revealreview_opener
  FOREIGN KEY (reveal_id, opened_by_id) REFERENCES people_reveal (id, opened_by_id);
"""
BACK = """
ALTER TABLE people_revealreview DROP CONSTRAINT people_revealreview_opener;
DROP TRIGGER check_place ON people_revealedperson;
DROP FUNCTION people_usual_openings(text, text, date, date);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0006_letters'),
        ('people', '0006_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode')),
                ('role', models.CharField(max_length=32)),
                ('is_by_head', models.BooleanField()),
                ('purpose', models.CharField(choices=[('roll', 'Daftar hadir bengkel'), ('payout', 'Pembayaran premi'), ('slips', 'Pembagian slip'), ('caseload', 'Klien bimbingan'), ('sample', 'Sampel pemeriksaan'), ('person', 'Satu orang'), ('search', 'Pencarian nomor')], max_length=10, verbose_name='untuk')),
                ('subject', models.CharField(max_length=80)),
                ('label', models.CharField(max_length=120)),
                ('reason', models.CharField(blank=True, max_length=12)),
                ('at', models.DateTimeField(verbose_name='dibuka pada')),
                ('on_day', models.DateField()),
                ('count', models.PositiveIntegerField()),
                ('day_count', models.PositiveIntegerField()),
                ('is_unusual', models.BooleanField()),
                ('why', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RevealedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reveals', to='people.participant')),
                ('reveal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.reveal')),
            ],
            options={
                'verbose_name_plural': 'revealed people',
            },
        ),
        migrations.CreateModel(
            name='RevealReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(max_length=300, verbose_name='catatan')),
                ('at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reveal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='people.reveal')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='reveal',
            index=models.Index(fields=['facility', '-at'], name='people_reveal_list'),
        ),
        migrations.AddIndex(
            model_name='reveal',
            index=models.Index(fields=['opened_by', 'on_day'], name='people_reveal_opener'),
        ),
        migrations.AddIndex(
            model_name='reveal',
            index=models.Index(fields=['role', 'on_day'], name='people_reveal_usual'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.UniqueConstraint(fields=('id', 'opened_by'), name='people_reveal_by'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['roll', 'payout', 'slips', 'caseload', 'sample', 'person', 'search'])), name='people_reveal_purpose'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_unusual', True), models.Q(('why', []), _negated=True)), models.Q(('is_unusual', False), ('why', [])), _connector='OR'), name='people_reveal_why'),
        ),
        migrations.AddConstraint(
            model_name='revealedperson',
            constraint=models.UniqueConstraint(fields=('reveal', 'participant'), name='people_revealedperson_one'),
        ),
        migrations.AddConstraint(
            model_name='revealreview',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='people_revealreview_note'),
        ),
        migrations.AddConstraint(
            model_name='revealreview',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('opened_by')), _negated=True), name='people_revealreview_two_people'),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
