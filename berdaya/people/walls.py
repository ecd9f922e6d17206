"""Everything about participants is protected: by facility, opened by a placement."""

from berdaya.core.walls import Door, wall

# Row security holds inside the sub-select too: only placements in scope count.
PLACED = (
    "{{in_scope}} OR EXISTS (SELECT 1 FROM people_placement p WHERE p.participant_id = {column}"
    "{more})"
)
# Where the person was before, nothing is seen that began after they had left.
BEGUN = " AND (p.valid_until IS NULL OR p.valid_until > {day})"


def _placed(column: str, day: str = "") -> str:
    return PLACED.format(column=column, more=BEGUN.format(day=day) if day else "")


# Nothing sealed reaches the audit rows; what changes under a fresh key is not a change.
SEALED = ("name", "register_no", "nik", "born_on", "bank_account", "heirs", "phone", "photo")

OWN = "participant_id = ANY ((SELECT people_clients())::bigint[])"
STATE = "a person, or what is or was true of one over a time"
# An auditor writes own openings there, long after the period that is examined.
OPENED = "who opened names is looked into up to today"
BREACH_LATER = ("people_breachnotice.breach_id", "people_breachclosing.breach_id")

TABLES = [
    wall("people_placement", "SIU", facility="facility_id", audit=True, timeless=STATE),
    wall(
        "people_participant",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=_placed("people_participant.id"),
        timeless=STATE,
    ),
    wall(
        "people_statusperiod",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=_placed("people_statusperiod.participant_id", "people_statusperiod.valid_from"),
        timeless=STATE,
    ),
    *(
        wall(
            f"people_{table}",
            "SIU",
            facility="facility_id",
            audit=True,
            visible_sql=_placed(f"people_{table}.participant_id", f"people_{table}.{day}"),
            timeless=STATE,
        )
        for table, day in (
            ("consent", "given_on"),
            ("ownrequest", "given_on"),
            ("fitnesscertificate", "valid_from"),
            ("workplacement", "valid_from"),
            ("safetyhold", "valid_from"),
        )
    ),
    # A scan shows a thumbprint: sealed, and not a byte of it in the trail.
    wall(
        "people_consentproof",
        "SIU",
        facility="facility_id",
        audit=True,
        masked=("sealed",),
        unaudited=("sealed",),
        visible_sql=_placed(
            "people_consentproof.participant_id", "people_consentproof.recorded_at::date"
        ),
        timeless=STATE,
    ),
    wall(
        "people_cleanpage",
        "SI",
        facility="facility_id",
        audit=True,
        visible_sql=_placed("people_cleanpage.participant_id"),
        timeless=STATE,
    ),
    wall("people_workinsurance", "SIU", facility="facility_id", audit=True, timeless=STATE),
    wall("people_consenttext", "SI", why="words that are read out to everybody", audit=True),
    wall("people_hazardousline", "SIU", why="which work asks for a clinician", audit=True),
    wall(
        'sealed"."identity',
        "SIU",
        facility="facility_id",
        audit=True,
        masked=(*SEALED, "key_owner"),
        unaudited=SEALED,
        timeless=STATE,
    ),
    wall(
        "people_erasure",
        "SI",
        facility="facility_id",
        audit=True,
        masked=("key_owner",),
        timeless=STATE,
    ),
    wall(
        "people_caseload",
        "SIU",
        facility="facility_id",
        audit=True,
        timeless=STATE,
        clients=("people_guides(staff_id)", "people_guides(staff_id, participant_id)"),
    ),
    # Whoever will stand in sees the days before they come; only the head's list changes.
    wall(
        "people_casecover",
        "SID",
        facility="facility_id",
        audit=True,
        timeless=STATE,
        clients=(f"people_guides(staff_id) OR {OWN}", OWN),
    ),
    *(
        wall(
            f"people_{table}",
            rights,
            facility="facility_id",
            audit=True,
            visible_sql=_placed(f"people_{table}.participant_id", f"people_{table}.{day}"),
            timeless=STATE,
        )
        for table, rights, day in (
            ("rightscase", "SI", "received_at::date"),
            ("rightsanswer", "SI", "answered_at::date"),
            ("rightsstep", "SI", "done_at::date"),
            ("restriction", "SIU", "valid_from"),
        )
    ),
    *(
        wall(f"people_{table}", "SI", facility="facility_id", audit=True, day=day, touched=touched)
        for table, day, touched in (
            ("breach", "noticed_at", BREACH_LATER),
            ("breachperson", "breach_id", ()),
            ("breachnotice", "told_at", ()),
            ("breachclosing", "closed_at", ()),
            ("retentionrun", "day", ()),
            ("retentioncount", "run_id", ()),
            ("retentionproposal", "proposed_at", ("people_retentiondecision.proposal_id",)),
            ("retentiondecision", "decided_at", ()),
        )
    ),
    wall("people_retentionrule", "SIU", why="how long what is kept; no person", audit=True),
    # What was opened stays as it was: no U, no D.
    wall("people_reveal", "SI", facility="facility_id", audit=True, timeless=OPENED),
    wall("people_revealedperson", "SI", facility="facility_id", audit=True, timeless=OPENED),
    wall(
        "people_revealreview",
        "SI",
        facility="facility_id",
        audit=True,
        masked=("note",),
        timeless=OPENED,
    ),
    wall("people_worklimits", "SIU", why="working time the law allows", audit=True),
]
DOORS = [
    Door("people_clients()", "a counsellor's own clients of today, found before any row is shown"),
    Door(
        "people_usual_openings(text, text, date, date)",
        "how many people holders of a role open a day, in the median of all units of a kind",
    ),
    Door(
        "people_withdraw_consent(bigint, date)",
        "whoever has moved takes back, where they are now, what another unit had recorded",
    ),
    Door(
        "people_settle_identities()",
        "each night an identity goes to the unit at which a placement recorded ahead has begun",
    ),
]
