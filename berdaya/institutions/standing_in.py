"""The regional office decides in a unit's stead where nobody there can, and never otherwise.

`Role.in_stead` lists for which abilities; `rules.may_stand_in` is the rule. Whoever acts so is
still one person: the walls of four_eyes.py compare accounts and know nothing of this file.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor, add_to_reason
from berdaya.core.verdicts import Verdict, require
from berdaya.institutions.models import Appointment
from berdaya.institutions.roles import holders_of
from berdaya.institutions.rules import may, may_stand_in, places_of, stands_in
from berdaya.institutions.today import Item

IN_STEAD = "in the unit's stead"


def able_at(ability: str, on: Any = None) -> "QuerySet[Appointment]":
    """Appointments of a day to a unit itself that give the ability to somebody who can sign in."""
    roles = [role.code for role in holders_of(ability)]
    rows = Appointment.objects.on(on or clock.today())
    return rows.filter(role__in=roles, facility__isnull=False, staff__is_active=True)


def decision_verdict(
    actor: Actor, ability: str, facility_id: int, done_by: Iterable[int | None] = ()
) -> Verdict:
    """`may`, and for the regional office whether it stands in: one query more, for it alone.

    `done_by`: who did the first part and cannot do this one.
    """
    if not stands_in(actor, ability, facility_id):
        return may(actor, ability, facility_id)
    able = able_at(ability).filter(facility=facility_id).values_list("staff_id", flat=True)
    return may_stand_in(actor, ability, facility_id, able=set(able) - set(done_by))


def require_decision(
    *, by: Actor, ability: str, facility_id: int, done_by: Iterable[int | None] = ()
) -> None:
    """Inside an action, in an open scope: the audit is told where somebody stands in.

    Refused as `may`, and unit_can_decide.
    """
    require(decision_verdict(by, ability, facility_id, done_by))
    if stands_in(by, ability, facility_id):
        add_to_reason(IN_STEAD)


Tell = Callable[[dict[str, Any]], Item]


def to_decide(
    actor: Actor,
    ability: str,
    facility_ids: Iterable[int],
    rows: "QuerySet[Any]",
    done_by: str,
    tell: Tell,
) -> "Iterator[tuple[QuerySet[Any], Tell]]":
    """For Hari Ini: what waits for this actor, and apart what they may decide in a unit's stead.

    `rows` have a `facility`; `done_by` names the column of who did the first part.
    """
    ids = list(facility_ids)
    others = rows.exclude(**{done_by: actor.user_id})
    if own := places_of(actor, ability, ids):
        yield others.filter(facility__in=own), tell
    if stead := [pk for pk in ids if stands_in(actor, ability, pk)]:
        able = able_at(ability).filter(facility=OuterRef("facility"))
        able = able.exclude(staff=Coalesce(OuterRef(done_by), Value(0)))
        yield others.filter(~Exists(able), facility__in=stead), _in_stead(tell)


def _in_stead(tell: Tell) -> Tell:
    def told(row: dict[str, Any]) -> Item:
        item = tell(row)
        why = _("Di UPT-nya hari ini tidak ada yang dapat memutuskan; Anda menggantikan.")
        return replace(item, detail=f"{item.detail}. {why}" if item.detail else why)

    return told
