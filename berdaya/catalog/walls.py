"""Listings belong to their facility; a version, a decision and a withdrawal are written once."""

from berdaya.core.walls import wall

TABLES = [
    wall(
        "catalog_listing",
        "SIU",
        facility="facility_id",
        audit=True,
        unaudited=("search_vector", "search_words"),
        readers="public",
    ),
    wall("catalog_listingversion", "SI", facility="facility_id", audit=True, readers="public"),
    wall("catalog_listingdecision", "SI", facility="facility_id", audit=True, readers="public"),
    wall("catalog_listingwithdrawal", "SI", facility="facility_id", audit=True, readers="public"),
    wall("catalog_photo", "SI", facility="facility_id", audit=True, readers="public"),
    wall("catalog_photoreview", "SI", facility="facility_id", audit=True, readers="public"),
    wall("catalog_photowithdrawal", "SI", facility="facility_id", audit=True, readers="public"),
    wall("catalog_versionphoto", "SI", facility="facility_id", readers="public"),
]
