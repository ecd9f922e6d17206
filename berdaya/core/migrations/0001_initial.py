"""The ground floor, and the extensions that every room may use."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        CreateExtension("ltree"),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('row_count', models.BigIntegerField()),
                ('chunks', models.JSONField()),
                ('previous_hash', models.BinaryField()),
                ('hash', models.BinaryField()),
                ('sealed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SystemScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('purpose', models.TextField()),
                ('facility_count', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('actor', models.TextField()),
                ('reason', models.TextField()),
                ('request', models.TextField()),
                ('table', models.TextField(db_column='table_name')),
                ('row_pk', models.TextField()),
                ('facility_id', models.BigIntegerField(null=True)),
                ('operation', models.CharField(max_length=1)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('digest', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['day', 'id'], name='core_audit_day'), models.Index(fields=['table', 'row_pk', 'id'], name='core_audit_row'), models.Index(fields=['facility_id', 'id'], name='core_audit_facility')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.TextField()),
                ('year', models.SmallIntegerField()),
                ('last', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='core_numberseries_one'), models.CheckConstraint(condition=models.Q(('last__gt', 0)), name='core_numberseries_positive')],
            },
        ),
    ]
