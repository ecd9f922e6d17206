import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0002_owner_kind'),
        ('papers', '0003_ability'),
        ('stock', '0002_never'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='gatepass',
            name='decline_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='alasan'),
        ),
        migrations.AddField(
            model_name='gatepass',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='gatepass',
            name='declined_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='stock_gatepass_one_decision'),
        ),
    ]
