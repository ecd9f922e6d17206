"""Everything that came from a unit's workbook is that unit's alone."""

from berdaya.core.walls import wall

SOURCE = "one workbook is the source of rows of many days"

TABLES = [
    # What the dry run quotes from cells goes when the workbook goes; audit rows stay for good.
    wall(
        "intake_workbookimport",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("file_name", "left_out", "report"),
        people="cells of the unit's own workbook",
        timeless=SOURCE,
    ),
    wall(
        "intake_stagedsheet",
        "SID",
        facility="facility_id",
        people="cells of the unit's own workbook",
        timeless=SOURCE,
    ),
    wall(
        "intake_importedrow",
        "SI",
        facility="facility_id",
        audit=True,
        people="cells of the unit's own workbook",
        timeless=SOURCE,
    ),
    wall(
        "intake_stagedidentity",
        "SID",
        facility="facility_id",
        people="identities of the unit's own workbook, sealed",
        timeless=SOURCE,
    ),
    wall("intake_columnmap", "SIUD", facility="facility_id", audit=True, timeless=SOURCE),
    wall("intake_importprogress", "SIUD", why="counts of steps; written outside the booking"),
]
