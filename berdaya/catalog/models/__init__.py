"""Listings, their versions, photos, withdrawals, and mentions of makers."""

from berdaya.catalog.models.listings import (
    Listing,
    ListingDecision,
    ListingVersion,
    ListingWithdrawal,
    Outcome,
)
from berdaya.catalog.models.mentions import MakerMention, MentionDecision, ShownMention
from berdaya.catalog.models.photos import (
    CHECKS,
    Photo,
    PhotoOutcome,
    PhotoReview,
    PhotoWithdrawal,
    VersionPhoto,
)
from berdaya.catalog.models.to_order import MadeToOrder

__all__ = [
    "CHECKS",
    "Listing",
    "ListingDecision",
    "ListingVersion",
    "ListingWithdrawal",
    "MadeToOrder",
    "MakerMention",
    "MentionDecision",
    "Outcome",
    "Photo",
    "PhotoOutcome",
    "PhotoReview",
    "PhotoWithdrawal",
    "ShownMention",
    "VersionPhoto",
]
