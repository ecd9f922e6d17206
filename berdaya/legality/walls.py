"""Permits are public documents; the unit of production may change its own."""

from berdaya.core.walls import wall

PAPER = "a public document that holds over a time"

REFERENCE = "part of the program, the same for all"

TABLES = [
    wall("legality_permitkind", "S", why=REFERENCE, audit=True),
    wall("legality_kbli", "S", why=REFERENCE, audit=True),
    wall("legality_requirement", "S", why=REFERENCE, audit=True),
    wall(
        "legality_permit",
        "SIU",
        facility="place_id",
        visible_sql="true",
        audit=True,
        readers="public",
        timeless=PAPER,
    ),
    *(
        wall(
            f"legality_permit{named}",
            "SID",
            facility="facility_id",
            visible_sql="true",
            audit=True,
            readers="public",
            timeless=PAPER,
        )
        for named in ("product", "variant", "kbli")
    ),
]
