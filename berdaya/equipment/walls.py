"""Machines and their calendar: each facility's own, a booking also the owner's of the machine.

What is opened to a facility by a share can be looked at from there; of others' bookings on it the
door tells who and when, and nothing else.
"""

from berdaya.core.walls import Door, wall

# Rows of machines that are shared with a facility in scope today, or were booked from there.
SHARED = "{in_scope} OR %s = ANY ((SELECT equipment_%s_ids())::bigint[])"

# A machine, its plan and its tools stand for years; a booking dates itself.
STANDING = "stands until it is changed: no act of one day"

TABLES = [
    wall(
        "equipment_equipment", "SIU", facility="facility_id", audit=True,
        visible_sql=SHARED % ("id", "known"), timeless=STANDING,
    ),
    *(
        wall(
            f"equipment_{table}", rights, facility="facility_id", audit=True,
            visible_sql=SHARED % ("equipment_id", "open"), timeless=STANDING,
        )
        for table, rights in (("condition", "SI"), ("share", "SIU"))
    ),
    # Two facilities have a say in a booking: whoever asked, and whoever keeps the calendar.
    wall(
        "equipment_booking", "SIU", facility="facility_id", beside="owner_facility_id", audit=True,
        timeless="who had a machine when explains the days of both units",
    ),
    *(
        wall(
            f"equipment_{table}", rights, facility="facility_id", audit=True,
            day=day, timeless="" if day else STANDING,
        )
        for table, rights, day in (
            ("maintenanceplan", "SIU", ""),
            ("maintenance", "SIU", ""),
            ("toolset", "SIU", ""),
            ("tool", "SIU", ""),
            ("toolcount", "SIU", "day"),
            ("toolcountline", "SIU", "count_id"),
            ("missingtool", "SIU", ""),
        )
    ),
]  # fmt: skip
DOORS = [
    Door(
        "equipment_open_ids()",
        "which machines others share with a facility in scope today: ids, nothing else",
    ),
    Door(
        "equipment_known_ids()",
        "those, and machines a facility in scope has booked: a booking keeps the machine's name",
    ),
    Door(
        "equipment_busy(bigint[], timestamp with time zone, timestamp with time zone)",
        "when a machine one may use is taken, by which unit: no purpose, no person",
    ),
]
