"""Stalls and what lies there: seen by the owner of the goods and by the stall's host."""

from berdaya.core.walls import Wall, wall

# A unit that is invited may know who stands at which stall; only its own invitations are counted.
INVITED = (
    "{in_scope} OR EXISTS (SELECT 1 FROM till_invitation i WHERE i.event_id = till_stall.event_id)"
)
# The host sees what others gave it to sell; writing stays with the owner's scope (mandates.py).
AT_HOST = "{in_scope} OR host_id = ANY ((SELECT core_scope_facilities_for(''))::bigint[])"


def _shared(table: str, rights: str) -> Wall:
    return wall(table, rights, facility="facility_id", audit=True, visible_sql=AT_HOST)


TABLES: list[Wall] = [
    wall("till_event", "SIU", why="a public event, no person in it", audit=True),
    wall("till_stall", "SIU", facility="facility_id", audit=True, visible_sql=INVITED),
    wall("till_invitation", "SIU", facility="facility_id", audit=True),
    wall("till_productproposal", "SI", facility="facility_id", audit=True),
    wall("till_proposaldecision", "SI", facility="facility_id", audit=True),
    _shared("till_handout", "SIU"),
    _shared("till_handoutline", "SIU"),
    _shared("till_handback", "SI"),
    _shared("till_handbackline", "SI"),
    _shared("till_handoutloss", "SIU"),
    _shared("till_settlement", "SIU"),
    _shared("till_settlementline", "SI"),
    _shared("till_settlementsale", "SIU"),
    # A stall's day, its notas and its cash belong to the host; U: closed, proven, received.
    wall("till_stallsession", "SIU", facility="facility_id", audit=True),
    wall("till_saleclaim", "SI", facility="facility_id"),
    wall("till_stallsale", "SIU", facility="facility_id", audit=True),
    _shared("till_stallsalepart", "SI"),
    _shared("till_stallsaleline", "SI"),
    wall("till_stallvoid", "SI", facility="facility_id", audit=True),
    wall("till_paperblock", "SI", facility="facility_id", audit=True),
    wall("till_papernota", "SI", facility="facility_id", audit=True),
    wall("till_stallclosing", "SI", facility="facility_id", audit=True),
    wall("till_cashhandover", "SIU", facility="facility_id", audit=True),
]
