"""Books belong to a facility; entries and legs are written once and never touched again."""

from berdaya.core.walls import Door, wall

BOOKS = "what entries are kept in; what stood before a period is told as one sum"

TABLES = [
    wall(
        "ledger_book", "SIU", facility="facility_id", audit=True, readers="public", timeless=BOOKS
    ),
    wall("ledger_account", "SI", facility="facility_id", audit=True, timeless=BOOKS),
    # Entries and legs are their own audit: author, instant and subject stand on the entry.
    wall("ledger_entry", "SI", facility="facility_id", day="booked_on"),
    wall("ledger_leg", "SI", facility="facility_id", day="booked_on"),
    wall("ledger_periodclose", "SI", facility="facility_id", audit=True, day="month"),
]
DOORS = [
    Door(
        "ledger_opening(bigint[])",
        "what an account stood at before the period an auditor examines: one sum, no row",
    ),
    Door(
        "ledger_still_owed(bigint[], text[])",
        "nobody is forgotten whom a book of another facility owes: a yes and a day, of own people",
    ),
]
