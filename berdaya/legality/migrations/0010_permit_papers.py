"""Scope, renewal, responsible person, scan, variants and KBLI of a permit; kinds say who may hold."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goods', '0004_instant_coffee'),
        ('institutions', '0009_security_role'),
        ('legality', '0007_group_category'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Kbli',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=5)),
                ('name', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('to_be_confirmed', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['-year', 'code'],
            },
        ),
        migrations.CreateModel(
            name='PermitKbli',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='PermitVariant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.AddField(
            model_name='permit',
            name='certificate_no',
            field=models.CharField(blank=True, max_length=60, verbose_name='nomor sertifikatnya'),
        ),
        migrations.AddField(
            model_name='permit',
            name='certificate_until',
            field=models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak'),
        ),
        migrations.AddField(
            model_name='permit',
            name='competence',
            field=models.CharField(blank=True, choices=[('pkp', 'Penyuluhan Keamanan Pangan (PKP)'), ('halal_supervisor', 'Penyelia halal'), ('other', 'Sertifikat lain')], max_length=20, verbose_name='sertifikat penanggung jawab'),
        ),
        migrations.AddField(
            model_name='permit',
            name='predecessor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='legality.permit'),
        ),
        migrations.AddField(
            model_name='permit',
            name='responsible_post',
            field=models.CharField(blank=True, max_length=80, verbose_name='jabatan'),
        ),
        migrations.AddField(
            model_name='permit',
            name='coverage_change',
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddField(
            model_name='permit',
            name='scan',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='permit',
            name='scan_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='permit',
            name='scanned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='permit',
            name='scope',
            field=models.CharField(choices=[('goods', 'Barang yang dijual'), ('kitchen', 'Dapur yang memberi makan penghuni')], default='goods', max_length=8, verbose_name='cakupan'),
        ),
        migrations.AddField(
            model_name='permitkind',
            name='holder_kinds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None),
        ),
        migrations.AddField(
            model_name='permitkind',
            name='may_cover_kitchen',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='permitkind',
            name='names_kbli',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='kbli',
            constraint=models.UniqueConstraint(fields=('year', 'code'), name='legality_kbli_one'),
        ),
        migrations.AddConstraint(
            model_name='kbli',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{5}$'), ('year__in', [2020, 2025])), name='legality_kbli_edition'),
        ),
        migrations.AddField(
            model_name='permitkbli',
            name='facility',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility'),
        ),
        migrations.AddField(
            model_name='permitkbli',
            name='kbli',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='legality.kbli'),
        ),
        migrations.AddField(
            model_name='permitkbli',
            name='permit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fields_of_business', to='legality.permit'),
        ),
        migrations.AddField(
            model_name='permit',
            name='kbli',
            field=models.ManyToManyField(related_name='permits', through='legality.PermitKbli', to='legality.kbli', verbose_name='KBLI'),
        ),
        migrations.AddIndex(
            model_name='permit',
            index=models.Index(condition=models.Q(('scope', 'kitchen')), fields=['place'], name='legality_permit_kitchens'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_on__isnull', True)), fields=('predecessor',), name='legality_permit_one_renewal'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['goods', 'kitchen'])), name='legality_permit_scope'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('responsible_role__in', ['', 'cooperative_officer', 'work_officer', 'partner', 'released_maker']), ('competence__in', ['', 'pkp', 'halal_supervisor', 'other']), models.Q(models.Q(('certificate_no', ''), ('competence', ''), ('responsible_post', '')), models.Q(('responsible_role', ''), _negated=True), _connector='OR'), models.Q(models.Q(('certificate_no', ''), ('competence', '')), models.Q(models.Q(('competence', ''), _negated=True), models.Q(('certificate_no', ''), _negated=True)), _connector='OR'), models.Q(('certificate_until__isnull', True), models.Q(('certificate_no', ''), _negated=True), _connector='OR')), name='legality_permit_responsible'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scan', ''), ('scan_sha256', ''), ('scanned_at__isnull', True)), models.Q(models.Q(('scan', ''), _negated=True), models.Q(('scan_sha256', ''), _negated=True), ('scanned_at__isnull', False)), _connector='OR'), name='legality_permit_scan'),
        ),
        migrations.AddField(
            model_name='permitvariant',
            name='coverage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='legality.permitproduct'),
        ),
        migrations.AddField(
            model_name='permitvariant',
            name='facility',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility'),
        ),
        migrations.AddField(
            model_name='permitvariant',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goods.product'),
        ),
        migrations.AddField(
            model_name='permitvariant',
            name='variant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='goods.variant'),
        ),
        migrations.AddConstraint(
            model_name='permitkbli',
            constraint=models.UniqueConstraint(fields=('permit', 'kbli'), name='legality_permitkbli_one'),
        ),
        migrations.AddConstraint(
            model_name='permitvariant',
            constraint=models.UniqueConstraint(fields=('coverage', 'variant'), name='legality_permitvariant_one'),
        ),
    ]
