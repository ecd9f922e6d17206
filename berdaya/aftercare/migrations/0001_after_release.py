"""What comes after release: plans, supervision, follow-ups, referrals, tools given."""

import berdaya.core.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

USUAL = "{number:03d}/{code}/{unit}/{roman_month}/{year}"
PAPERS = [
    ("RUSB", "Rencana Usaha Sesudah Bebas", "Plan for a trade after release",
     ["officer", "head"], "plan.view"),
    ("TTA", "Tanda Terima Bantuan Alat", "Receipt for tools given", ["head"], "aftercare.approve"),
]
# Each is about somebody who was at the facility on that day.
PLACED = [
    ("plan", "written_on"), ("supervision", "valid_from"), ("safeexit", "asked_on"),
    ("followup", "happened_on"), ("referral", "made_on"), ("toolsgrant", "proposed_on"),
]


def load(apps, schema_editor):
    alias = schema_editor.connection.alias
    kinds = apps.get_model("papers", "DocumentType").objects.using(alias)
    for code, name, name_en, roles, ability in PAPERS:
        kinds.create(
            code=code, name=name, name_en=name_en, number_pattern=USUAL, paper="a4",
            signer_roles=roles, ability=ability,
        )
    apps.get_model("people", "RetentionRule").objects.using(alias).create(
        purpose="aftercare", valid_from="2024-10-17", months=24,
        legal_basis="UU 27/2022 Pasal 16 ayat (2) huruf g; masa tindak lanjut (perlu konfirmasi)",
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('institutions', '0008_production_house'),
        ('papers', '0005_stall_settlement'),
        ('people', '0013_stand_ins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='tidak berlaku lagi sejak')),
                ('release', models.CharField(choices=[('pb', 'Pembebasan bersyarat (PB)'), ('cb', 'Cuti bersyarat (CB)'), ('cmb', 'Cuti menjelang bebas (CMB)')], max_length=3, verbose_name='bentuk')),
                ('has_report_duty', models.BooleanField(default=True, verbose_name='wajib lapor tiap bulan')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='people.participant')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='kabupaten atau kota')),
            ],
        ),
        migrations.CreateModel(
            name='SafeExit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(verbose_name='diminta pada')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='safe_exit', to='aftercare.supervision')),
            ],
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(choices=[('kur', 'KUR (bank penyalur)'), ('blk', 'BLK'), ('cooperative', 'Koperasi'), ('house', 'Rumah BUMN'), ('office', 'Dinas'), ('pokmas', 'Pokmas Lipas')], max_length=12, verbose_name='ke')),
                ('whom', models.CharField(help_text='Kantor atau cabang, bukan orang.', max_length=80, verbose_name='kantornya')),
                ('state', models.CharField(choices=[('made', 'Dikirim'), ('accepted', 'Diterima'), ('refused', 'Ditolak'), ('done', 'Selesai'), ('stopped', 'Tidak dilanjutkan')], default='made', max_length=8)),
                ('made_on', models.DateField(verbose_name='dikirim pada')),
                ('answered_on', models.DateField(null=True, verbose_name='dijawab pada')),
                ('ended_on', models.DateField(null=True, verbose_name='selesai pada')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='aftercare.supervision')),
            ],
            options={
                'ordering': ['-made_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=berdaya.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened_on', models.DateField(verbose_name='tanggal')),
                ('milestone', models.PositiveSmallIntegerField(null=True)),
                ('manner', models.CharField(choices=[('phone', 'Telepon'), ('visit', 'Kunjungan'), ('post', 'Di Bapas atau Pos Bapas')], max_length=5, verbose_name='cara bertemu')),
                ('trade', models.CharField(choices=[('yes', 'Ya, usahanya berjalan'), ('other', 'Bekerja lain'), ('no', 'Belum atau tidak lagi')], max_length=5, verbose_name='masih berusaha?')),
                ('income_band', models.CharField(choices=[('none', 'Belum ada hasil'), ('low', 'Di bawah Rp1 juta'), ('middle', 'Rp1 sampai 2,5 juta'), ('high', 'Di atas Rp2,5 juta'), ('untold', 'Tidak mau menyebut')], max_length=6, verbose_name='hasil sebulan')),
                ('has_nib', models.BooleanField(default=False, verbose_name='sudah punya NIB')),
                ('obstacles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('capital', 'Modal'), ('tools', 'Alat kerja'), ('material', 'Bahan'), ('buyers', 'Mencari pembeli'), ('permits', 'Izin'), ('place', 'Tempat'), ('health', 'Kesehatan atau keluarga'), ('stigma', 'Penerimaan lingkungan')], max_length=10), blank=True, default=list, size=None)),
                ('help_needed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('kur', 'Kredit usaha'), ('tools', 'Bantuan alat'), ('training', 'Pelatihan'), ('permits', 'Mengurus izin'), ('market', 'Dipertemukan dengan pembeli'), ('mentor', 'Pendamping usaha')], max_length=10), blank=True, default=list, size=None)),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='bertemu lagi')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='people.participant')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='aftercare.supervision')),
            ],
            options={
                'ordering': ['-happened_on', '-recorded_at'],
            },
        ),
        migrations.CreateModel(
            name='ToolsGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True)),
                ('source', models.CharField(help_text='Anggaran, dinas, atau pemberi hibah.', max_length=120, verbose_name='sumber')),
                ('state', models.CharField(choices=[('waiting', 'Menunggu kepala'), ('approved', 'Disetujui, belum diserahkan'), ('received', 'Diterima')], default='waiting', max_length=8)),
                ('proposed_on', models.DateField()),
                ('approved_on', models.DateField(null=True)),
                ('received_on', models.DateField(null=True, verbose_name='diterima pada')),
                ('recorded_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.participant')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='aftercare.supervision')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ToolsGrantLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=80, verbose_name='alat')),
                ('qty', models.PositiveSmallIntegerField(verbose_name='jumlah')),
                ('value_rp', models.BigIntegerField(verbose_name='nilai (Rp)')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='aftercare.toolsgrant')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True)),
                ('trade', models.CharField(max_length=80, verbose_name='usaha')),
                ('tools', models.CharField(max_length=300, verbose_name='alat yang diperlukan')),
                ('capital_rp', models.BigIntegerField(verbose_name='modal awal (Rp)')),
                ('capital_from', models.CharField(choices=[('savings', 'Tabungan premi'), ('family', 'Keluarga'), ('kur', 'Kredit usaha (KUR)'), ('grant', 'Bantuan alat atau hibah'), ('none', 'Belum ada modal')], max_length=8, verbose_name='modal dari')),
                ('permits', models.CharField(blank=True, max_length=200, verbose_name='izin yang diperlukan')),
                ('release_on', models.DateField(verbose_name='perkiraan bebas')),
                ('written_on', models.DateField()),
                ('signed_on', models.DateField(null=True, verbose_name='ditandatangani orangnya pada')),
                ('state', models.CharField(choices=[('draft', 'Belum ditandatangani'), ('waiting', 'Menunggu kepala'), ('approved', 'Disetujui'), ('returned', 'Dikembalikan')], default='draft', max_length=8)),
                ('written_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='people.participant')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region', verbose_name='akan tinggal di')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['facility', 'state'], name='aftercare_plan_list')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'waiting'))), fields=('participant',), name='aftercare_plan_waits'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('written_by__isnull', True), models.Q(('decided_by', models.F('written_by')), _negated=True), _connector='OR'), name='aftercare_plan_two_people'), models.CheckConstraint(condition=models.Q(('capital_from__in', ['savings', 'family', 'kur', 'grant', 'none']), ('capital_rp__gte', 0), models.Q(('trade', ''), _negated=True), models.Q(models.Q(('signed_on__isnull', True), ('state', 'draft'), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('signed_on__isnull', False), ('state', 'waiting'), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('signed_on__isnull', False), ('state', 'approved'), ('decided_at__isnull', False), ('decided_by__isnull', False)), models.Q(('signed_on__isnull', False), ('state', 'returned'), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR')), name='aftercare_plan_state')],
            },
        ),
        migrations.AddIndex(
            model_name='supervision',
            index=models.Index(fields=['facility', 'valid_from'], name='aftercare_supervision_list'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='aftercare_supervision_period', violation_error_code='period_empty', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('participant', '='), (models.Func(models.F('valid_from'), models.F('valid_until'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='aftercare_supervision_one', violation_error_code='period_overlap', violation_error_message='Untuk masa itu sudah ada catatan yang berlaku.'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.CheckConstraint(condition=models.Q(('release__in', ['pb', 'cb', 'cmb']), ('valid_until__isnull', False)), name='aftercare_supervision_known'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['facility', 'state'], name='aftercare_referral_list'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('whom', ''), _negated=True), ('to__in', ['kur', 'blk', 'cooperative', 'house', 'office', 'pokmas']), models.Q(('answered_on__isnull', True), ('answered_on__gte', models.F('made_on')), _connector='OR'), models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('made_on')), _connector='OR'), models.Q(models.Q(('answered_on__isnull', True), ('ended_on__isnull', True), ('state', 'made')), models.Q(('answered_on__isnull', False), ('ended_on__isnull', True), ('state', 'accepted')), models.Q(('answered_on__isnull', False), ('ended_on__isnull', False), ('state', 'done')), models.Q(('ended_on__isnull', False), ('state__in', ('refused', 'stopped')), models.Q(('reason', ''), _negated=True)), _connector='OR')), name='aftercare_referral_state'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['facility', 'happened_on'], name='aftercare_followup_list'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('supervision', 'milestone'), name='aftercare_followup_once'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('happened_on__lte', models.Func(models.F('recorded_at'), output_field=models.DateField(), template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date"))), name='aftercare_followup_past'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('milestone__isnull', True), ('milestone__in', (1, 3, 6, 12, 24)), _connector='OR'), ('help_needed__contained_by', ['kur', 'tools', 'training', 'permits', 'market', 'mentor']), ('income_band__in', ['none', 'low', 'middle', 'high', 'untold']), ('manner__in', ['phone', 'visit', 'post']), ('obstacles__contained_by', ['capital', 'tools', 'material', 'buyers', 'permits', 'place', 'health', 'stigma']), ('trade__in', ['yes', 'other', 'no'])), name='aftercare_followup_known'),
        ),
        migrations.AddIndex(
            model_name='toolsgrant',
            index=models.Index(fields=['facility', 'state'], name='aftercare_grant_list'),
        ),
        migrations.AddConstraint(
            model_name='toolsgrant',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('proposed_by__isnull', True), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='aftercare_grant_two_people'),
        ),
        migrations.AddConstraint(
            model_name='toolsgrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(models.Q(('approved_on__isnull', True), ('received_on__isnull', True), ('state', 'waiting')), models.Q(('approved_on__isnull', False), ('received_on__isnull', True), ('state', 'approved')), models.Q(('received_on__gte', models.F('approved_on')), ('state', 'received')), _connector='OR')), name='aftercare_grant_state'),
        ),
        migrations.AddConstraint(
            model_name='toolsgrantline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), ('qty__gte', 1), ('value_rp__gte', 0)), name='aftercare_tool_known'),
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER placed BEFORE INSERT ON aftercare_{table} FOR EACH ROW"
                f" EXECUTE FUNCTION people_check_placement('participant_id', '{day}')",
                f"DROP TRIGGER placed ON aftercare_{table}",
            )
            for table, day in PLACED
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
