import berdaya.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('goods', '0001_initial'),
        ('institutions', '0002_owner_kind'),
        ('papers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GatePass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode')),
                ('destination', models.CharField(max_length=120, verbose_name='tujuan')),
                ('day', models.DateField(verbose_name='tanggal keluar')),
                ('carrier', models.CharField(max_length=80, verbose_name='pembawa')),
                ('vehicle', models.CharField(blank=True, max_length=40, verbose_name='kendaraan')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='rujukan')),
                ('requested_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gate_pass', to='papers.document')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode produksi')),
                ('public_code', models.CharField(max_length=16, unique=True)),
                ('made_on', models.DateField(verbose_name='selesai dibuat')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='baik dipakai sebelum')),
                ('made_qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='jumlah jadi')),
                ('material_total_rp', models.BigIntegerField(default=0)),
                ('donated_total_rp', models.BigIntegerField(default=0)),
                ('packing_total_rp', models.BigIntegerField(default=0)),
                ('is_prison_made', models.BooleanField(default=True)),
                ('makes_premi', models.BooleanField(default=True)),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='goods.variant')),
            ],
            options={
                'ordering': ['-made_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='GatePassLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='jumlah')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('gate_pass', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='stock.gatepass')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('store', 'gudang'), ('workshop', 'bengkel'), ('gallery', 'galeri'), ('stall', 'stan'), ('consignee', 'tempat titip jual'), ('transit', 'dalam perjalanan')], max_length=10, verbose_name='jenis')),
                ('name', models.CharField(max_length=80, verbose_name='nama')),
                ('is_active', models.BooleanField(default=True, verbose_name='masih dipakai')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.party', verbose_name='penerima titipan')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='gatepass',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.place', verbose_name='keluar dari'),
        ),
        migrations.AddField(
            model_name='gatepass',
            name='to_place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.place', verbose_name='dipindahkan ke'),
        ),
        migrations.CreateModel(
            name='StockCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='alasan selisih')),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='stock.place')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StockCountLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('book_qty', models.DecimalField(decimal_places=3, max_digits=14)),
                ('counted_qty', models.DecimalField(decimal_places=3, max_digits=14)),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='stock.stockcount')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot')),
            ],
        ),
        migrations.CreateModel(
            name='StockLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_hand', models.DecimalField(decimal_places=3, default=0, max_digits=14, verbose_name='ada')),
                ('reserved', models.DecimalField(decimal_places=3, default=0, max_digits=14, verbose_name='dipesan')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='stock.lot')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='stock.place')),
            ],
        ),
        migrations.CreateModel(
            name='StockMovement',
            fields=[
                ('id', models.UUIDField(default=berdaya.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='tanggal')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='jumlah')),
                ('kind', models.CharField(choices=[('received', 'masuk dari produksi'), ('opening', 'saldo awal'), ('sold', 'terjual'), ('returned', 'kembali dari pembeli'), ('transfer', 'pindah tempat'), ('count', 'selisih opname'), ('loss', 'rusak atau hilang'), ('handed_out', 'contoh atau pemberian')], max_length=12, verbose_name='jenis')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='rujukan')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('pair', models.UUIDField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='stock.lot')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='stock.place')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(fields=['facility', '-made_on'], name='stock_lot_list'),
        ),
        migrations.AddIndex(
            model_name='lot',
            index=models.Index(fields=['variant', 'expires_on', 'made_on'], name='stock_lot_fefo'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(fields=('id', 'facility'), name='stock_lot_of_facility'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('made_qty__gt', 0)), name='stock_lot_made_something'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('material_total_rp__gte', 0), ('donated_total_rp__gte', 0), ('packing_total_rp__gte', 0)), name='stock_lot_costs_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('expires_on__gte', models.F('made_on')), _connector='OR'), name='stock_lot_expires_after_made'),
        ),
        migrations.AddConstraint(
            model_name='gatepassline',
            constraint=models.UniqueConstraint(fields=('gate_pass', 'lot'), name='stock_gatepassline_one'),
        ),
        migrations.AddConstraint(
            model_name='gatepassline',
            constraint=models.CheckConstraint(condition=models.Q(('qty__gt', 0)), name='stock_gatepassline_something'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('facility', 'name'), name='stock_place_name'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('id', 'facility'), name='stock_place_of_facility'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['store', 'workshop', 'gallery', 'stall', 'consignee', 'transit'])), name='stock_place_kind'),
        ),
        migrations.AddIndex(
            model_name='gatepass',
            index=models.Index(fields=['facility', '-day'], name='stock_gatepass_list'),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('requested_by')), _negated=True), _connector='OR'), name='stock_gatepass_two_people'),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('document__isnull', True)), models.Q(('approved_at__isnull', False), ('document__isnull', False)), _connector='OR'), name='stock_gatepass_approved_has_number'),
        ),
        migrations.AddConstraint(
            model_name='gatepass',
            constraint=models.CheckConstraint(condition=models.Q(('to_place__isnull', True), models.Q(('to_place', models.F('place')), _negated=True), _connector='OR'), name='stock_gatepass_goes_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.UniqueConstraint(fields=('place', 'day'), name='stock_count_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='stockcountline',
            constraint=models.UniqueConstraint(fields=('count', 'lot'), name='stock_countline_one'),
        ),
        migrations.AddConstraint(
            model_name='stockcountline',
            constraint=models.CheckConstraint(condition=models.Q(('counted_qty__gte', 0), ('book_qty__gte', 0)), name='stock_countline_not_negative'),
        ),
        migrations.AddIndex(
            model_name='stocklevel',
            index=models.Index(fields=['place'], name='stock_level_place'),
        ),
        migrations.AddConstraint(
            model_name='stocklevel',
            constraint=models.UniqueConstraint(fields=('lot', 'place'), name='stock_level_one'),
        ),
        migrations.AddConstraint(
            model_name='stocklevel',
            constraint=models.CheckConstraint(condition=models.Q(('reserved__gte', 0), ('reserved__lte', models.F('on_hand'))), name='stock_level_never_negative'),
        ),
        migrations.AddIndex(
            model_name='stockmovement',
            index=models.Index(fields=['lot', 'place', 'day'], name='stock_movement_lot'),
        ),
        migrations.AddIndex(
            model_name='stockmovement',
            index=models.Index(fields=['facility', 'day'], name='stock_movement_day'),
        ),
        migrations.AddIndex(
            model_name='stockmovement',
            index=models.Index(fields=['place', 'day'], name='stock_movement_place'),
        ),
        migrations.AddConstraint(
            model_name='stockmovement',
            constraint=models.CheckConstraint(condition=models.Q(('qty', 0), _negated=True), name='stock_movement_moves'),
        ),
        migrations.AddConstraint(
            model_name='stockmovement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'opening', 'sold', 'returned', 'transfer', 'count', 'loss', 'handed_out'])), name='stock_movement_kind'),
        ),
        migrations.AddConstraint(
            model_name='stockmovement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'transfer'), ('pair__isnull', False)), models.Q(models.Q(('kind', 'transfer'), _negated=True), ('pair__isnull', True)), _connector='OR'), name='stock_movement_transfer_has_pair'),
        ),
        migrations.AddConstraint(
            model_name='stockmovement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['sold', 'loss', 'handed_out']), _negated=True), ('qty__lt', 0), _connector='OR'), name='stock_movement_outward'),
        ),
        migrations.AddConstraint(
            model_name='stockmovement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['received', 'opening', 'returned']), _negated=True), ('qty__gt', 0), _connector='OR'), name='stock_movement_inward'),
        ),
    ]
