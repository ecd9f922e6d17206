"""Listings, their versions, photos and withdrawals."""

from berdaya.catalog.models.listings import (
    Listing,
    ListingDecision,
    ListingVersion,
    ListingWithdrawal,
    Outcome,
)
from berdaya.catalog.models.photos import Photo, VersionPhoto

__all__ = [
    "Listing",
    "ListingDecision",
    "ListingVersion",
    "ListingWithdrawal",
    "Outcome",
    "Photo",
    "VersionPhoto",
]
