"""Events, stalls, hand-outs and settlements, and what the database itself says of them."""

import berdaya.core.ids
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

# Nothing of an LPKA, nothing of another unit under one's own name; what is closed stays so.
FORWARD = """
CREATE TRIGGER till_stall_never_lpka BEFORE INSERT ON till_stall
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka();
CREATE TRIGGER till_invitation_never_lpka BEFORE INSERT ON till_invitation
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka();
CREATE TRIGGER till_handout_never_lpka BEFORE INSERT ON till_handout
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka();

CREATE FUNCTION till_refuse_closed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'till_line_closed' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'till_line_closed', TABLE = TG_TABLE_NAME,
    HINT = 'The settlement of this line is prepared; decline it first.';
END $$;
CREATE TRIGGER till_line_closed BEFORE UPDATE ON till_handoutline FOR EACH ROW
  WHEN (OLD.is_closed AND (OLD.sold_qty, OLD.returned_qty, OLD.lost_qty, OLD.qty)
        IS DISTINCT FROM (NEW.sold_qty, NEW.returned_qty, NEW.lost_qty, NEW.qty))
  EXECUTE FUNCTION till_refuse_closed();

ALTER TABLE till_stall ADD CONSTRAINT till_stall_book_of_host
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_productproposal ADD CONSTRAINT till_proposal_variant_facility
  FOREIGN KEY (variant_id, facility_id) REFERENCES goods_variant (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handout ADD CONSTRAINT till_handout_stall_host
  FOREIGN KEY (stall_id, host_id) REFERENCES till_stall (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handout ADD CONSTRAINT till_handout_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handout ADD CONSTRAINT till_handout_from_facility
  FOREIGN KEY (from_place_id, facility_id) REFERENCES stock_place (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handout ADD CONSTRAINT till_handout_place_facility
  FOREIGN KEY (place_id, facility_id) REFERENCES stock_place (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handoutline ADD CONSTRAINT till_handoutline_handout
  FOREIGN KEY (hand_out_id, facility_id, host_id) REFERENCES till_handout (id, facility_id, host_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handoutline ADD CONSTRAINT till_handoutline_lot_facility
  FOREIGN KEY (lot_id, facility_id) REFERENCES stock_lot (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_handback ADD CONSTRAINT till_handback_handout
  FOREIGN KEY (hand_out_id, facility_id, host_id) REFERENCES till_handout (id, facility_id, host_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_settlement ADD CONSTRAINT till_settlement_stall_host
  FOREIGN KEY (stall_id, host_id) REFERENCES till_stall (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE till_settlement ADD CONSTRAINT till_settlement_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE till_settlement DROP CONSTRAINT till_settlement_book_facility;
ALTER TABLE till_settlement DROP CONSTRAINT till_settlement_stall_host;
ALTER TABLE till_handback DROP CONSTRAINT till_handback_handout;
ALTER TABLE till_handoutline DROP CONSTRAINT till_handoutline_lot_facility;
ALTER TABLE till_handoutline DROP CONSTRAINT till_handoutline_handout;
ALTER TABLE till_handout DROP CONSTRAINT till_handout_place_facility;
ALTER TABLE till_handout DROP CONSTRAINT till_handout_from_facility;
ALTER TABLE till_handout DROP CONSTRAINT till_handout_book_facility;
ALTER TABLE till_handout DROP CONSTRAINT till_handout_stall_host;
ALTER TABLE till_productproposal DROP CONSTRAINT till_proposal_variant_facility;
ALTER TABLE till_stall DROP CONSTRAINT till_stall_book_of_host;
DROP TRIGGER till_line_closed ON till_handoutline;
DROP FUNCTION till_refuse_closed();
DROP TRIGGER till_handout_never_lpka ON till_handout;
DROP TRIGGER till_invitation_never_lpka ON till_invitation;
DROP TRIGGER till_stall_never_lpka ON till_stall;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('goods', '0003_metal'),
        ('institutions', '0007_second_factor'),
        ('ledger', '0007_stalls'),
        ('papers', '0004_abilities'),
        ('proceeds', '0008_samples'),
        ('stock', '0004_withdrawn'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=80, verbose_name='nama')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='nama dalam bahasa Inggris')),
                ('venue', models.CharField(max_length=120, verbose_name='tempat')),
                ('timezone', models.CharField(max_length=40)),
                ('begins_on', models.DateField(verbose_name='hari pertama')),
                ('ends_on', models.DateField(verbose_name='hari terakhir')),
                ('recorded_at', models.DateTimeField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.office')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.region')),
            ],
            options={
                'ordering': ['-begins_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HandOut',
            fields=[
                ('id', models.UUIDField(default=berdaya.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode')),
                ('handed_on', models.DateField(verbose_name='diserahkan pada')),
                ('agreement_version', models.PositiveSmallIntegerField()),
                ('accepted_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(null=True)),
                ('receipt_note', models.CharField(blank=True, max_length=200, verbose_name='catatan saat diterima')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.book')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.document')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('from_place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.place')),
                ('gate_pass', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hand_out', to='stock.gatepass')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.place')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-handed_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HandBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode')),
                ('day', models.DateField(verbose_name='kembali pada')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('recorded_at', models.DateTimeField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.document')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hand_out', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_backs', to='till.handout')),
            ],
            options={
                'ordering': ['day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HandOutLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='diserahkan')),
                ('price_rp', models.BigIntegerField(verbose_name='harga (Rp)')),
                ('lowest_rp', models.BigIntegerField(verbose_name='harga terendah (Rp)')),
                ('received_qty', models.DecimalField(decimal_places=3, max_digits=14, null=True, verbose_name='dihitung')),
                ('returned_qty', models.DecimalField(decimal_places=3, default=0, max_digits=14, verbose_name='kembali')),
                ('lost_qty', models.DecimalField(decimal_places=3, default=0, max_digits=14, verbose_name='hilang')),
                ('sold_qty', models.DecimalField(decimal_places=3, default=0, max_digits=14, verbose_name='terjual')),
                ('is_closed', models.BooleanField(default=False)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('hand_out', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='till.handout')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goods.variant')),
            ],
            options={
                'ordering': ['hand_out', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HandBackLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='jumlah')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('hand_back', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='till.handback')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_back_lines', to='till.handoutline')),
            ],
        ),
        migrations.CreateModel(
            name='HandOutLoss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='jumlah')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('reason', models.CharField(max_length=200, verbose_name='apa yang terjadi')),
                ('borne_by', models.CharField(choices=[('owner', 'pemilik barang'), ('stall', 'pemegang kas stan')], max_length=6, verbose_name='ditanggung')),
                ('recorded_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_confirmed', models.BooleanField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='till.handoutline')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['recorded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invited_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('coming', 'ikut'), ('not_coming', 'tidak ikut')], max_length=12, verbose_name='jawaban')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='till.event')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['event', 'facility__name'],
            },
        ),
        migrations.CreateModel(
            name='ProductProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14, verbose_name='jumlah')),
                ('price_rp', models.BigIntegerField(verbose_name='harga (Rp)')),
                ('lowest_rp', models.BigIntegerField(verbose_name='harga terendah (Rp)')),
                ('proposed_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='till.event')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goods.variant')),
            ],
            options={
                'ordering': ['event', 'facility__name', 'variant__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposalDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_chosen', models.BooleanField(verbose_name='dipilih')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='till.productproposal')),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='kode')),
                ('reckoned_on', models.DateField(verbose_name='dihitung pada')),
                ('gross_rp', models.BigIntegerField(verbose_name='penjualan (Rp)')),
                ('fee_rp', models.BigIntegerField(verbose_name='biaya QRIS (Rp)')),
                ('payable_rp', models.BigIntegerField(verbose_name='dibayarkan (Rp)')),
                ('prepared_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('paid_on', models.DateField(null=True, verbose_name='dibayar pada')),
                ('paid_at', models.DateTimeField(null=True)),
                ('method', models.CharField(blank=True, choices=[('transfer', 'Transfer'), ('cash', 'Tunai')], max_length=10, verbose_name='cara bayar')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='rujukan')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.book')),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.document')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('paid_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-reckoned_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SettlementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qty', models.DecimalField(decimal_places=3, max_digits=14)),
                ('returned_qty', models.DecimalField(decimal_places=3, max_digits=14)),
                ('lost_qty', models.DecimalField(decimal_places=3, max_digits=14)),
                ('sold_qty', models.DecimalField(decimal_places=3, max_digits=14)),
                ('amount_rp', models.BigIntegerField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('settlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='till.settlement')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goods.variant')),
            ],
        ),
        migrations.CreateModel(
            name='SettlementSale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_rp', models.BigIntegerField()),
                ('fee_rp', models.BigIntegerField()),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('payment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proceeds.payment')),
                ('sale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stall_settlements', to='proceeds.sale')),
                ('settlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='till.settlement')),
            ],
        ),
        migrations.CreateModel(
            name='Stall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nomor stan')),
                ('label', models.CharField(max_length=60, verbose_name='nama stan')),
                ('rounding_rp', models.PositiveIntegerField(default=0, verbose_name='pembulatan tunai (Rp)')),
                ('difference_limit_rp', models.PositiveIntegerField(default=0, verbose_name='selisih kas yang diperiksa (Rp)')),
                ('recorded_at', models.DateTimeField()),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.book')),
                ('cash_taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.party')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stalls', to='till.event')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.facility')),
                ('qris', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.qrisaccount')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['event', 'number'],
            },
        ),
        migrations.AddField(
            model_name='settlement',
            name='stall',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='till.stall'),
        ),
        migrations.AddField(
            model_name='handout',
            name='stall',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_outs', to='till.stall'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='till_event_period'),
        ),
        migrations.AddIndex(
            model_name='handoutline',
            index=models.Index(fields=['host', 'variant'], name='till_handoutline_stall'),
        ),
        migrations.AddConstraint(
            model_name='handoutline',
            constraint=models.UniqueConstraint(fields=('hand_out', 'lot'), name='till_handoutline_one'),
        ),
        migrations.AddConstraint(
            model_name='handoutline',
            constraint=models.CheckConstraint(condition=models.Q(('lost_qty__gte', 0), ('qty__gt', 0), ('qty__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('returned_qty'), '+', models.F('lost_qty')), '+', models.F('sold_qty'))), ('returned_qty__gte', 0), ('sold_qty__gte', 0)), name='till_handoutline_qty'),
        ),
        migrations.AddConstraint(
            model_name='handoutline',
            constraint=models.CheckConstraint(condition=models.Q(('is_closed', False), ('qty', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('returned_qty'), '+', models.F('lost_qty')), '+', models.F('sold_qty'))), _connector='OR'), name='till_handoutline_closed_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='handoutline',
            constraint=models.CheckConstraint(condition=models.Q(('lowest_rp__gt', 0), ('price_rp__gte', models.F('lowest_rp'))), name='till_handoutline_prices'),
        ),
        migrations.AddConstraint(
            model_name='handoutline',
            constraint=models.CheckConstraint(condition=models.Q(('received_qty__isnull', True), models.Q(('received_qty__gte', 0), ('received_qty__lte', models.F('qty'))), _connector='OR'), name='till_handoutline_received'),
        ),
        migrations.AddConstraint(
            model_name='handoutline',
            constraint=models.CheckConstraint(condition=models.Q(('sold_qty', 0), ('received_qty__isnull', False), _connector='OR'), name='till_handoutline_sold_after_receipt'),
        ),
        migrations.AddConstraint(
            model_name='handbackline',
            constraint=models.UniqueConstraint(fields=('hand_back', 'line'), name='till_handbackline_one'),
        ),
        migrations.AddConstraint(
            model_name='handbackline',
            constraint=models.CheckConstraint(condition=models.Q(('qty__gt', 0)), name='till_handbackline_something'),
        ),
        migrations.AddConstraint(
            model_name='handoutloss',
            constraint=models.CheckConstraint(condition=models.Q(('borne_by__in', ['owner', 'stall']), ('qty__gt', 0), models.Q(('reason', ''), _negated=True)), name='till_loss_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='handoutloss',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_confirmed__isnull', True)), models.Q(('decided_at__isnull', False), ('is_confirmed__isnull', False)), _connector='OR'), name='till_loss_decided'),
        ),
        migrations.AddConstraint(
            model_name='handoutloss',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='till_loss_two_people'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('event', 'facility'), name='till_invitation_one'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answer__in', ['coming', 'not_coming']), ('answered_at__isnull', False)), _connector='OR'), name='till_invitation_answered'),
        ),
        migrations.AddConstraint(
            model_name='productproposal',
            constraint=models.UniqueConstraint(fields=('event', 'variant'), name='till_proposal_one'),
        ),
        migrations.AddConstraint(
            model_name='productproposal',
            constraint=models.CheckConstraint(condition=models.Q(('lowest_rp__gt', 0), ('price_rp__gte', models.F('lowest_rp')), ('qty__gt', 0)), name='till_proposal_prices'),
        ),
        migrations.AddConstraint(
            model_name='proposaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('is_chosen', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='till_decision_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='settlementline',
            constraint=models.UniqueConstraint(fields=('settlement', 'variant'), name='till_settlementline_one'),
        ),
        migrations.AddConstraint(
            model_name='settlementline',
            constraint=models.CheckConstraint(condition=models.Q(('sold_qty', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('qty'), '-', models.F('returned_qty')), '-', models.F('lost_qty')))), name='till_settlementline_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='settlementsale',
            constraint=models.UniqueConstraint(fields=('settlement', 'sale'), name='till_settlementsale_one'),
        ),
        migrations.AddConstraint(
            model_name='settlementsale',
            constraint=models.CheckConstraint(condition=models.Q(('amount_rp__gt', 0), ('fee_rp__gte', 0), ('fee_rp__lte', models.F('amount_rp'))), name='till_settlementsale_money'),
        ),
        migrations.AddConstraint(
            model_name='stall',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='till_stall_number'),
        ),
        migrations.AddConstraint(
            model_name='stall',
            constraint=models.UniqueConstraint(fields=('id', 'facility'), name='till_stall_of_host'),
        ),
        migrations.AddConstraint(
            model_name='stall',
            constraint=models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='till_stall_numbered'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['facility', '-reckoned_on'], name='till_settlement_list'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('declined_at__isnull', True)), fields=('stall', 'book'), name='till_settlement_one'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('fee_rp__gte', 0), ('gross_rp__gte', 0), ('payable_rp', django.db.models.expressions.CombinedExpression(models.F('gross_rp'), '-', models.F('fee_rp')))), name='till_settlement_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('document__isnull', True)), models.Q(('approved_at__isnull', False), ('declined_at__isnull', True), ('document__isnull', False)), _connector='OR'), name='till_settlement_approved_has_paper'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='till_settlement_two_people'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('declined_at__isnull', True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='till_settlement_declined_says_why'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', ''), ('paid_at__isnull', True), ('paid_on__isnull', True)), models.Q(('approved_at__isnull', False), ('method__in', ['transfer', 'cash']), ('paid_at__isnull', False), ('paid_on__isnull', False)), _connector='OR'), name='till_settlement_paid_after_approval'),
        ),
        migrations.AddIndex(
            model_name='handout',
            index=models.Index(fields=['facility', '-handed_on'], name='till_handout_list'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.UniqueConstraint(fields=('id', 'facility', 'host'), name='till_handout_of_owner_and_host'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', True), ('received_at__isnull', True)), models.Q(('document__isnull', False), ('received_at__isnull', False)), _connector='OR'), name='till_handout_received_has_paper'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(('received_by__isnull', True), models.Q(('received_by', models.F('accepted_by')), _negated=True), _connector='OR'), name='till_handout_two_people'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
