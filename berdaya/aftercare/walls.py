"""Everything here is about one person: by facility, opened by a placement that has begun.

What a Bapas writes stays closed to the unit that the person has left: the placement there is over
before. A plan goes the other way: the Bapas reads it once the person is there, not before.
"""

from berdaya.core.walls import wall

# Row security holds inside the sub-select too: only placements in scope count.
BEGUN = (
    "{{in_scope}} OR EXISTS (SELECT FROM people_placement p"
    " WHERE p.participant_id = {table}.participant_id AND p.valid_from <= current_date"
    " AND (p.valid_until IS NULL OR p.valid_until > {day}))"
)
STATE = "a person's plan or supervision, true over a time"


def _opened(table: str, day: str) -> str:
    return BEGUN.format(table=f"aftercare_{table}", day=day)


TABLES = [
    wall(
        "aftercare_plan",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=_opened("plan", "aftercare_plan.written_on"),
        timeless=STATE,
    ),
    wall(
        "aftercare_supervision",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=_opened("supervision", "aftercare_supervision.valid_from"),
        timeless=STATE,
    ),
    *(
        wall(
            f"aftercare_{table}",
            rights,
            facility="facility_id",
            audit=True,
            visible_sql=_opened(table, f"aftercare_{table}.{day}"),
            day=day,
        )
        for table, rights, day in (
            ("safeexit", "SI", "asked_on"),
            # What somebody told is never edited: no U.
            ("followup", "SI", "happened_on"),
            ("referral", "SIU", "made_on"),
            ("toolsgrant", "SIU", "proposed_on"),
        )
    ),
    wall(
        "aftercare_toolsgrantline",
        "SI",
        facility="facility_id",
        audit=True,
        day="grant_id",
    ),
]
