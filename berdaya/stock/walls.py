"""Stock is the facility's own; movements are written once, a lot never changes."""

from berdaya.core.walls import wall

TABLES = [
    wall("stock_place", "SIU", facility="facility_id", audit=True, readers="public"),
    # U only so that a sale may lock the row (FOR UPDATE); a trigger refuses every change.
    wall("stock_lot", "SIU", facility="facility_id", audit=True, readers="public"),
    # Movements are their own audit: author, instant and reason stand on the row.
    wall("stock_stockmovement", "SI", facility="facility_id"),
    wall("stock_stocklevel", "SIU", facility="facility_id", readers="public", writers="shop"),
    wall("stock_stockcount", "SI", facility="facility_id", audit=True),
    wall("stock_stockcountline", "SI", facility="facility_id", audit=True),
    wall("stock_gatepass", "SIU", facility="facility_id", audit=True),
    wall("stock_gatepassline", "SI", facility="facility_id", audit=True),
]
