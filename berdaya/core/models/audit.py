"""The append-only record of every change, and the nightly seals over its past days."""

from django.db import models


class AuditRow(models.Model):
    """One changed row, written by the trigger core_audit() and by nothing else."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    day = models.DateField()
    actor = models.TextField()
    reason = models.TextField()
    request = models.TextField()
    table = models.TextField(db_column="table_name")
    row_pk = models.TextField()
    facility_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["day", "id"], name="core_audit_day"),
            models.Index(fields=["table", "row_pk", "id"], name="core_audit_row"),
            models.Index(fields=["facility_id", "id"], name="core_audit_facility"),
        ]


class AuditSeal(models.Model):
    """A past day's hash, chained to the day before; chunks of 1,000 rows name the place."""

    day = models.DateField(primary_key=True)
    row_count = models.BigIntegerField()
    chunks = models.JSONField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()


class SystemScope(models.Model):
    """When which system purpose wrote, for how many facilities."""

    at = models.DateTimeField()
    purpose = models.TextField()
    facility_count = models.IntegerField()
