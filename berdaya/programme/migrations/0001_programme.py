"""Agreements, commitments, risks, meetings and joint reports."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from berdaya.programme.migrations import _rules


def load(apps, schema_editor):
    ProgressRule = apps.get_model("programme", "ProgressRule")
    ProgressRule.objects.using(schema_editor.connection.alias).create(
        late_below_bp=8000,
        high_risk_from=6,
        escalate_after_days=30,
        valid_from="2025-01-01",
        legal_basis="Ambang usulan, belum ditetapkan kedua kementerian; perlu konfirmasi",
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('institutions', '0009_security_role'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='kode')),
                ('kind', models.CharField(choices=[('mou', 'Nota Kesepahaman (MoU)'), ('pks', 'Perjanjian Kerja Sama (PKS)')], max_length=3, verbose_name='jenis')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='judul dalam bahasa Inggris')),
                ('is_demo', models.BooleanField(default=False)),
                ('corrections_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='programme.agreement')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
                ('umkm_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='AgreementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('number', models.PositiveSmallIntegerField()),
                ('number_text', models.CharField(blank=True, max_length=80, verbose_name='nomor naskah')),
                ('signed_on', models.DateField(verbose_name='ditandatangani')),
                ('place', models.CharField(max_length=80, verbose_name='tempat')),
                ('source', models.CharField(max_length=200, verbose_name='sumber')),
                ('scan', models.CharField(blank=True, max_length=160)),
                ('scan_sha256', models.CharField(blank=True, max_length=64)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programme.agreement')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=1000)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='programme.agreementversion')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause_number', models.PositiveSmallIntegerField(verbose_name='klausul')),
                ('code', models.SlugField(max_length=20, verbose_name='kode')),
                ('deliverable', models.CharField(max_length=300, verbose_name='yang dijanjikan')),
                ('deliverable_en', models.CharField(blank=True, max_length=300)),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('due_on', models.DateField(verbose_name='paling lambat')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='programme.agreement')),
                ('corrections_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('umkm_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
            ],
            options={
                'ordering': ['clause_number', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='hari')),
                ('place', models.CharField(max_length=120, verbose_name='tempat')),
                ('summary', models.CharField(max_length=1000, verbose_name='notulen singkat')),
                ('recorded_at', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='programme.agreement')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=500)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programme.meeting')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='MeetingAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='tindak lanjut')),
                ('due_on', models.DateField(verbose_name='paling lambat')),
                ('done_on', models.DateField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='programme.meeting')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office', verbose_name='penanggung jawab')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingOffice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.meeting')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
            ],
        ),
        migrations.AddField(
            model_name='meeting',
            name='offices',
            field=models.ManyToManyField(related_name='+', through='programme.MeetingOffice', to='institutions.office'),
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='keluaran')),
                ('due_on', models.DateField(verbose_name='paling lambat')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='programme.commitment')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('corrections', 'Pemasyarakatan'), ('umkm', 'UMKM')], max_length=11)),
                ('accepted_on', models.DateField()),
                ('document', models.CharField(blank=True, max_length=160)),
                ('document_sha256', models.CharField(blank=True, max_length=64)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                ('accepted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='programme.milestone')),
            ],
        ),
        migrations.CreateModel(
            name='ProgressRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('late_below_bp', models.PositiveSmallIntegerField()),
                ('high_risk_from', models.PositiveSmallIntegerField()),
                ('escalate_after_days', models.PositiveSmallIntegerField()),
                ('legal_basis', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='programme_progressrule_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'), models.CheckConstraint(condition=models.Q(('late_below_bp__gte', 1), ('late_below_bp__lte', 10000), ('high_risk_from__gte', 1), ('high_risk_from__lte', 9)), name='programme_rule_known')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('version', 'Naskah kesepakatan'), ('commitment', 'Komitmen'), ('measure', 'Target komitmen'), ('milestone', 'Keluaran')], max_length=10)),
                ('subject', models.CharField(blank=True, max_length=20)),
                ('facts', models.JSONField()),
                ('side', models.CharField(choices=[('corrections', 'Pemasyarakatan'), ('umkm', 'UMKM')], max_length=11)),
                ('proposed_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'Disepakati'), ('refused', 'Tidak disepakati'), ('withdrawn', 'Ditarik pengusulnya')], max_length=9)),
                ('answer_side', models.CharField(blank=True, choices=[('corrections', 'Pemasyarakatan'), ('umkm', 'UMKM')], max_length=11)),
                ('answered_on', models.DateField(null=True)),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programme.agreement')),
                ('answer_office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='milestone',
            name='proposal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='milestone', to='programme.proposal'),
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=40, verbose_name='indikator')),
                ('direction', models.CharField(choices=[('at_least', 'paling sedikit'), ('at_most', 'paling banyak')], max_length=8, verbose_name='dibandingkan')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('target', models.DecimalField(decimal_places=1, max_digits=18, verbose_name='target')),
                ('basis', models.CharField(max_length=200, verbose_name='dasar')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='programme.commitment')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='wilayah')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='measure', to='programme.proposal')),
            ],
            options={
                'ordering': ['-year', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='proposal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='commitment', to='programme.proposal'),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='proposal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='version', to='programme.proposal'),
        ),
        migrations.CreateModel(
            name='QuarterReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField(verbose_name='triwulan')),
                ('state', models.CharField(choices=[('draft', 'Menunggu kedua pihak'), ('half', 'Disetujui satu pihak'), ('agreed', 'Disetujui kedua pihak'), ('returned', 'Dikembalikan')], default='draft', max_length=8)),
                ('drawn_on', models.DateField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programme.agreement')),
            ],
            options={
                'ordering': ['-quarter'],
            },
        ),
        migrations.CreateModel(
            name='QuarterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('snapshot', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('drawn_on', models.DateField()),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programme.quarterreport')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='QuarterAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('corrections', 'Pemasyarakatan'), ('umkm', 'UMKM')], max_length=11)),
                ('outcome', models.CharField(choices=[('agreed', 'Disetujui'), ('returned', 'Dikembalikan')], max_length=8)),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
                ('answered_on', models.DateField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='programme.quarterversion')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='risiko')),
                ('likelihood', models.PositiveSmallIntegerField(choices=[(1, 'rendah'), (2, 'sedang'), (3, 'tinggi')], verbose_name='kemungkinan')),
                ('impact', models.PositiveSmallIntegerField(choices=[(1, 'rendah'), (2, 'sedang'), (3, 'tinggi')], verbose_name='dampak')),
                ('response', models.CharField(max_length=300, verbose_name='tindakan')),
                ('state', models.CharField(choices=[('open', 'Terbuka'), ('closed', 'Teratasi')], default='open', max_length=6, verbose_name='keadaan')),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='programme.agreement')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='programme.commitment', verbose_name='komitmen')),
                ('owner_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office', verbose_name='penanggung jawab')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['state', '-likelihood', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('late_since', models.DateField()),
                ('told_on', models.DateField()),
                ('seen_on', models.DateField(null=True)),
                ('over_on', models.DateField(null=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='programme.commitment')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['late_since', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'mou'), ('parent__isnull', True)), ('kind', 'pks'), _connector='OR'), name='programme_agreement_mou_stands_first'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrections_office', models.F('umkm_office')), _negated=True), models.Q(('title', ''), _negated=True)), name='programme_agreement_two_offices'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='programme_clause_number'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='programme_clause_said'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='programme_decision_number'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='programme_decision_said'),
        ),
        migrations.AddConstraint(
            model_name='meetingaction',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='programme_action_said'),
        ),
        migrations.AddConstraint(
            model_name='meetingaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='programme_action_done'),
        ),
        migrations.AddConstraint(
            model_name='meetingoffice',
            constraint=models.UniqueConstraint(fields=('meeting', 'office'), name='programme_meetingoffice_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('summary', ''), _negated=True), name='programme_meeting_said'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('agreement', 'held_on', 'place'), name='programme_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(fields=('milestone', 'side'), name='programme_acceptance_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(fields=('milestone', 'accepted_by'), name='programme_acceptance_two_people'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(('document_sha256__regex', '^([0-9a-f]{64})?$')), name='programme_acceptance_digest'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_side', ''), ('answered_by__isnull', True), ('outcome', '')), models.Q(('answer_office__isnull', False), ('answered_by__isnull', False), ('answered_on__isnull', False), ('outcome__in', ['agreed', 'refused', 'withdrawn'])), _connector='OR'), name='programme_proposal_answered_whole'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('outcome', 'withdrawn'), ('answer_side', models.F('side'))), models.Q(models.Q(('outcome', 'withdrawn'), _negated=True), models.Q(('answer_side', models.F('side')), _negated=True)), _connector='OR'), name='programme_proposal_two_sides'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), ('outcome', 'withdrawn'), models.Q(('answered_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='programme_proposal_two_people'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='programme_proposal_said'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(fields=('commitment', 'title'), name='programme_milestone_once'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='programme_milestone_said'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('commitment', 'indicator', 'year', 'region'), name='programme_measure_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['at_least', 'at_most']), ('target__gte', 0), models.Q(('basis', ''), _negated=True)), name='programme_measure_said'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('agreement', 'code'), name='programme_commitment_code'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on')), models.Q(('deliverable', ''), _negated=True)), name='programme_commitment_period'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='programme_agreementversion_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agreement', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='programme_version_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='programme_version_number'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', False), models.Q(('source', ''), _negated=True)), name='programme_version_said'),
        ),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.CheckConstraint(condition=models.Q(('scan_sha256__regex', '^([0-9a-f]{64})?$')), name='programme_version_digest'),
        ),
        migrations.AddConstraint(
            model_name='quarterreport',
            constraint=models.UniqueConstraint(fields=('agreement', 'quarter'), name='programme_report_once'),
        ),
        migrations.AddConstraint(
            model_name='quarterreport',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__day', 1), ('quarter__month__in', (1, 4, 7, 10)), ('state__in', ['draft', 'half', 'agreed', 'returned'])), name='programme_report_known'),
        ),
        migrations.AddConstraint(
            model_name='quarterversion',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='programme_quarterversion_number'),
        ),
        migrations.AddConstraint(
            model_name='quarterversion',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='programme_quarterversion_digest'),
        ),
        migrations.AddConstraint(
            model_name='quarteranswer',
            constraint=models.UniqueConstraint(fields=('version', 'side'), name='programme_answer_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='quarteranswer',
            constraint=models.UniqueConstraint(fields=('version', 'answered_by'), name='programme_answer_two_people'),
        ),
        migrations.AddConstraint(
            model_name='quarteranswer',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'agreed'), models.Q(('outcome', 'returned'), models.Q(('comment', ''), _negated=True)), _connector='OR'), name='programme_answer_said'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('impact__in', [1, 2, 3]), ('likelihood__in', [1, 2, 3]), models.Q(('words', ''), _negated=True), models.Q(('response', ''), _negated=True)), name='programme_risk_said'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('state', 'open')), models.Q(('closed_on__isnull', False), ('state', 'closed')), _connector='OR'), name='programme_risk_closed'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(condition=models.Q(('over_on__isnull', True)), fields=('commitment', 'office'), name='programme_telling_once'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 1), ('told_on__gte', models.F('late_since'))), name='programme_telling_known'),
        ),
        *(migrations.RunSQL(*pair) for pair in _rules.RULES),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
