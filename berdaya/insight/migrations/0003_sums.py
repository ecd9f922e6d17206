"""Sums of an office's units by region and month, kept by triggers; who may read them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from berdaya.insight.migrations import _sums


class Migration(migrations.Migration):

    dependencies = [
        ('insight', '0002_boards'),
        ('institutions', '0009_security_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeSum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_province', models.BooleanField()),
                ('month', models.DateField()),
                ('indicator', models.CharField(max_length=40)),
                ('part', models.CharField(blank=True, max_length=20)),
                ('numerator', models.DecimalField(decimal_places=3, max_digits=22)),
                ('denominator', models.DecimalField(decimal_places=3, max_digits=22, null=True)),
                ('places', models.BigIntegerField()),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True), null=True, size=None)),
                ('reckoned_at', models.DateTimeField()),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('is_province', 'office', 'indicator', 'month', 'region', 'part'), name='insight_officesum_once')],
            },
        ),
        *(migrations.RunSQL(*pair) for pair in _sums.RULES),
    ]
