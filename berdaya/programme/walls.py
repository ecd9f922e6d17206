"""Who may change what of an agreement.

No row here names a person or belongs to a facility: two ministries read all of it alike. What
binds both is written only by what both agreed (migrations/_rules.py).
"""

from berdaya.core.walls import wall

PROMISE = "what two ministries promised each other, no person and no facility in it"
RULE = "when a commitment is late, by date; no person in it"

TABLES = [
    wall("programme_agreement", "SI", why=PROMISE, audit=True),
    wall("programme_proposal", "SIU", why=PROMISE, audit=True),
    wall("programme_agreementversion", "SIU", why=PROMISE, audit=True),
    # Signed words are never edited: no U.
    wall("programme_clause", "SI", why=PROMISE, audit=True),
    wall("programme_commitment", "SIU", why=PROMISE, audit=True),
    wall("programme_measure", "SIU", why=PROMISE, audit=True),
    wall("programme_milestone", "SIU", why=PROMISE, audit=True),
    wall("programme_acceptance", "SI", why=PROMISE, audit=True),
    wall("programme_progressrule", "S", why=RULE),
    wall("programme_telling", "SIU", why=PROMISE, audit=True),
    wall("programme_risk", "SIU", why=PROMISE, audit=True),
    wall("programme_meeting", "SI", why=PROMISE, audit=True),
    wall("programme_meetingoffice", "SI", why=PROMISE, audit=True),
    wall("programme_decision", "SI", why=PROMISE, audit=True),
    wall("programme_meetingaction", "SIU", why=PROMISE, audit=True),
    wall("programme_quarterreport", "SIU", why=PROMISE, audit=True),
    # Frozen for good: no U.
    wall("programme_quarterversion", "SI", why=PROMISE, audit=True),
    wall("programme_quarteranswer", "SI", why=PROMISE, audit=True),
]
