"""Listings: a variant offered to the public, as its head approved it."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility, Party

STAFF = settings.AUTH_USER_MODEL


class ListingQuerySet(models.QuerySet["Listing", Any]):
    """What the public may see is decided here and nowhere else."""

    def shown(self, now: datetime) -> "ListingQuerySet":
        """Approved, not withdrawn, and within the window in which the law allows it.

        What lapses, lapses by its window, without a job.
        """
        lawful = Q(lawful_until__isnull=True) | Q(lawful_until__gt=now)
        return self.filter(
            lawful, current__isnull=False, withdrawn_at__isnull=True, lawful_from__lte=now
        )


class Listing(models.Model):
    """One variant as offered: its address for ever, and the version that holds.

    `lawful_from`, `lawful_until` cache when legality.may_list allows it, as far as is known: at
    midnight of the place where it is made. Name, price and search words copy the current version.
    """

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    variant = models.OneToOneField(Variant, models.PROTECT, related_name="listing")
    seller = models.ForeignKey(
        Party, models.PROTECT, related_name="listings", verbose_name=_lazy("penjual")
    )
    slug = models.SlugField(max_length=100, unique=True)
    current = models.OneToOneField(
        "ListingVersion", models.PROTECT, null=True, related_name="current_of"
    )
    withdrawn_at = models.DateTimeField(_lazy("ditarik"), null=True)
    lawful_from = models.DateTimeField(null=True)
    lawful_until = models.DateTimeField(null=True)
    price_rp = models.BigIntegerField(_lazy("harga (Rp)"), default=0)
    search_words = models.TextField(blank=True)
    search_vector = SearchVectorField(null=True)
    first_shown_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Listing"]] = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["id", "facility"], name="catalog_listing_of_facility"),
            models.CheckConstraint(condition=Q(price_rp__gte=0), name="catalog_listing_positive"),
            models.CheckConstraint(
                condition=Q(lawful_until__isnull=True)
                | Q(lawful_from__isnull=False, lawful_until__gt=F("lawful_from")),
                name="catalog_listing_window",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "slug"], name="catalog_listing_list"),
            models.Index(
                fields=["-first_shown_at", "id"],
                condition=Q(current__isnull=False, withdrawn_at__isnull=True),
                name="catalog_listing_newest",
            ),
            models.Index(
                fields=["price_rp", "id"],
                condition=Q(current__isnull=False, withdrawn_at__isnull=True),
                name="catalog_listing_price",
            ),
            GinIndex(fields=["search_vector"], name="catalog_listing_search"),
            GinIndex(OpClass("search_words", name="gin_trgm_ops"), name="catalog_listing_typos"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_shown_at_all(self) -> bool:
        """Approved and not withdrawn; the window is asked beside it."""
        return self.current_id is not None and self.withdrawn_at is None

    def is_lawful(self, now: datetime) -> bool:
        """Whether the cached window holds at an instant."""
        begun = self.lawful_from is not None and self.lawful_from <= now
        return begun and (self.lawful_until is None or now < self.lawful_until)


class ListingVersion(models.Model):
    """What an officer proposed; the head's decision makes it current. Never edited.

    `lead_time_days`: made to order within so many days where no stock is left; empty: only from
    stock. `weight_g` is packed, for shipping. `is_no_share_confirmed`: the officer saw that this
    price leaves the makers nothing and proposed it all the same.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="versions")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(_lazy("nama"), max_length=120)
    name_en = models.CharField(_lazy("nama dalam bahasa Inggris"), max_length=120, blank=True)
    story = models.TextField(_lazy("cerita"), max_length=2000, blank=True)
    story_en = models.TextField(_lazy("cerita dalam bahasa Inggris"), max_length=2000, blank=True)
    care = models.CharField(_lazy("perawatan"), max_length=400, blank=True)
    care_en = models.CharField(_lazy("perawatan dalam bahasa Inggris"), max_length=400, blank=True)
    price_rp = models.BigIntegerField(_lazy("harga (Rp)"))
    weight_g = models.PositiveIntegerField(_lazy("berat terbungkus (gram)"))
    lead_time_days = models.PositiveSmallIntegerField(
        _lazy("lama membuat (hari)"), null=True, blank=True
    )
    is_no_share_confirmed = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "number"], name="catalog_listingversion_number"
            ),
            models.CheckConstraint(
                condition=Q(price_rp__gt=0, weight_g__gt=0, number__gt=0),
                name="catalog_listingversion_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.number}"


class Outcome(models.TextChoices):
    APPROVED = "approved", _lazy("Disetujui")
    DECLINED = "declined", _lazy("Dikembalikan")


class ListingDecision(models.Model):
    """The head's yes or no to a version; `proposed_by` copies the version's, for two people."""

    version = models.OneToOneField(ListingVersion, models.PROTECT, related_name="decision")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(_lazy("alasan"), max_length=200, blank=True)
    verdict_codes = models.JSONField(default=list)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="catalog_listingdecision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | (Q(outcome="declined") & ~Q(reason="")),
                name="catalog_listingdecision_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.outcome}"


class ListingWithdrawal(models.Model):
    """Pulled back by the head or the region; a version approved later shows it again."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="withdrawals")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    reason = models.CharField(_lazy("alasan"), max_length=200)
    withdrawn_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        ordering = ["-withdrawn_at"]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.withdrawn_at:%Y-%m-%d}"
