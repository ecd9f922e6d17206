"""Days of a month in one figure; indexes that add up many units' months."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('insight', '0001_figures'),
        ('institutions', '0009_security_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='figure',
            name='days',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), null=True, size=None),
        ),
        migrations.AddIndex(
            model_name='figure',
            index=models.Index(condition=models.Q(('days__isnull', False)), fields=['month', 'facility'], name='insight_figure_by_day'),
        ),
        migrations.AddIndex(
            model_name='toldfigure',
            index=models.Index(fields=['indicator', 'part', 'month', 'facility'], include=('numerator', 'denominator'), name='insight_told_board'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(('days__isnull', True), models.Q(('days__len__gte', 28), ('days__len__lte', 31)), _connector='OR'), name='insight_figure_days'),
        ),
    ]
