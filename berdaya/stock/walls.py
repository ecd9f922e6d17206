"""Stock is the facility's own; movements are written once, a lot never changes."""

from berdaya.core.walls import wall

# A lot is the source of what is sold long after it was made.
THING = "a thing and where it lies, at whatever time"

TABLES = [
    wall(
        "stock_place", "SIU", facility="facility_id", audit=True, readers="public", timeless=THING
    ),
    # U only so that a sale may lock the row (FOR UPDATE); a trigger refuses every change.
    wall("stock_lot", "SIU", facility="facility_id", audit=True, readers="public", timeless=THING),
    # Movements are their own audit: author, instant and reason stand on the row.
    wall("stock_stockmovement", "SI", facility="facility_id", day="day"),
    wall(
        "stock_stocklevel",
        "SIU",
        facility="facility_id",
        readers="public",
        writers="shop",
        timeless="what lies there today",
    ),
    wall("stock_stockcount", "SI", facility="facility_id", audit=True, day="day"),
    wall("stock_stockcountline", "SI", facility="facility_id", audit=True, day="count_id"),
    wall("stock_gatepass", "SIU", facility="facility_id", audit=True, day="day"),
    wall("stock_gatepassline", "SI", facility="facility_id", audit=True, day="gate_pass_id"),
]
