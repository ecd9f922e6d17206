"""Stalls and what lies there: seen by the owner of the goods and by the stall's host."""

from berdaya.core.walls import Wall, wall

# A unit that is invited may know who stands at which stall; only its own invitations are counted.
INVITED = (
    "{in_scope} OR EXISTS (SELECT 1 FROM till_invitation i WHERE i.event_id = till_stall.event_id)"
)
# The host sees what others gave it to sell; writing stays with the owner's scope (mandates.py).
AT_HOST = "{in_scope} OR host_id = ANY ((SELECT core_scope_facilities_for(''))::bigint[])"


# What is agreed before a festival, and the numbers on a block, have no business day of their own.
AGREED = "agreed beforehand: the days of selling refer to it"


def _shared(table: str, rights: str, day: str) -> Wall:
    return wall(table, rights, facility="facility_id", audit=True, visible_sql=AT_HOST, day=day)


def _own(table: str, rights: str, day: str = "") -> Wall:
    undated = "" if day else AGREED
    return wall(table, rights, facility="facility_id", audit=True, day=day, timeless=undated)


TABLES: list[Wall] = [
    wall("till_event", "SIU", why="a public event, no person in it", audit=True),
    wall(
        "till_stall",
        "SIU",
        facility="facility_id",
        audit=True,
        visible_sql=INVITED,
        timeless=AGREED,
    ),
    _own("till_invitation", "SIU"),
    _own("till_productproposal", "SI"),
    _own("till_proposaldecision", "SI"),
    _shared("till_handout", "SIU", "handed_on"),
    _shared("till_handoutline", "SIU", "hand_out_id"),
    _shared("till_handback", "SI", "day"),
    _shared("till_handbackline", "SI", "hand_back_id"),
    _shared("till_handoutloss", "SIU", "day"),
    _shared("till_settlement", "SIU", "reckoned_on"),
    _shared("till_settlementline", "SI", "settlement_id"),
    _shared("till_settlementsale", "SIU", "settlement_id"),
    _own("till_cashrounding", "SIU"),
    # A stall's day, its notas and its cash belong to the host; U: closed, proven, received.
    _own("till_stallsession", "SIU", "day"),
    wall("till_saleclaim", "SI", facility="facility_id", timeless="a key that arrived"),
    _own("till_stallsale", "SIU", "day"),
    # The owner's part is dated by the owner's sale: the nota itself is the host's.
    _shared("till_stallsalepart", "SI", "sale_id"),
    _shared("till_stallsaleline", "SI", "part_id"),
    _own("till_stallvoid", "SI", "stall_sale_id"),
    _own("till_qriswriteoff", "SIU", "stall_sale_id"),
    _own("till_paperblock", "SI"),
    _own("till_papernota", "SI"),
    _own("till_stallclosing", "SI", "session_id"),
    _own("till_cashhandover", "SIU", "closing_id"),
]
