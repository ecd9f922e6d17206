"""Premi corrections: proposed by one, decided by another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
ALTER TABLE proceeds_premicorrection ADD CONSTRAINT proceeds_premicorrection_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE proceeds_premicorrectiondecision ADD CONSTRAINT proceeds_decision_proposer
  FOREIGN KEY (correction_id, proposed_by_id)
  REFERENCES proceeds_premicorrection (id, recorded_by_id);
"""
BACKWARD = """
ALTER TABLE proceeds_premicorrectiondecision DROP CONSTRAINT proceeds_decision_proposer;
ALTER TABLE proceeds_premicorrection DROP CONSTRAINT proceeds_premicorrection_book_facility;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0002_owner_kind"),
        ("ledger", "0003_shut_books"),
        ("people", "0003_work"),
        ("proceeds", "0003_frozen_lists"),
        ("workshop", "0002_never"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="premi_corrections",
                        to="workshop.batch",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.book",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.facility",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.participant",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="proceeds.premicorrection",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.facility",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "share",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction_decision",
                        to="proceeds.premishare",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="premicorrection",
            index=models.Index(
                fields=["facility", "-proposed_on"], name="proceeds_correction_list"
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
