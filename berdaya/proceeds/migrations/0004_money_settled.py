"""Two people for corrections and policies, days in their order, settling what a book owes."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

FORWARD = """
ALTER TABLE proceeds_premicorrection ADD CONSTRAINT proceeds_premicorrection_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE proceeds_premicorrectiondecision ADD CONSTRAINT proceeds_decision_proposer
  FOREIGN KEY (correction_id, proposed_by_id)
  REFERENCES proceeds_premicorrection (id, recorded_by_id);
ALTER TABLE proceeds_policydecision ADD CONSTRAINT proceeds_policydecision_proposer
  FOREIGN KEY (proposal_id, proposed_by_id)
  REFERENCES proceeds_policyproposal (id, recorded_by_id);
ALTER TABLE proceeds_obligationsettlement ADD CONSTRAINT proceeds_obligation_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE proceeds_obligationsettlement DROP CONSTRAINT proceeds_obligation_book_facility;
ALTER TABLE proceeds_policydecision DROP CONSTRAINT proceeds_policydecision_proposer;
ALTER TABLE proceeds_premicorrectiondecision DROP CONSTRAINT proceeds_decision_proposer;
ALTER TABLE proceeds_premicorrection DROP CONSTRAINT proceeds_premicorrection_book_facility;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("goods", "0002_reference"),
        ("institutions", "0002_owner_kind"),
        ("ledger", "0003_shut_books"),
        ("people", "0003_work"),
        ("proceeds", "0003_frozen_lists"),
        ("stock", "0003_declined"),
        ("workshop", "0002_never"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ObligationLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_rp", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ObligationSettlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="kode")),
                (
                    "obligation",
                    models.CharField(
                        choices=[
                            ("cooperative", "Bagian koperasi"),
                            ("fees", "Biaya pembayaran"),
                            ("tax", "Pajak"),
                            ("qris", "QRIS masuk ke bank"),
                        ],
                        max_length=12,
                        verbose_name="kewajiban",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("bank", "Bank"), ("cash", "Kas"), ("qris", "Dipotong dari QRIS")],
                        max_length=6,
                        verbose_name="lewat",
                    ),
                ),
                ("amount_rp", models.BigIntegerField(verbose_name="jumlah (Rp)")),
                ("settled_on", models.DateField(verbose_name="diselesaikan pada")),
                ("reference", models.CharField(max_length=80, verbose_name="rujukan")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-settled_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approved", "Disetujui"), ("refused", "Ditolak")],
                        max_length=8,
                        verbose_name="keputusan",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="alasan")),
                ("decided_on", models.DateField(verbose_name="diputuskan pada")),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PolicyProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "base",
                    models.CharField(
                        choices=[("profit", "keuntungan"), ("turnover", "hasil penjualan")],
                        max_length=8,
                        verbose_name="dasar pembagian",
                    ),
                ),
                ("makers_bp", models.IntegerField(verbose_name="pembuat")),
                ("capital_bp", models.IntegerField(verbose_name="modal kerja")),
                ("state_bp", models.IntegerField(verbose_name="PNBP")),
                ("cooperative_bp", models.IntegerField(default=0, verbose_name="koperasi")),
                ("saved_bp", models.IntegerField(default=7500, verbose_name="tabungan")),
                ("spendable_bp", models.IntegerField(default=2500, verbose_name="dapat dipakai")),
                ("family_bp", models.IntegerField(default=0, verbose_name="untuk keluarga")),
                (
                    "floor_rp",
                    models.BigIntegerField(default=700000, verbose_name="batas bawah sebulan (Rp)"),
                ),
                (
                    "final_after_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="final sesudah (hari, lewat kurir)"
                    ),
                ),
                ("legal_basis", models.CharField(max_length=200, verbose_name="dasar")),
                (
                    "is_confirmed",
                    models.BooleanField(default=True, verbose_name="sudah dipastikan"),
                ),
                ("valid_from", models.DateField(verbose_name="berlaku mulai")),
                ("proposed_on", models.DateField(verbose_name="diusulkan pada")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-proposed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PremiCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="kode")),
                ("weight_delta", models.BigIntegerField()),
                ("amount_rp", models.BigIntegerField(verbose_name="jumlah (Rp)")),
                ("proposed_on", models.DateField(verbose_name="diusulkan pada")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-proposed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PremiCorrectionDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approved", "Disetujui"), ("refused", "Ditolak")],
                        max_length=8,
                        verbose_name="keputusan",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="alasan")),
                ("decided_on", models.DateField(verbose_name="diputuskan pada")),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="exitsettlement",
            name="settled_on",
            field=models.DateField(blank=True, null=True, verbose_name="diselesaikan pada"),
        ),
        migrations.AddConstraint(
            model_name="consignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "handed_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_consignment_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="exitsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "left_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_exit_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="exitsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "settled_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_exit_paid_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="exitsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_on__isnull", True),
                    ("settled_on__gte", models.F("left_on")),
                    _connector="OR",
                ),
                name="proceeds_exit_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "raised_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_objection_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_due_on__gte", models.F("raised_on"))),
                name="proceeds_objection_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "answered_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_answer_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "paid_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_payment_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutapproval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "approved_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_approval_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutcompletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "paid_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_completion_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "paid_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_payoutpayment_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "returned_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_return_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "prepared_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_run_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__lte", models.F("prepared_on"))),
                name="proceeds_run_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="pnbpdeposit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "deposited_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_deposit_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="premishare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_on__isnull", True),
                    ("released_on__gte", models.F("earned_on")),
                    _connector="OR",
                ),
                name="proceeds_share_released",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "refunded_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_refund_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="sale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sold_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_sale_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="sale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_on__isnull", True),
                    ("released_on__gte", models.F("final_on")),
                    _connector="OR",
                ),
                name="proceeds_sale_released",
            ),
        ),
        migrations.AddField(
            model_name="obligationline",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.facility",
            ),
        ),
        migrations.AddField(
            model_name="obligationline",
            name="sale",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obligation_lines",
                to="proceeds.sale",
            ),
        ),
        migrations.AddField(
            model_name="obligationsettlement",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.book"
            ),
        ),
        migrations.AddField(
            model_name="obligationsettlement",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.facility",
            ),
        ),
        migrations.AddField(
            model_name="obligationsettlement",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="obligationline",
            name="settlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="proceeds.obligationsettlement",
            ),
        ),
        migrations.AddField(
            model_name="policydecision",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.facility",
            ),
        ),
        migrations.AddField(
            model_name="policydecision",
            name="policy",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="proceeds.splitpolicy",
            ),
        ),
        migrations.AddField(
            model_name="policydecision",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policydecision",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="goods.category",
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.facility",
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.party",
            ),
        ),
        migrations.AddField(
            model_name="policyproposal",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policydecision",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="proceeds.policyproposal",
            ),
        ),
        migrations.AddField(
            model_name="premicorrection",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="premi_corrections",
                to="workshop.batch",
            ),
        ),
        migrations.AddField(
            model_name="premicorrection",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.book"
            ),
        ),
        migrations.AddField(
            model_name="premicorrection",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.facility",
            ),
        ),
        migrations.AddField(
            model_name="premicorrection",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.participant",
            ),
        ),
        migrations.AddField(
            model_name="premicorrection",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="premicorrectiondecision",
            name="correction",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="proceeds.premicorrection",
            ),
        ),
        migrations.AddField(
            model_name="premicorrectiondecision",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.facility",
            ),
        ),
        migrations.AddField(
            model_name="premicorrectiondecision",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="premicorrectiondecision",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="premicorrectiondecision",
            name="share",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction_decision",
                to="proceeds.premishare",
            ),
        ),
        migrations.AddIndex(
            model_name="obligationsettlement",
            index=models.Index(fields=["facility", "-settled_on"], name="proceeds_obligation_list"),
        ),
        migrations.AddConstraint(
            model_name="obligationsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "settled_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_obligation_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationsettlement",
            constraint=models.UniqueConstraint(
                fields=("book", "obligation", "reference"), name="proceeds_obligation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_rp__gt", 0), models.Q(("reference", ""), _negated=True)
                ),
                name="proceeds_obligation_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationsettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("obligation", "qris"), ("source", "bank")),
                    models.Q(("obligation", "fees"), ("source__in", ["bank", "cash", "qris"])),
                    models.Q(
                        ("obligation__in", ["cooperative", "tax"]), ("source__in", ["bank", "cash"])
                    ),
                    _connector="OR",
                ),
                name="proceeds_obligation_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationline",
            constraint=models.UniqueConstraint(
                fields=("settlement", "sale"), name="proceeds_obligationline_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_rp__gt", 0)), name="proceeds_obligationline_positive"
            ),
        ),
        migrations.AddIndex(
            model_name="policyproposal",
            index=models.Index(fields=["facility", "-proposed_on"], name="proceeds_proposal_list"),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "proposed_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_proposal_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.UniqueConstraint(
                fields=("id", "recorded_by"), name="proceeds_proposal_proposer"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capital_bp__gte", 0),
                    ("cooperative_bp__gte", 0),
                    (
                        "makers_bp",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(10000), "-", models.F("capital_bp")
                                ),
                                "-",
                                models.F("state_bp"),
                            ),
                            "-",
                            models.F("cooperative_bp"),
                        ),
                    ),
                    ("makers_bp__gte", 0),
                    ("state_bp__gte", 0),
                ),
                name="proceeds_proposal_shares",
                violation_error_message="Bagian-bagian harus berjumlah 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("family_bp__gte", 0),
                    (
                        "saved_bp",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.Value(10000), "-", models.F("spendable_bp")
                            ),
                            "-",
                            models.F("family_bp"),
                        ),
                    ),
                    ("saved_bp__gte", 0),
                    ("spendable_bp__gte", 0),
                ),
                name="proceeds_proposal_pockets",
                violation_error_message="Kantong-kantong harus berjumlah 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("base__in", ["profit", "turnover"]), ("floor_rp__gte", 0)),
                name="proceeds_proposal_base",
            ),
        ),
        migrations.AddConstraint(
            model_name="policydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "decided_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_policydecision_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="policydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_by", models.F("proposed_by")), _negated=True),
                name="proceeds_policydecision_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="policydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "approved"), ("policy__isnull", False)),
                    models.Q(
                        ("outcome", "refused"),
                        ("policy__isnull", True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proceeds_policydecision_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="premicorrection",
            index=models.Index(
                fields=["facility", "-proposed_on"], name="proceeds_correction_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="premicorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "proposed_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_correction_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="premicorrection",
            constraint=models.UniqueConstraint(
                fields=("id", "recorded_by"), name="proceeds_correction_proposer"
            ),
        ),
        migrations.AddConstraint(
            model_name="premicorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_rp__gt", 0), ("weight_delta__gt", 0)),
                name="proceeds_correction_gives",
            ),
        ),
        migrations.AddConstraint(
            model_name="premicorrectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "decided_on__lte",
                        models.Func(
                            models.F("recorded_at"),
                            output_field=models.DateField(),
                            template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
                        ),
                    )
                ),
                name="proceeds_decision_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="premicorrectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_by", models.F("proposed_by")), _negated=True),
                name="proceeds_decision_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="premicorrectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "approved"), ("share__isnull", False)),
                    models.Q(
                        ("outcome", "refused"),
                        ("share__isnull", True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proceeds_decision_outcome",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
