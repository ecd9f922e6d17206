"""What goods can show abroad is their facility's own; no row of this room is about a person.

A group's name stands for whoever farms a plot (people_in_it: none); packs and declarations hold
shares and things.
"""

from berdaya.core.walls import wall

LAND = "land and what grew on it, whenever it is asked"

TABLES = [
    wall("evidence_plot", "SIU", facility="facility_id", audit=True, timeless=LAND),
    # D: a material lot's plots are told anew as a whole.
    wall("evidence_materialplot", "SID", facility="facility_id", audit=True, timeless=LAND),
    # Asked for, then made: after that a trigger refuses every change.
    wall("evidence_pack", "SIU", facility="facility_id", audit=True, day="as_of"),
    wall("evidence_declaration", "SI", facility="facility_id", audit=True, day="declared_on"),
]
