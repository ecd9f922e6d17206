"""Who may touch the rows of own businesses: whoever is under the neutral address, the UMKM side.

No row belongs to a facility, so none is compared with one. `market_open()` asks instead who acts:
staff only where an appointment as UMKM officer holds, never anybody of a unit, a Bapas or a
regional office of corrections; no public page of the other host, no buyer of a unit's shop. Nothing
is copied into audit rows, which heads of units read: a shop that appears in the week after a
release would tell. `market_decision` and the own book are journals: they are only added to.
"""

from berdaya.core.walls import wall

# As a subquery it is asked once a statement.
GUARD = "(SELECT market_open())"
OWN = "an own business under the neutral address; reaches no person in custody and no unit"

TABLES = [
    wall(f"market_{table}", rights, why=OWN, guard=GUARD)
    for table, rights in (
        ("application", "SIU"),
        ("shop", "SIU"),
        ("shoppermit", "SIUD"),
        ("seller", "SIU"),
        ("sellerinvitation", "SIUD"),
        ("sellersession", "SIUD"),
        ("decision", "SI"),
        ("product", "SIU"),
        ("picture", "SIUD"),
        ("order", "SIU"),
        ("ordercontact", "SIU"),
        ("orderline", "SI"),
        ("bookrow", "SI"),
    )
]
