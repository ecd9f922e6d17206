"""A unit's own number pattern for a kind of document."""

from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.papers import rules
from berdaya.papers.models import DocumentType, UnitNumbering


def set_number_pattern(
    *, by: Actor, facility: Facility, type: DocumentType, pattern: str
) -> UnitNumbering:
    """From now on new documents are numbered so; those already numbered keep theirs.

    An empty pattern is the usual one. Refused: pattern_unreadable, pattern_repeats.
    """
    required()
    wanted = pattern.strip() or type.number_pattern
    require(may(by, "numbering.edit", facility.pk) + rules.may_be_pattern(wanted))
    row, _made = UnitNumbering.objects.update_or_create(
        facility=facility, type=type, defaults={"number_pattern": wanted}
    )
    return row
