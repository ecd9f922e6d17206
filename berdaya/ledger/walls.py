"""Books belong to a facility; entries and legs are written once and never touched again."""

from berdaya.core.walls import Door, wall

TABLES = [
    wall("ledger_book", "SIU", facility="facility_id", audit=True, readers="public"),
    wall("ledger_account", "SI", facility="facility_id", audit=True),
    # Entries and legs are their own audit: author, instant and subject stand on the entry.
    wall("ledger_entry", "SI", facility="facility_id"),
    wall("ledger_leg", "SI", facility="facility_id"),
    wall("ledger_periodclose", "SI", facility="facility_id", audit=True),
]
DOORS = [
    Door(
        "ledger_still_owed(bigint[], text[])",
        "nobody is forgotten whom a book of another facility owes: a yes and a day, of own people",
    ),
]
