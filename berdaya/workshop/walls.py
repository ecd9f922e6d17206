"""Everything of a workshop belongs to one facility and leaves a trace of every change.

Only lines of a sheet whose batch is still open may be deleted, when the sheet is written anew.
"""

from berdaya.core.walls import Door, wall

TABLES = [
    *(
        wall(
            f"workshop_{table}",
            rights,
            facility="facility_id",
            audit=True,
            # The days of a batch stand on its item's page of origin.
            readers="public" if table in ("batch", "qualitycheck", "batchclosing") else "",
        )
        for table, rights in (
            ("workshop", "SIU"),
            ("material", "SIU"),
            ("materiallot", "SIU"),
            ("materialuse", "SI"),
            ("worksheet", "SIU"),
            ("worklog", "SIUD"),
            ("batch", "SIU"),
            ("qualitycheck", "SI"),
            ("batchclosing", "SI"),
            ("batchweight", "SI"),
            ("batchcorrection", "SI"),
            ("equipmentneed", "SIU"),
            ("batchbooking", "SI"),
            ("workshoptoolset", "SID"),
            ("incident", "SI"),
            ("workshophold", "SIU"),
            ("safetycheck", "SI"),
            ("safetyanswer", "SI"),
        )
    ),
    # Once told, a count is never told again: no U.
    wall("workshop_publishedcount", "SI", facility="facility_id", audit=True, readers="public"),
    # How somebody was cared for is health: the trail says that it was written, not what.
    wall("workshop_incidentperson", "SI", facility="facility_id", audit=True, masked=("care",)),
]
DOORS = [
    Door(
        "workshop_work_before(bigint[], date, date)",
        "lawful hours count what was worked elsewhere before a transfer: a sum and two counts",
    ),
]
