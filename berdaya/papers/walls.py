"""Documents are a facility's own; their kinds are the same for all."""

from berdaya.core.walls import wall

TABLES = [
    wall("papers_documenttype", "S", why="kinds of documents, part of the program", audit=True),
    wall(
        "papers_unitnumbering",
        "SIU",
        facility="facility_id",
        audit=True,
        timeless="a pattern of numbers",
    ),
    wall(
        "papers_document",
        "SIU",
        facility="facility_id",
        audit=True,
        people="its subject may be a slip or a list of payments",
        day="day",
    ),
]
