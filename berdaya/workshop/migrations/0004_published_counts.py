"""About how many people worked in a month, as anybody may read it; never of an LPKA."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0005_party_contact'),
        ('workshop', '0003_minutes_before'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='bulan')),
                ('family', models.CharField(max_length=10, verbose_name='jenis pekerjaan')),
                ('about_people', models.IntegerField(verbose_name='sekitar')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
            ],
            options={
                'indexes': [models.Index(fields=['month'], name='workshop_count_month')],
                'constraints': [models.UniqueConstraint(fields=('facility', 'month', 'family'), name='workshop_count_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='workshop_count_first'), models.CheckConstraint(condition=models.Q(('about_people__gte', 0), ('about_people', django.db.models.expressions.CombinedExpression(models.F('about_people'), '-', django.db.models.functions.math.Mod('about_people', 5)))), name='workshop_count_rounded')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER never_lpka BEFORE INSERT ON workshop_publishedcount"
            " FOR EACH ROW EXECUTE FUNCTION workshop_check_facility()",
            "DROP TRIGGER never_lpka ON workshop_publishedcount",
        ),
    ]
