"""Listings, their versions, photos and withdrawals."""

from berdaya.catalog.models.listings import (
    Listing,
    ListingDecision,
    ListingVersion,
    ListingWithdrawal,
    Outcome,
)
from berdaya.catalog.models.photos import (
    CHECKS,
    Photo,
    PhotoOutcome,
    PhotoReview,
    PhotoWithdrawal,
    VersionPhoto,
)

__all__ = [
    "CHECKS",
    "Listing",
    "ListingDecision",
    "ListingVersion",
    "ListingWithdrawal",
    "Outcome",
    "Photo",
    "PhotoOutcome",
    "PhotoReview",
    "PhotoWithdrawal",
    "VersionPhoto",
]
