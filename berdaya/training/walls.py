"""Who may see and change what people learn.

A course and a session say nothing of a person: mentors and the UMKM side, who have no facility,
read them, except those of an LPKA. How many places are taken is a count of people and stands apart.
"""

from berdaya.core.walls import wall

TOLD = "what a certificate says to everybody who has its code: no person and no place in it"
REFERENCE = "part of the program, the same for all (data/*.csv)"
NOT_OF_CHILDREN = (
    "{{in_scope}} OR NOT EXISTS (SELECT FROM institutions_facility f"
    " WHERE f.id = {table}.facility_id AND f.kind = 'lpka')"
)
# What somebody can do follows them to where they are placed now.
PLACED = (
    "{in_scope} OR EXISTS (SELECT FROM people_placement p"
    " WHERE p.participant_id = training_heldskill.participant_id"
    " AND (p.valid_until IS NULL OR p.valid_until > training_heldskill.valid_from))"
)

# A course outlives an audited period, and what somebody can do is true until it lapses.
STANDING = "stands until it is changed: no act of one day"

PLACED_NOW = (
    "{in_scope} OR EXISTS (SELECT FROM people_placement p"
    " WHERE p.participant_id = training_certificate.participant_id"
    " AND (p.valid_until IS NULL OR p.valid_until > current_date))"
)

TABLES = [
    *(
        wall(f"training_{table}", "SIU", why=REFERENCE, audit=True)
        for table in ("skill", "competenceunit", "criterion")
    ),
    *(
        wall(
            f"training_{table}",
            rights,
            facility="facility_id",
            audit=True,
            visible_sql=NOT_OF_CHILDREN.format(table=f"training_{table}"),
            day=day,
            timeless="" if day else STANDING,
        )
        for table, rights, day in (
            ("course", "SIU", ""),
            ("courseunit", "SID", ""),
            ("session", "SIU", ("starts_on", "ends_on")),
            ("sessionday", "SID", "day"),
            # Once told, a count is never told again: no U.
            ("sessioncount", "SI", "session_id"),
        )
    ),
    *(
        wall(f"training_{table}", rights, facility="facility_id", audit=True, day=day)
        for table, rights, day in (
            ("seats", "SIU", "session_id"),
            ("enrolment", "SIU", "session_id"),
            ("attendance", "SIUD", "day"),
            # An attempt stays as it was.
            ("assessment", "SI", "assessed_on"),
            ("assessmentmark", "SI", "assessment_id"),
            ("piecephoto", "SI", "assessment_id"),
            ("piecereview", "SI", "photo_id"),
            ("attendanceproof", "SIU", "session_id"),
            ("proofline", "SI", "proof_id"),
        )
    ),
    *(
        wall(f"training_{table}", "SIU", why=TOLD, audit=True)
        for table in ("certificateissuer", "issuerkey", "credential")
    ),
    # Whose it is can be seen where the person is placed now; the code on the paper in no audit.
    wall(
        "training_certificate",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("holder_code",),
        visible_sql=PLACED_NOW,
        day="assessment_id",
    ),
    *(
        wall(f"training_{table}", rights, facility="facility_id", audit=True, day=day)
        for table, rights, day in (
            ("certificatedecision", "SI", "certificate_id"),
            ("withdrawal", "SIU", "certificate_id"),
            ("withdrawaldecision", "SI", "withdrawal_id"),
        )
    ),
    wall(
        "training_heldskill",
        "SI",
        facility="facility_id",
        audit=True,
        visible_sql=PLACED,
        timeless=STANDING,
    ),
]
