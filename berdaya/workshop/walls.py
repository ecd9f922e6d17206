"""Everything of a workshop belongs to one facility and leaves a trace of every change.

Only lines of a sheet whose batch is still open may be deleted, when the sheet is written anew.
"""

from berdaya.core.walls import Door, wall

# Frozen when a batch is closed: without it, nobody can reckon a later sale again.
SOURCE = "where it is made and of what: the source of later sales"
PLAN = "how long goods take to make, whenever they are made"

TABLES = [
    *(
        wall(
            f"workshop_{table}",
            rights,
            facility="facility_id",
            audit=True,
            # The days of a batch stand on its item's page of origin.
            readers="public" if table in ("batch", "qualitycheck", "batchclosing") else "",
            day=day,
            timeless="" if day else SOURCE,
        )
        for table, rights, day in (
            ("workshop", "SIU", ""),
            ("material", "SIU", ""),
            ("materiallot", "SIU", ""),
            ("materialuse", "SI", ""),
            ("worksheet", "SIU", "day"),
            ("worklog", "SIUD", "day"),
            ("batch", "SIU", ""),
            ("qualitycheck", "SI", ""),
            ("batchclosing", "SI", ""),
            ("batchweight", "SI", ""),
            ("batchcorrection", "SI", "booked_on"),
            ("incident", "SI", "happened_on"),
            ("workshophold", "SIU", ""),
            ("safetycheck", "SI", "checked_on"),
            ("safetyanswer", "SI", "safety_check_id"),
            ("skillrequirement", "SIU", ""),
            ("skillexemption", "SI", ""),
            ("equipmentneed", "SIU", ""),
            ("batchbooking", "SI", ""),
            ("workshoptoolset", "SID", ""),
        )
    ),
    wall(
        "workshop_planningrule",
        "SIU",
        why="how far ahead and with which buffer, by date; no person in it",
        audit=True,
    ),
    wall("workshop_standardtime", "SIU", facility="facility_id", audit=True, timeless=PLAN),
    # A buyer's order holds its place in the work at once: goods and an order's code, no person.
    wall(
        "workshop_workorder",
        "SIU",
        facility="facility_id",
        audit=True,
        readers="shop",
        writers="shop",
        day="recorded_at",
    ),
    # Once told, a count is never told again: no U.
    wall(
        "workshop_publishedcount",
        "SI",
        facility="facility_id",
        audit=True,
        readers="public",
        day="month",
    ),
    # How somebody was cared for is health: the trail says that it was written, not what.
    wall(
        "workshop_incidentperson",
        "SI",
        facility="facility_id",
        audit=True,
        masked=("care",),
        day="happened_on",
    ),
]
DOORS = [
    Door(
        "workshop_work_before(bigint[], date, date)",
        "lawful hours count what was worked elsewhere before a transfer: a sum and two counts",
    ),
]
