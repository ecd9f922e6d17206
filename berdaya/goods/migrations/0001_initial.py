import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('institutions', '0002_owner_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='nama dalam bahasa Inggris')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('drawing', models.CharField(max_length=20)),
                ('is_food', models.BooleanField(default=False)),
                ('is_service', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='goods.category')),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=40)),
                ('name_en', models.CharField(max_length=40)),
                ('dimension', models.CharField(max_length=12)),
                ('factor_to_base', models.DecimalField(decimal_places=6, max_digits=14)),
            ],
            options={
                'ordering': ['dimension', 'factor_to_base', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('factor_to_base__gt', 0)), name='goods_measure_factor_positive')],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='nama dalam bahasa Inggris')),
                ('code', models.CharField(max_length=32, unique=True)),
                ('line_of_work', models.CharField(help_text='Misalnya: sabun, tenun, mebel.', max_length=60, verbose_name='bidang kerja')),
                ('is_active', models.BooleanField(default=True, verbose_name='masih dibuat')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='goods.category', verbose_name='kategori')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='institutions.facility')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='nama dalam bahasa Inggris')),
                ('sku', models.CharField(max_length=32, verbose_name='kode barang')),
                ('content_qty', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, verbose_name='isi')),
                ('list_price_rp', models.BigIntegerField(verbose_name='harga daftar (Rp)')),
                ('pay_basis', models.CharField(choices=[('hours', 'per jam'), ('pieces', 'borongan'), ('equal', 'sama rata')], default='hours', max_length=8, verbose_name='dasar bagi premi')),
                ('shelf_life_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='masa simpan (hari)')),
                ('low_stock_qty', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, verbose_name='ingatkan bila stok di bawah')),
                ('is_active', models.BooleanField(default=True, verbose_name='masih dijual')),
                ('content_measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goods.measure', verbose_name='satuan isi')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goods.measure', verbose_name='satuan')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='goods.product')),
            ],
            options={
                'ordering': ['sku'],
            },
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['facility', 'category'], name='goods_product_list'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(fields=('id', 'facility'), name='goods_product_of_facility'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.UniqueConstraint(fields=('facility', 'sku'), name='goods_variant_sku'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.UniqueConstraint(fields=('id', 'facility'), name='goods_variant_of_facility'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.CheckConstraint(condition=models.Q(('list_price_rp__gte', 0)), name='goods_variant_price_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.CheckConstraint(condition=models.Q(('pay_basis__in', ['hours', 'pieces', 'equal'])), name='goods_variant_pay_basis'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_measure__isnull', True), ('content_qty__isnull', True)), models.Q(('content_measure__isnull', False), ('content_qty__gt', 0)), _connector='OR'), name='goods_variant_content_whole', violation_error_message='Isi perlu angka di atas nol dan satuannya.'),
        ),
    ]
