"""Why one may or may not: the decree behind a yes, the way on from a no, and who else may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Verdict
from berdaya.institutions.four_eyes import FourEyes, steps_of
from berdaya.institutions.models import Appointment, AssignmentLetter, Facility, Staff
from berdaya.institutions.queries import actor_of, letters_on, reach_of, ups
from berdaya.institutions.roles import ABILITIES, AUDITOR, ROLES, WITHOUT_ROWS, Role, holders_of
from berdaya.institutions.rules import may_somewhere
from berdaya.institutions.rules_letters import letter_missing
from berdaya.institutions.standing_in import decision_verdict

# So many colleagues are named; an auditor only looks and is not one of them.
MOST_OTHERS = 12


@dataclass(frozen=True)
class Grant:
    """One decree that gives an ability, with what a page says of it."""

    appointment: Appointment

    @property
    def role(self) -> Role:
        return ROLES[self.appointment.role]


@dataclass(frozen=True)
class Explanation:
    """The whole answer about one ability at one place for one person on a day."""

    ability: str
    verdict: Verdict
    grants: Sequence[Grant]
    letters: Sequence[AssignmentLetter]
    roles: Sequence[Role]
    others: Sequence[Grant]
    steps: Sequence[FourEyes]
    in_stead: Sequence[Role] = ()

    @property
    def words(self) -> str:
        """The ability in plain words, in the reader's language."""
        return str(ABILITIES[self.ability])


def explain(
    *, staff: Staff, ability: str, facility: Facility | None, on: date, names_others: bool
) -> Explanation:
    """Ask as `staff` would be asked that day; without a facility: anywhere at all.

    `names_others`: the reader may see who holds roles there. KeyError for an unknown ability.
    """
    actor = actor_of(staff, on)
    verdict = _verdict(actor, ability, facility, on)
    held = [Grant(row) for row in _held(ability, facility, on, staff)]
    is_auditor = AUDITOR in [role.code for role in holders_of(ability)]
    letters = list(letters_on(staff.pk, on).with_places()) if is_auditor else []
    mine = [one for one in held if one.appointment.staff_id == staff.pk]
    # An auditor's decree opens nothing where no letter does.
    granted = [one for one in mine if one.role.code != AUDITOR or letters]
    if not verdict.ok and mine and not granted:
        verdict = Verdict((letter_missing(),))
    # Who would only stand in is named where nobody of the unit holds it.
    first = [one for one in held if ability in one.role.abilities] or held
    others = [one for one in first if one not in mine and one.role.code != AUDITOR]
    return Explanation(
        ability=ability,
        verdict=verdict,
        grants=granted if verdict.ok else [],
        letters=letters if verdict.ok else [],
        roles=holders_of(ability),
        others=others[:MOST_OTHERS] if names_others and facility else [],
        steps=steps_of(ability),
        in_stead=[role for role in ROLES.values() if ability in role.in_stead],
    )


def _verdict(actor: Actor, ability: str, facility: Facility | None, on: date) -> Verdict:
    if facility is None:
        return may_somewhere(actor, ability)
    verdict = decision_verdict(actor, ability, facility.pk)
    if not verdict.ok and ability in WITHOUT_ROWS and reach_of(actor, ability, on).covers(facility):
        return ALLOWED
    return verdict


def _held(
    ability: str, facility: Facility | None, on: date, staff: Staff
) -> "QuerySet[Appointment]":
    """Appointments of that day that give the ability there, acting ones too; the unit's own first.

    Anywhere at all: only this person's.
    """
    roles = [role.code for role in ROLES.values() if ability in role.abilities | role.in_stead]
    rows = Appointment.objects.on(on).filter(role__in=roles)
    if facility is None:
        rows = rows.filter(staff=staff)
    else:
        above = Q(office__path__in=ups(facility.office.path))
        rows = rows.filter(Q(facility=facility) | above).filter(staff__is_active=True)
    return rows.select_related("staff", "facility", "office").order_by(
        "facility_id", "role", "staff__display_name"
    )
