"""What waits about people's data: requests with their clock, breaches, identities to let go."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.roles import ROLES
from berdaya.institutions.rules import AT_OFFICE, places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.people.calc import TimeLeft, time_left
from berdaya.people.models import RightsKind
from berdaya.people.queries import within_caseload
from berdaya.people.retention import open_proposals
from berdaya.people.rights import open_breaches, open_cases

SHOWN = 20


def register() -> None:
    """Put them on Hari Ini."""
    waits("people.rights", rights_that_wait)
    waits("people.breaches", breaches_that_wait)
    waits("people.retention", identities_that_wait)


def at_hand(actor: Actor, ability: str, facility_ids: frozenset[int]) -> set[int]:
    """Where the actor has the ability by a role held at that very facility, not at an office."""
    far = actor.roles.get(AT_OFFICE, frozenset())
    return {
        pk
        for pk in places_of(actor, ability, facility_ids)
        if any(ability in ROLES[role].abilities for role in actor.roles.get(pk, set()) - far)
    }


def rights_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Requests nobody answered: all of them at the unit, those overdue for the office above."""
    ids = places_of(actor, "rights.answer", facility_ids)
    if not ids:
        return
    near = at_hand(actor, "rights.answer", facility_ids)
    late = Q(due_at__lt=clock.now())
    rows = open_cases(ids).filter(Q(facility_id__in=near) | late).order_by("due_at", "pk")
    rows = within_caseload(rows, actor, clock.today())
    told = ("code", "kind", "due_at", "received_at", "facility__name", "facility__timezone")
    yield Waiting(rows.values(*told)[:SHOWN], _request)


def _request(row: dict[str, Any]) -> Item:
    left = _left(row["due_at"])
    return Item(
        text=_("Permohonan %(code)s: %(kind)s")
        % {"code": row["code"], "kind": RightsKind(row["kind"]).label},
        url=reverse("people:rights_case", args=[row["code"]]),
        age_on=_day(row["received_at"], row["facility__timezone"]),
        detail=f"{row['facility__name']} · {left.words}",
        state="bad" if left.is_overdue else "warn",
        state_text=_("Terlambat") if left.is_overdue else _("Jawab"),
    )


def breaches_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Failures that are not closed, for whoever must tell the persons and the authority."""
    ids = places_of(actor, "breach.record", facility_ids)
    if not ids:
        return
    rows = open_breaches(ids).order_by("due_at", "pk")
    told = ("code", "due_at", "noticed_at", "told_persons", "told_authority", "facility__name",
            "facility__timezone")  # fmt: skip
    yield Waiting(rows.values(*told)[:SHOWN], _breach)


def _breach(row: dict[str, Any]) -> Item:
    is_told = row["told_persons"] and row["told_authority"]
    left = _left(row["due_at"])
    late = left.is_overdue and not is_told
    return Item(
        text=_("Kegagalan pelindungan data %(code)s") % {"code": row["code"]},
        url=reverse("people:breach", args=[row["code"]]),
        age_on=_day(row["noticed_at"], row["facility__timezone"]),
        detail=f"{row['facility__name']} · {_('sudah diberitahukan') if is_told else left.words}",
        state="bad" if late else "warn",
        state_text=_("Terlambat") if late else _("Tutup") if is_told else _("Beri tahu"),
    )


def identities_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a facility with identities whose time has come."""
    ids = sorted(at_hand(actor, "identity.erase", facility_ids))
    if not ids:
        return
    rows = open_proposals(ids).order_by().values("facility__name")
    counted = rows.annotate(people=Count("pk"), first=Min("due_on"), last=Min("automatic_on"))
    yield Waiting(counted, _identities)


def _identities(row: dict[str, Any]) -> Item:
    people = row["people"]
    text = ngettext(
        "%(n)s data diri habis masa simpannya", "%(n)s data diri habis masa simpannya", people
    )
    last = datetime.fromisoformat(row["last"]).date()
    return Item(
        text=text % {"n": people},
        url=reverse("people:retention"),
        age_on=datetime.fromisoformat(row["first"]).date(),
        detail=_("%(name)s, dihapus sendiri mulai %(day)s")
        % {"name": row["facility__name"], "day": clock.format_date(last)},
        state="warn",
        state_text=_("Putuskan"),
    )


def _left(due_at: str) -> TimeLeft:
    return time_left(datetime.fromisoformat(due_at), clock.now())


def _day(instant: str, zone: str) -> Any:
    return clock.local(datetime.fromisoformat(instant), zone).date()
