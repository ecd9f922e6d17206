"""Everything about participants is protected: by facility, opened by a placement."""

from berdaya.core.walls import wall

# Row security holds inside the sub-select too: only placements in scope count.
PLACED = (
    "{{in_scope}} OR EXISTS (SELECT 1 FROM people_placement p WHERE p.participant_id = {column})"
)

TABLES = [
    wall("people_placement", "SIU", facility="facility_id", audit=True),
    wall(
        "people_participant",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=PLACED.format(column="people_participant.id"),
    ),
    wall(
        "people_statusperiod",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=PLACED.format(column="people_statusperiod.participant_id"),
    ),
    *(
        wall(
            f"people_{table}",
            "SIU",
            facility="facility_id",
            audit=True,
            visible_sql=PLACED.format(column=f"people_{table}.participant_id"),
        )
        for table in ("consent", "ownrequest", "fitnesscertificate", "workplacement")
    ),
    wall("people_worklimits", "SIU", why="working time the law allows", audit=True),
]
