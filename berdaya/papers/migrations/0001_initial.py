import berdaya.papers.models.documents
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('institutions', '0002_owner_kind'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('number_pattern', models.CharField(max_length=120)),
                ('paper', models.CharField(choices=[('a4', 'A4'), ('f4', 'F4'), ('a5', 'A5'), ('a6', 'A6')], default='a4', max_length=4)),
                ('signer_roles', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('number_text', models.CharField(max_length=160, verbose_name='nomor')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('subject_ref', models.CharField(max_length=80)),
                ('signers', models.JSONField(default=list)),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('printed_count', models.PositiveIntegerField(default=0)),
                ('scan', models.FileField(blank=True, upload_to=berdaya.papers.models.documents.scan_path, verbose_name='pindaian bertanda tangan')),
                ('scan_sha256', models.CharField(blank=True, max_length=64)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scanned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='papers.documenttype')),
            ],
            options={
                'indexes': [models.Index(fields=['facility', '-day'], name='papers_document_list')],
                'constraints': [models.UniqueConstraint(fields=('type', 'facility', 'year', 'number'), name='papers_document_number'), models.UniqueConstraint(fields=('type', 'facility', 'subject_ref'), name='papers_document_one_per_subject'), models.CheckConstraint(condition=models.Q(('number__gt', 0), models.Q(('subject_ref', ''), _negated=True)), name='papers_document_is_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('scan', ''), ('scan_sha256', '')), models.Q(models.Q(('scan', ''), _negated=True), models.Q(('scan_sha256', ''), _negated=True)), _connector='OR'), name='papers_document_scan_has_hash')],
            },
        ),
        migrations.CreateModel(
            name='UnitNumbering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number_pattern', models.CharField(max_length=120, verbose_name='pola nomor')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numberings', to='papers.documenttype')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('facility', 'type'), name='papers_unitnumbering_one')],
            },
        ),
    ]
