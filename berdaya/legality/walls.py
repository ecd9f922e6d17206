"""Permits are public documents; the unit of production may change its own.

Rules that hold for the whole country are written by their decisions alone (migrations/_gate.py).
"""

from berdaya.core.walls import wall

PAPER = "a public document that holds over a time"

REFERENCE = "part of the program, the same for all"
RULES = "law, the same for all; a trigger asks for the decision of two people behind each row"
JUDGED = "what rules say to equal facts: codes and days, derived and written anew at any time"
CLAIM = "what a product says of itself on packs and in public"

TABLES = [
    wall("legality_permitkind", "S", why=REFERENCE, audit=True),
    wall("legality_kbli", "S", why=REFERENCE, audit=True),
    wall("legality_requirement", "SIU", why=RULES, audit=True),
    wall("legality_marketentry", "SIU", why=RULES, audit=True),
    wall("legality_rulechange", "SI", why=RULES, audit=True),
    wall("legality_ruledecision", "SI", why=RULES, audit=True),
    wall("legality_indication", "S", why=REFERENCE, audit=True),
    wall("legality_motif", "S", why=REFERENCE, audit=True),
    wall("legality_factgroup", "SIU", why=JUDGED),
    wall("legality_judginground", "SIU", why=JUDGED),
    wall(
        "legality_judgement",
        "SIU",
        facility="facility_id",
        visible_sql="true",
        readers="public",
        timeless=JUDGED,
    ),
    *(
        wall(
            table,
            rights,
            facility="facility_id",
            visible_sql="true",
            audit=True,
            readers="public",
            timeless=CLAIM,
        )
        for table, rights in [
            ("legality_productorigin", "SIU"),
            ("legality_halalstanding", "SIU"),
            ("legality_override", "SI"),
            ("legality_overridedecision", "SI"),
        ]
    ),
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
