"""Who may see and change labels. Texts and printings are never changed; no row names a person."""

from berdaya.core.walls import wall

STANDING = "what a label says stands until the next version: no act of one day"

TABLES = [
    wall("labels_labeltext", "SI", facility="facility_id", audit=True, timeless=STANDING),
    wall("labels_variantnumber", "SIU", facility="facility_id", audit=True, timeless=STANDING),
    wall("labels_labelprint", "SI", facility="facility_id", audit=True, day="day"),
]
