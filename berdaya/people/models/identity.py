"""The sealed identity: who a participant is, readable only with a key from the key store.

Its table stands in a schema of its own. Every value is sealed by `people/sealed.py`, the only file
that opens one; there is no plain column, and nothing in it can be searched or sorted.
"""

import uuid

from django.conf import settings
from django.db import models

from berdaya.institutions.models import Facility
from berdaya.people.models.participants import Participant


class SealedIdentity(models.Model):
    """One person's sealed values; `facility` is where they are, or were last, placed.

    Unlike a recorded event it follows the person (trigger on placements), so that a facility they
    have left cannot open it any more. A null value was never given, or has been erased.
    """

    participant = models.OneToOneField(
        Participant, models.PROTECT, primary_key=True, related_name="identity"
    )
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    # The name under which the key store knows this person; random, made anew after erasing.
    key_owner = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.BinaryField(null=True)
    register_no = models.BinaryField(null=True)
    nik = models.BinaryField(null=True)
    born_on = models.BinaryField(null=True)
    bank_account = models.BinaryField(null=True)
    heirs = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    photo = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = 'sealed"."identity'
        verbose_name_plural = "sealed identities"

    def __str__(self) -> str:
        return str(self.participant_id)


class Erasure(models.Model):
    """A person was made unreadable: the key is destroyed, the code and the money remain."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="erasures")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    key_owner = models.UUIDField(unique=True)
    why = models.CharField(max_length=40)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.why}"
