"""Fees of money that came, shipping given back, and whose money is not what was asked."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0002_owner_kind'),
        ('ledger', '0004_shipping_and_lowering'),
        ('orders', '0003_rules'),
        ('stock', '0003_declined'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='moneyin',
            name='orders_moneyin_something',
        ),
        migrations.AddField(
            model_name='moneyin',
            name='fee_rp',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='shipping_back_rp',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['payee_key', 'payable_rp'], name='orders_order_payee_amount'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('paid_rp__gt', 0), models.Q(('state__in', ['placed', 'claimed', 'expired', 'cancelled']), ('paid_rp__gt', django.db.models.expressions.CombinedExpression(models.F('payable_rp'), '-', models.F('shipping_back_rp'))), _connector='OR')), fields=['facility'], name='orders_order_money_odd'),
        ),
        migrations.AddConstraint(
            model_name='moneyin',
            constraint=models.CheckConstraint(condition=models.Q(('amount_rp__gt', 0), ('fee_rp__gte', 0), models.Q(('reference', ''), _negated=True)), name='orders_moneyin_something'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('shipping_back_rp__gte', 0), ('shipping_back_rp__lte', models.F('shipping_rp'))), name='orders_order_shipping_back'),
        ),
    ]
