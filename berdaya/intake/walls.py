"""Everything that came from a unit's workbook is that unit's alone."""

from berdaya.core.walls import wall

TABLES = [
    # What the dry run quotes from cells goes when the workbook goes; audit rows stay for good.
    wall(
        "intake_workbookimport",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("file_name", "left_out", "report"),
    ),
    wall("intake_stagedsheet", "SID", facility="facility_id"),
    wall("intake_stagedidentity", "SID", facility="facility_id"),
    wall("intake_importedrow", "SI", facility="facility_id", audit=True),
    wall("intake_columnmap", "SIUD", facility="facility_id", audit=True),
    wall("intake_importprogress", "SIUD", why="counts of steps; written outside the booking"),
]
