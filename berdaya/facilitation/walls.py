"""Who may see and change what a unit is helped with.

The unit by its facility. An office of the UMKM side has none: to it the database opens the cases of
that office, and of those below it for its officers. Steps, papers and messages are written by the
mentor to whom the case is assigned alone. No row of this room names a person in custody, and
nothing of an LPKA is in it (trigger).
"""

from berdaya.core.walls import Door, wall

REFERENCE = "part of the program, the same for all"
OF_OFFICE = "{in_scope} OR case_id = ANY ((SELECT facilitation_seen())::bigint[])"
BY_MENTOR = "case_id = ANY ((SELECT facilitation_led())::bigint[])"

TABLES = [
    wall("facilitation_route", "S", why=REFERENCE, audit=True),
    wall("facilitation_routestep", "S", why=REFERENCE, audit=True),
    wall(
        "facilitation_case",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql="{in_scope} OR office_id = ANY ((SELECT facilitation_offices())::bigint[])",
        writable_sql="office_id = ANY ((SELECT facilitation_offices())::bigint[])",
        day="asked_on",
    ),
    *(
        wall(
            f"facilitation_{table}",
            rights,
            facility="facility_id",
            audit=True,
            visible_sql=OF_OFFICE,
            writable_sql=BY_MENTOR,
            day="case_id",
        )
        for table, rights in (
            ("caseproduct", "SIU"),
            ("casestep", "SIU"),
            # What was written stays as it was written: no U.
            ("casemessage", "SI"),
        )
    ),
]
DOORS = [
    Door(
        "facilitation_case_days(text, text, date)",
        "what a kind of help took elsewhere: medians over cases, no unit and no person",
    ),
    Door(
        "facilitation_step_days(text, date)",
        "how long each step takes in each regency of a province: medians, no unit and no person",
    ),
]
