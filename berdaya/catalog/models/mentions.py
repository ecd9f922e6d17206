"""Mentions of makers: proposed on somebody's consent, decided by the head, shown without a person.

What public pages read is `ShownMention`, which knows a label and a listing and nobody's id.
"""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models.listings import STAFF, Listing, Outcome
from berdaya.catalog.models.photos import Photo
from berdaya.institutions.models import Facility
from berdaya.people.models import Channel, Consent, Participant


class ShownMentionQuerySet(models.QuerySet["ShownMention"]):
    """What the public may read is decided here and nowhere else."""

    def shown(self, now: datetime) -> "ShownMentionQuerySet":
        """Approved, not ended, and within the days for which there is consent."""
        return self.filter(ended_at__isnull=True, shown_from__lte=now, shown_until__gt=now)


class ShownMention(models.Model):
    """A label on a listing in one channel, for a while; `ended_at` when it was taken back.

    The database sets `ended_at` in the same statement that withdraws the consent behind it.
    `photo`: a picture that is public only as long as this is.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="mentions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    label = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60, blank=True)
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="+")
    shown_from = models.DateTimeField()
    shown_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ShownMention"]] = ShownMentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["listing", "channel"], name="catalog_mention_listing")]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.channel}"


class MakerMention(models.Model):
    """What was proposed: this person, this listing and channel, under this label. Never edited."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="mentions")
    channel = models.CharField(_lazy("saluran"), max_length=8, choices=Channel)
    label = models.CharField(_lazy("sebutan"), max_length=60)
    label_en = models.CharField(_lazy("sebutan dalam bahasa Inggris"), max_length=60, blank=True)
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["facility", "-proposed_at"], name="catalog_mention_list")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(label__regex=r"\d{4}"), name="catalog_mention_label"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.channel}"


class MentionDecision(models.Model):
    """The head's yes or no; a yes leads to what is shown."""

    mention = models.OneToOneField(MakerMention, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    shown = models.OneToOneField(ShownMention, models.PROTECT, null=True, related_name="decision")
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="catalog_mentiondecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved", shown__isnull=False)
                | (Q(outcome="declined", shown__isnull=True) & ~Q(reason="")),
                name="catalog_mentiondecision_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id}: {self.outcome}"
