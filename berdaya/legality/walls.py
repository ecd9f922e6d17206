"""Permits are public documents; the unit of production may change its own."""

from berdaya.core.walls import wall

REFERENCE = "part of the program, the same for all"
PUBLIC = "permits are printed on the goods; no participant in them"

TABLES = [
    wall("legality_permitkind", "S", why=REFERENCE, audit=True),
    wall("legality_requirement", "S", why=REFERENCE, audit=True),
    wall("legality_permit", "SIU", facility="place_id", visible_sql="true", audit=True),
    wall("legality_permitproduct", "SID", why=PUBLIC, audit=True),
]
