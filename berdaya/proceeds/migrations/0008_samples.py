"""An auditor's samples, drawn by the system."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0006_letters'),
        ('people', '0007_reveals'),
        ('proceeds', '0007_four_eyes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode')),
                ('seed', models.CharField(max_length=64)),
                ('population', models.PositiveIntegerField(verbose_name='slip dalam masa itu')),
                ('size', models.PositiveIntegerField(verbose_name='slip terundi')),
                ('drawn_at', models.DateTimeField(verbose_name='diundi pada')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.assignmentletter')),
            ],
            options={
                'ordering': ['-drawn_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditSampleLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='proceeds.auditsample')),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proceeds.slip')),
            ],
        ),
        migrations.AddConstraint(
            model_name='auditsample',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='proceeds_auditsample_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='auditsample',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('facility', '='), ('letter', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='proceeds_auditsample_once', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='auditsample',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', models.F('population')), ('valid_until__isnull', False)), name='proceeds_auditsample_size'),
        ),
        migrations.AddConstraint(
            model_name='auditsampleline',
            constraint=models.UniqueConstraint(fields=('sample', 'slip'), name='proceeds_auditsampleline_one'),
        ),
    ]
