"""Figures, what is told of them, targets, seats and monthly reports."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from berdaya.insight.migrations import _rules


def load(apps, schema_editor):
    ReportRule = apps.get_model("insight", "ReportRule")
    ReportRule.objects.using(schema_editor.connection.alias).create(
        day_of_month=10,
        valid_from="2025-01-01",
        legal_basis="Mengikuti batas LPJ bendahara, tanggal 10 bulan berikutnya; perlu konfirmasi",
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('papers', '0006_monthly_report'),
        ('workshop', '0008_planning'),
        ('institutions', '0008_production_house'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='bulan')),
                ('due_on', models.DateField(verbose_name='paling lambat')),
                ('first_sent_on', models.DateField(verbose_name='dikirim')),
                ('state', models.CharField(choices=[('sent', 'Menunggu diperiksa'), ('returned', 'Dikembalikan'), ('accepted', 'Diterima')], default='sent', max_length=8)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
            ],
            options={
                'ordering': ['-month', 'facility'],
            },
        ),
        migrations.CreateModel(
            name='ReportRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('day_of_month', models.PositiveSmallIntegerField()),
                ('legal_basis', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='insight_reportrule_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'), models.CheckConstraint(condition=models.Q(('day_of_month__gte', 1), ('day_of_month__lte', 28)), name='insight_reportrule_day')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('snapshot', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='catatan kepala UPT')),
                ('sent_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='insight.report')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='ReportAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('accepted', 'Diterima'), ('returned', 'Dikembalikan')], max_length=8)),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='insight.reportversion')),
            ],
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('places', models.PositiveIntegerField(blank=True, null=True, verbose_name='kapasitas (orang)')),
                ('source', models.CharField(max_length=200, verbose_name='dasar')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office', verbose_name='kantor wilayah')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='kabupaten atau kota')),
            ],
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('indicator', models.CharField(max_length=40, verbose_name='indikator')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('value', models.DecimalField(decimal_places=1, max_digits=18, verbose_name='target')),
                ('basis', models.CharField(max_length=200, verbose_name='dasar')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='wilayah')),
            ],
            options={
                'ordering': ['-year', 'indicator', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ToldFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('indicator', models.CharField(max_length=40)),
                ('part', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveSmallIntegerField()),
                ('numerator', models.DecimalField(decimal_places=3, max_digits=18)),
                ('denominator', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('told_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
            ],
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('indicator', models.CharField(max_length=40)),
                ('part', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveSmallIntegerField()),
                ('numerator', models.DecimalField(decimal_places=3, max_digits=18)),
                ('denominator', models.DecimalField(decimal_places=3, max_digits=18, null=True)),
                ('people', models.PositiveIntegerField(null=True)),
                ('reckoned_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
            ],
            options={
                'indexes': [models.Index(fields=['indicator', 'month'], name='insight_figure_indicator'), models.Index(fields=['month', 'facility'], name='insight_figure_month')],
                'constraints': [models.UniqueConstraint(fields=('facility', 'indicator', 'month', 'part'), name='insight_figure_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='insight_figure_first')],
            },
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('facility', 'month'), name='insight_report_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('id', 'facility'), name='insight_report_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('month')), ('first_sent_on__gt', models.F('month')), ('month__day', 1), ('state__in', ['sent', 'returned', 'accepted'])), name='insight_report_known'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='insight_version_number'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='insight_version_digest'),
        ),
        migrations.AddConstraint(
            model_name='reportanswer',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('sent_by')), _negated=True), _connector='OR'), name='insight_reportanswer_two_people'),
        ),
        migrations.AddConstraint(
            model_name='reportanswer',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'accepted'), models.Q(('outcome', 'returned'), models.Q(('comment', ''), _negated=True)), _connector='OR'), name='insight_reportanswer_said'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='insight_seat_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('facility', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='insight_seat_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('places__isnull', True), ('places__gt', 0), _connector='OR')), name='insight_seat_said'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='insight_target_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('region__isnull', False)), expressions=[('indicator', '='), ('year', '='), ('region', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='insight_target_region', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('region__isnull', True)), expressions=[('indicator', '='), ('year', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='insight_target_nation', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0), models.Q(('basis', ''), _negated=True)), name='insight_target_said'),
        ),
        migrations.AddIndex(
            model_name='toldfigure',
            index=models.Index(fields=['indicator', 'month'], name='insight_told_indicator'),
        ),
        migrations.AddConstraint(
            model_name='toldfigure',
            constraint=models.UniqueConstraint(fields=('facility', 'indicator', 'month', 'part'), name='insight_told_once'),
        ),
        migrations.AddConstraint(
            model_name='toldfigure',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='insight_told_first'),
        ),
        *(migrations.RunSQL(*pair) for pair in _rules.RULES),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
