"""One person registers an account or QRIS, another decides; what was registered before waits."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import berdaya.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0002_owner_kind'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='bankaccount',
            name='institutions_bankaccount_one',
        ),
        migrations.RemoveConstraint(
            model_name='qrisaccount',
            name='institutions_qrisaccount_one',
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='decided_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='decline_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='registered_at',
            field=models.DateTimeField(default=berdaya.core.clock.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='registered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='qrisaccount',
            name='decided_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='qrisaccount',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='qrisaccount',
            name='decline_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='qrisaccount',
            name='registered_at',
            field=models.DateTimeField(default=berdaya.core.clock.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='qrisaccount',
            name='registered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decline_reason', '')), ('decided_at__isnull', False), _connector='OR'), name='institutions_bankaccount_decided'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('registered_by')), _negated=True), name='institutions_bankaccount_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('decline_reason', '')), expressions=[('bank', '='), ('number', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='institutions_bankaccount_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='qrisaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decline_reason', '')), ('decided_at__isnull', False), _connector='OR'), name='institutions_qrisaccount_decided'),
        ),
        migrations.AddConstraint(
            model_name='qrisaccount',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('registered_by')), _negated=True), name='institutions_qrisaccount_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='qrisaccount',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('decline_reason', '')), expressions=[('nmid', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='institutions_qrisaccount_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
    ]
