"""Reference data and staff: open tables, nothing in them is about a participant."""

from berdaya.core.walls import wall

PUBLIC = "published reference data"
AT_THE_DOOR = "read at sign-in, before any scope; never shown publicly"
REGISTER = "a register of institutions, read by every room"

TABLES = [
    wall("institutions_referenceset", "SIU", why=PUBLIC, audit=True),
    wall("institutions_region", "SIU", why=PUBLIC),
    # D so that a corrected list takes a day back.
    wall("institutions_holiday", "SIUD", why=PUBLIC, audit=True),
    wall("institutions_office", "SIU", why=PUBLIC, audit=True),
    wall("institutions_facility", "SIU", why=PUBLIC, audit=True),
    wall("institutions_facilityclass", "SIU", why=PUBLIC, audit=True),
    wall("institutions_party", "SIU", why=REGISTER, audit=True),
    wall("institutions_revenueregime", "SIU", why=REGISTER, audit=True),
    wall("institutions_bankaccount", "SIU", why=REGISTER, audit=True, masked=("number",)),
    wall("institutions_qrisaccount", "SIU", why=REGISTER, audit=True, masked=("payload_text",)),
    wall(
        "institutions_staff",
        "SIU",
        why="signing in comes before any scope; never shown publicly",
        audit=True,
        masked=("password",),
        unaudited=("last_login",),
    ),
    wall(
        "institutions_appointment",
        "SIU",
        why="the scope is made from it; never shown publicly",
        audit=True,
    ),
    wall(
        "institutions_assignmentletter",
        "SIU",
        why="an auditor's scope is made from it; never shown publicly",
        audit=True,
    ),
    wall(
        "institutions_letterfacility",
        "SI",
        why="an auditor's scope is made from it; never shown publicly",
        audit=True,
    ),
    wall("institutions_unitpc", "SIU", why=AT_THE_DOOR, audit=True, masked=("key_hash",)),
    wall(
        "institutions_pcuser",
        "SIU",
        why=AT_THE_DOOR,
        audit=True,
        masked=("pin_hash",),
        unaudited=("failures",),
    ),
    # A session is no act: what people do in it is audited, and its key is a secret.
    wall("institutions_staffsession", "SIUD", why=AT_THE_DOOR),
    wall("institutions_factorcard", "SIU", why=AT_THE_DOOR, audit=True),
    # Audited by the card: forty rows a card would say no more.
    wall("institutions_cardcode", "SIU", why=AT_THE_DOOR),
    wall("institutions_invitation", "SIU", why=AT_THE_DOOR, audit=True, masked=("code_hash",)),
    wall("institutions_attempts", "SIUD", why="counts of wrong tries, by hash"),
    wall("institutions_demoworld", "SI", why="one mark: this world is invented"),
]
