"""An approved gate pass can be withdrawn: it keeps its number and lets nothing out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0005_party_contact'),
        ('papers', '0004_abilities'),
        ('stock', '0003_declined'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='gatepass',
            name='withdraw_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='alasan'),
        ),
        migrations.AddField(
            model_name='gatepass',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='gatepass',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('approved_at__isnull', False), ('to_place__isnull', True), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='stock_gatepass_withdrawn'),
        ),
    ]
