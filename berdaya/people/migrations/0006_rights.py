"""Rights as cases, the breach register, and how long what is kept."""

import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models

# Since the law's two years of transition were over.
SINCE = datetime.date(2024, 10, 17)
# Answers and steps are of their case's person and facility; the answer knows who recorded it.
SAME = """
ALTER TABLE people_rightscase ADD CONSTRAINT people_rights_whose
  UNIQUE (id, facility_id, participant_id);
ALTER TABLE people_rightsanswer ADD CONSTRAINT people_rightsanswer_whose
  FOREIGN KEY (case_id, facility_id, participant_id)
  REFERENCES people_rightscase (id, facility_id, participant_id);
ALTER TABLE people_rightsanswer ADD CONSTRAINT people_rightsanswer_recorder
  FOREIGN KEY (case_id, recorded_by_id, kind) REFERENCES people_rightscase (id, recorded_by_id, kind);
ALTER TABLE people_rightsstep ADD CONSTRAINT people_rightsstep_whose
  FOREIGN KEY (case_id, facility_id, participant_id)
  REFERENCES people_rightscase (id, facility_id, participant_id);
ALTER TABLE people_restriction ADD CONSTRAINT people_restriction_whose
  FOREIGN KEY (case_id, facility_id, participant_id)
  REFERENCES people_rightscase (id, facility_id, participant_id);
ALTER TABLE people_breach ADD CONSTRAINT people_breach_where UNIQUE (id, facility_id);
ALTER TABLE people_breachperson ADD CONSTRAINT people_breachperson_where
  FOREIGN KEY (breach_id, facility_id) REFERENCES people_breach (id, facility_id);
ALTER TABLE people_breachnotice ADD CONSTRAINT people_breachnotice_where
  FOREIGN KEY (breach_id, facility_id) REFERENCES people_breach (id, facility_id);
ALTER TABLE people_breachclosing ADD CONSTRAINT people_breachclosing_where
  FOREIGN KEY (breach_id, facility_id) REFERENCES people_breach (id, facility_id);
ALTER TABLE people_retentionproposal ADD CONSTRAINT people_retentionproposal_where
  UNIQUE (id, facility_id);
ALTER TABLE people_retentiondecision ADD CONSTRAINT people_retentiondecision_where
  FOREIGN KEY (proposal_id, facility_id) REFERENCES people_retentionproposal (id, facility_id);
"""
# Of people who are, or once were, placed at the row's facility.
PLACED = "".join(
    f"CREATE TRIGGER check_place BEFORE INSERT ON people_{table}"
    " FOR EACH ROW EXECUTE FUNCTION people_check_identity_place();"
    for table in ("rightscase", "breachperson", "retentionproposal")
)
# To be confirmed by the directorate general; until then the page says so.
RULES = (
    ("identity", 24, "UU 27/2022 Pasal 16 ayat (2) huruf g dan Pasal 43"),
    ("consent_proof", 60, "UU 27/2022 Pasal 24"),
    ("fitness", 60, "UU 27/2022 Pasal 16 ayat (2) huruf g"),
    ("access_log", 60, "UU 27/2022 Pasal 31"),
    ("audit", 120, "UU 43/2009 tentang Kearsipan; UU 8/1997 Pasal 11"),
    ("ledger", 120, "UU 8/1997 Pasal 11"),
    ("slips", 120, "UU 8/1997 Pasal 11"),
    ("buyer", 24, "UU 27/2022 Pasal 16 ayat (2) huruf g"),
    ("photos", None, "UU 27/2022 Pasal 9; sampai persetujuan dicabut"),
    ("import_staging", 1, "UU 27/2022 Pasal 16 ayat (2) huruf g"),
    ("follow_up", 24, "UU 27/2022 Pasal 16 ayat (2) huruf g"),
    ("safety", 60, "UU 1/1970; UU 27/2022 Pasal 16 ayat (2) huruf g"),
)


