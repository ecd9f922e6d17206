"""How long the rest is waited for, and how many checkouts of one phone may wait for money."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0005_return_asked_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='paymentterm',
            name='most_unpaid',
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AddField(
            model_name='paymentterm',
            name='rest_days',
            field=models.PositiveSmallIntegerField(default=7),
        ),
    ]
