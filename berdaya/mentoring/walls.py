"""Who may see and change what mentors and units work on.

A mentor has no facility. The rows of this room, and no other table's, are open to them by what
the database itself asks: mentoring_seen() are the adoptions of their office (and those below it for
an officer of the UMKM side), mentoring_led() those that they lead and that run. No row of this room
names a person, and nothing of an LPKA is in it (trigger).
"""

from berdaya.core.walls import Door, wall

STANDING = "stands until it is ended: no act of one day"
OF_OFFICE = "{{in_scope}} OR {column} = ANY ((SELECT mentoring_seen())::bigint[])"
BY_MENTOR = "adoption_id = ANY ((SELECT mentoring_led())::bigint[])"

TABLES = [
    wall(
        "mentoring_adoption",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql="{in_scope} OR office_id = ANY ((SELECT mentoring_offices(false))::bigint[])",
        writable_sql="office_id = ANY ((SELECT mentoring_offices(true))::bigint[])",
        timeless=STANDING,
    ),
    *(
        wall(
            f"mentoring_{table}",
            rights,
            facility="facility_id",
            audit=True,
            visible_sql=OF_OFFICE.format(column="adoption_id"),
            writable_sql=BY_MENTOR,
            day=day,
        )
        for table, rights, day in (
            ("meeting", "SIU", "day"),
            ("nextstep", "SIU", "meeting_id"),
            # Frozen for good: no U.
            ("priceexercise", "SI", "day"),
            ("finding", "SIU", "found_on"),
        )
    ),
    # Only the unit takes a price over.
    wall(
        "mentoring_pricetaking",
        "SI",
        facility="facility_id",
        audit=True,
        visible_sql=OF_OFFICE.format(column="adoption_id"),
        day="exercise_id",
    ),
]
DOORS = [
    Door(
        "mentoring_figures(bigint, date)",
        "a mentor reckons prices with the unit's numbers: sums of one adopted product, no person",
    ),
    Door(
        "mentoring_sales(bigint, date)",
        "quantity and rupiah sold of one adopted product, by month: sums, no buyer",
    ),
]
