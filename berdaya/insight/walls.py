"""Who may see and change figures, reports, targets and seats.

No row names a person. A figure is a true count and small ones are nearly a name, so figures and
reports stand behind the facility's wall; what was told of them is open to everybody.
"""

from berdaya.core.walls import wall

AIM = "what a ministry or region aims at, no person in it"
WHERE = "where a facility belongs and how many it has room for, published by decree"
SUMS = "figures of an office's units added up by region: read only with all units of the office"
# The second half refuses even where no row is found: IN_SCOPE in core/walls.py.
WHOLE = (
    "office_id = ANY ((SELECT insight_whole_offices())::bigint[])"
    " AND office_id >= core_scope_floor_for('')"
)
RULE = "until when a report is due, by date; no person in it"

TABLES = [
    # Reckoned again each night: the rows behind it are what is audited.
    wall("insight_figure", "SIU", facility="facility_id", day="month"),
    # Written by triggers of the owner's alone, with whatever they add up (migrations/_sums.py).
    wall("insight_officesum", "S", guard=WHOLE, why=SUMS),
    # Once told, a figure is never told again: no U.
    wall(
        "insight_toldfigure", "SI", facility="facility_id", audit=True, readers="public",
        visible_sql="true", day="month",
    ),
    wall("insight_seat", "SIU", why=WHERE, audit=True),
    wall("insight_target", "SIU", why=AIM, audit=True),
    wall("insight_reportrule", "S", why=RULE),
    wall("insight_report", "SIU", facility="facility_id", audit=True, day="month"),
    # Frozen for good: no U.
    wall("insight_reportversion", "SI", facility="facility_id", audit=True, day="report_id"),
    wall("insight_reportanswer", "SI", facility="facility_id", audit=True, day="version_id"),
]  # fmt: skip
