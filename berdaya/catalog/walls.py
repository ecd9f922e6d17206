"""Listings belong to their facility; what was proposed and decided is written once."""

from berdaya.core.walls import wall

# What is offered is a thing; when it changed stands in the audit rows, by their day.
SHOWN = "what is shown for sale, at whatever time"

TABLES = [
    wall(
        "catalog_listing",
        "SIU",
        facility="facility_id",
        audit=True,
        unaudited=("search_vector", "search_words"),
        readers="public",
        timeless=SHOWN,
    ),
    wall(
        "catalog_listingversion",
        "SI",
        facility="facility_id",
        audit=True,
        readers="public",
        timeless=SHOWN,
    ),
    wall(
        "catalog_listingdecision",
        "SI",
        facility="facility_id",
        audit=True,
        readers="public",
        timeless=SHOWN,
    ),
    wall(
        "catalog_listingwithdrawal",
        "SI",
        facility="facility_id",
        audit=True,
        readers="public",
        timeless=SHOWN,
    ),
    wall(
        "catalog_photo", "SI", facility="facility_id", audit=True, readers="public", timeless=SHOWN
    ),
    wall(
        "catalog_photoreview",
        "SI",
        facility="facility_id",
        audit=True,
        readers="public",
        timeless=SHOWN,
    ),
    wall(
        "catalog_photowithdrawal",
        "SI",
        facility="facility_id",
        audit=True,
        readers="public",
        timeless=SHOWN,
    ),
    wall("catalog_makermention", "SI", facility="facility_id", audit=True, timeless=SHOWN),
    wall("catalog_mentiondecision", "SI", facility="facility_id", audit=True, timeless=SHOWN),
    # All that public pages read of a mention: no person's id leads away from it.
    wall(
        "catalog_shownmention",
        "SIU",
        facility="facility_id",
        audit=True,
        readers="public",
        timeless=SHOWN,
    ),
    # What a buyer's order holds is counted here, and when it would be finished: goods and days.
    wall(
        "catalog_madetoorder",
        "SIU",
        facility="facility_id",
        audit=True,
        unaudited=("promises", "reckoned_at", "reckoned_open_qty", "promised_until_qty"),
        readers="public",
        writers="shop",
        timeless=SHOWN,
    ),
    wall("catalog_versionphoto", "SI", facility="facility_id", readers="public", timeless=SHOWN),
]