def add_rules(apps, schema_editor):
    rule = apps.get_model("people", "RetentionRule")
    rows = schema_editor.connection.alias
    rule.objects.using(rows).bulk_create(
        rule(purpose=purpose, valid_from=SINCE, months=months, legal_basis=basis)
        for purpose, months, basis in RULES
    )


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0005_party_contact'),
        ('people', '0005_caseload'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='nomor')),
                ('event', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('is_national', models.BooleanField(default=False, verbose_name='menyangkut beberapa UPT')),
                ('noticed_at', models.DateTimeField(verbose_name='diketahui')),
                ('due_at', models.DateTimeField(verbose_name='diberitahukan paling lambat')),
                ('happened', models.TextField(verbose_name='apa yang terjadi, kapan dan bagaimana')),
                ('data_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None, verbose_name='jenis data')),
                ('people_count', models.PositiveIntegerField(verbose_name='jumlah orang')),
                ('measures', models.TextField(verbose_name='penanganan dan pemulihan')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'breaches',
            },
        ),
        migrations.CreateModel(
            name='BreachClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('learned', models.TextField(verbose_name='apa yang diubah agar tidak terulang')),
                ('closed_at', models.DateTimeField()),
                ('breach', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='people.breach')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
            ],
        ),
        migrations.CreateModel(
            name='BreachNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.CharField(choices=[('persons', 'Orang yang datanya terkena'), ('authority', 'Lembaga Pelindungan Data Pribadi'), ('public', 'Masyarakat')], max_length=10, verbose_name='kepada')),
                ('told_at', models.DateTimeField(verbose_name='pada')),
                ('how', models.CharField(choices=[('letter', 'Surat yang diserahkan langsung'), ('read_aloud', 'Surat yang dibacakan langsung'), ('post', 'Surat melalui pos atau kurir'), ('electronic', 'Surat elektronik atau laman resmi')], max_length=12, verbose_name='cara')),
                ('document_no', models.CharField(max_length=80, verbose_name='nomor surat')),
                ('recorded_at', models.DateTimeField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.breach')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BreachPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.breach')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RetentionProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='habis masa simpan')),
                ('proposed_at', models.DateTimeField()),
                ('automatic_on', models.DateField(verbose_name='dihapus otomatis pada')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('erased', 'Dihapus'), ('kept', 'Ditahan sampai tanggal lain'), ('lapsed', 'Tidak berlaku lagi')], max_length=8)),
                ('ground', models.CharField(blank=True, choices=[('legal_claim', 'Ada perkara hukum'), ('audit', 'Sedang diperiksa auditor'), ('money', 'Ada hak yang masih dibicarakan'), ('asked', 'Permintaan orang itu sendiri')], max_length=12, verbose_name='alasan')),
                ('keep_until', models.DateField(null=True, verbose_name='ditahan sampai')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='people.retentionproposal')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('purpose', models.CharField(max_length=24, verbose_name='tujuan')),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='bulan')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='dasar hukum')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='sudah dipastikan')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='people_retentionrule_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('purpose', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='people_retentionrule_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'), models.CheckConstraint(condition=models.Q(('months__isnull', True), ('months__gt', 0), _connector='OR'), name='people_retentionrule_months'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='people_retentionrule_basis')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('finished_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=24)),
                ('due', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField()),
                ('held', models.PositiveIntegerField()),
                ('left', models.PositiveIntegerField()),
                ('reasons', models.JSONField(default=dict)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='people.retentionrun')),
            ],
        ),
        migrations.CreateModel(
            name='RightsCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='nomor')),
                ('kind', models.CharField(choices=[('copy', 'Salinan data (Pasal 7 dan 32)'), ('correction', 'Perbaikan data (Pasal 6 dan 30)'), ('restriction', 'Pembatasan pemakaian (Pasal 11 dan 41)'), ('withdrawal', 'Penarikan persetujuan (Pasal 9 dan 40)'), ('erasure', 'Penghapusan data diri (Pasal 8)'), ('objection', 'Keberatan (Pasal 10)')], max_length=12, verbose_name='hak')),
                ('received_at', models.DateTimeField(verbose_name='diterima')),
                ('due_at', models.DateTimeField(verbose_name='dijawab paling lambat')),
                ('how', models.CharField(choices=[('desk', 'Lisan di meja petugas'), ('paper', 'Formulir kertas'), ('counsellor', 'Melalui pembimbing kemasyarakatan'), ('family', 'Keluarga dengan surat kuasa')], max_length=12, verbose_name='cara')),
                ('subject', models.CharField(max_length=120, verbose_name='pokok')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights_cases', to='people.participant')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RightsAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('outcome', models.CharField(choices=[('granted', 'Dikabulkan'), ('part', 'Dikabulkan sebagian'), ('refused', 'Ditolak')], max_length=8, verbose_name='jawaban')),
                ('ground', models.CharField(blank=True, choices=[('legal_duty', 'Kewajiban hukum menyimpannya (Pasal 16 dan 50)'), ('law_enforcement', 'Penegakan hukum (Pasal 15 ayat 1 huruf b)'), ('state_task', 'Penyelenggaraan negara (Pasal 15 ayat 1 huruf c)'), ('safety', 'Membahayakan keamanan atau kesehatan orang (Pasal 33 huruf a)'), ('others', 'Membuka data orang lain (Pasal 33 huruf b)'), ('not_theirs', 'Data itu bukan milik pemohon, atau kuasanya tidak sah')], max_length=16, verbose_name='dasar penolakan')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('handed_over', models.CharField(choices=[('private', 'Diserahkan langsung, tanpa orang lain'), ('read_aloud', 'Dibacakan langsung, tanpa orang lain'), ('counsellor', 'Melalui pembimbing kemasyarakatan, dalam amplop tertutup'), ('proxy', 'Kepada pemegang kuasa, dalam amplop tertutup')], max_length=12, verbose_name='diserahkan')),
                ('answered_at', models.DateTimeField(verbose_name='dijawab')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='people.rightscase')),
            ],
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('ground', models.CharField(choices=[('disputed', 'Kebenaran data dipersoalkan'), ('unlawful', 'Pemakaiannya dipersoalkan, datanya tidak boleh dihapus'), ('legal_claim', 'Diperlukan pemilik data untuk perkara hukum'), ('asked', 'Permintaan pemilik data')], max_length=12, verbose_name='alasan')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='people.participant')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='people.rightscase')),
            ],
        ),
        migrations.CreateModel(
            name='RightsStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receipt', 'Tanda terima dicetak'), ('opened', 'Data diri dibuka untuk salinan'), ('copy', 'Salinan data dicetak'), ('restricted', 'Pembatasan mulai berlaku'), ('erased', 'Data diri dihapus')], max_length=12)),
                ('fields', models.CharField(blank=True, max_length=120)),
                ('done_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='people.rightscase')),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
            ],
        ),
        migrations.AddIndex(
            model_name='breach',
            index=models.Index(fields=['facility', '-noticed_at'], name='people_breach_list'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.UniqueConstraint(fields=('event', 'facility'), name='people_breach_one'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('due_at', django.db.models.expressions.CombinedExpression(models.F('noticed_at'), '+', models.Value(datetime.timedelta(days=3))))), name='people_breach_clock'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('data_kinds__len__gt', 0), ('noticed_at__lte', models.F('recorded_at')), ('data_kinds__contained_by', ['identity', 'numbers', 'status', 'health', 'money', 'family', 'work', 'buyer', 'staff']), models.Q(('happened', ''), _negated=True), models.Q(('measures', ''), _negated=True)), name='people_breach_told'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('happened__regex', '\\d{5}'), _negated=True), models.Q(('measures__regex', '\\d{5}'), _negated=True)), name='people_breach_words'),
        ),
        migrations.AddConstraint(
            model_name='breachclosing',
            constraint=models.CheckConstraint(condition=models.Q(('learned', ''), _negated=True), name='people_breachclosing_words'),
        ),
        migrations.AddConstraint(
            model_name='breachnotice',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['letter', 'read_aloud', 'post', 'electronic']), ('told__in', ['persons', 'authority', 'public']), ('told_at__lte', models.F('recorded_at')), models.Q(('document_no', ''), _negated=True)), name='people_breachnotice_known'),
        ),
        migrations.AddConstraint(
            model_name='breachperson',
            constraint=models.UniqueConstraint(fields=('breach', 'participant'), name='people_breachperson_one'),
        ),
        migrations.AddIndex(
            model_name='retentionproposal',
            index=models.Index(fields=['facility', 'due_on'], name='people_proposal_list'),
        ),
        migrations.AddConstraint(
            model_name='retentionproposal',
            constraint=models.UniqueConstraint(fields=('participant', 'due_on'), name='people_retentionproposal_one'),
        ),
        migrations.AddConstraint(
            model_name='retentionproposal',
            constraint=models.CheckConstraint(condition=models.Q(('automatic_on__gt', models.F('due_on'))), name='people_retentionproposal_notice'),
        ),
        migrations.AddConstraint(
            model_name='retentiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('ground__in', ['legal_claim', 'audit', 'money', 'asked']), ('keep_until__isnull', False), ('kind', 'kept')), models.Q(('ground', ''), ('keep_until__isnull', True), ('kind__in', ['erased', 'lapsed'])), _connector='OR'), name='people_retentiondecision_sound'),
        ),
        migrations.AddConstraint(
            model_name='retentionrun',
            constraint=models.UniqueConstraint(fields=('facility', 'day'), name='people_retentionrun_one'),
        ),
        migrations.AddConstraint(
            model_name='retentioncount',
            constraint=models.UniqueConstraint(fields=('run', 'purpose'), name='people_retentioncount_one'),
        ),
        migrations.AddIndex(
            model_name='rightscase',
            index=models.Index(fields=['facility', 'due_at'], name='people_rights_due'),
        ),
        migrations.AddIndex(
            model_name='rightscase',
            index=models.Index(fields=['participant'], name='people_rights_person'),
        ),
        migrations.AddConstraint(
            model_name='rightscase',
            constraint=models.UniqueConstraint(fields=('id', 'recorded_by', 'kind'), name='people_rights_recorder'),
        ),
        migrations.AddConstraint(
            model_name='rightscase',
            constraint=models.CheckConstraint(condition=models.Q(('due_at', django.db.models.expressions.CombinedExpression(models.F('received_at'), '+', models.Value(datetime.timedelta(days=3))))), name='people_rights_clock'),
        ),
        migrations.AddConstraint(
            model_name='rightscase',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__lte', models.F('recorded_at'))), name='people_rights_order'),
        ),
        migrations.AddConstraint(
            model_name='rightscase',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['desk', 'paper', 'counsellor', 'family']), ('kind__in', ['copy', 'correction', 'restriction', 'withdrawal', 'erasure', 'objection']), models.Q(('subject', ''), _negated=True), models.Q(('subject__regex', '\\d{5}'), _negated=True)), name='people_rights_known'),
        ),
        migrations.AddConstraint(
            model_name='rightsanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', ''), ('outcome', 'granted')), models.Q(('ground__in', ['legal_duty', 'law_enforcement', 'state_task', 'safety', 'others', 'not_theirs']), ('outcome__in', ['part', 'refused'])), _connector='OR'), name='people_rightsanswer_ground'),
        ),
        migrations.AddConstraint(
            model_name='rightsanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by', models.F('recorded_by')), _negated=True), models.Q(('outcome', 'granted'), models.Q(('kind', 'erasure'), _negated=True)), _connector='OR'), name='people_rightsanswer_two_people'),
        ),
        migrations.AddConstraint(
            model_name='rightsanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words__regex', '\\d{5}'), _negated=True), ('handed_over__in', ['private', 'read_aloud', 'counsellor', 'proxy'])), name='people_rightsanswer_words'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='people_restriction_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('participant', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='people_restriction_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['disputed', 'unlawful', 'legal_claim', 'asked'])), name='people_restriction_ground'),
        ),
        migrations.AddIndex(
            model_name='rightsstep',
            index=models.Index(fields=['participant'], name='people_rightsstep_person'),
        ),
        migrations.AddConstraint(
            model_name='rightsstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['receipt', 'opened', 'copy', 'restricted', 'erased'])), name='people_rightsstep_known'),
        ),
        migrations.RunSQL(SAME, migrations.RunSQL.noop),
        migrations.RunSQL(PLACED, migrations.RunSQL.noop),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
