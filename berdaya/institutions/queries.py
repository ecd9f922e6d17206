"""Who acts where: the actor behind an account, and what is true of institutions on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from berdaya.core import clock
from berdaya.core.memo import remembered
from berdaya.core.scope import Actor
from berdaya.core.spans import Examined
from berdaya.institutions.models import (
    Appointment,
    AssignmentLetter,
    DemoWorld,
    Facility,
    FacilityKind,
    Holiday,
    Office,
    RevenueRegime,
    Staff,
)
from berdaya.institutions.roles import AUDITOR, BY_CASELOAD, ROLES
from berdaya.institutions.rules import AT_OFFICE, Reach

WEEKEND = (5, 6)
# No row of weekends and holidays is longer.
LONGEST_REST = timedelta(days=30)


def actor_of(staff: Staff, on: date | None = None) -> Actor:
    """The actor behind an account on a day (default today): two queries, an auditor's three.

    A role at a facility holds there; a role at an office holds at every facility below it. An
    auditor's holds only where a letter of assignment is in force too, and shows what was in the
    period that it names; a counsellor's shows own clients.
    """
    day = on or clock.today()
    appointments = list(
        Appointment.objects.on(day)
        .filter(staff=staff)
        .select_related("office", "facility__office")
        .only(
            "role", "office__path", "facility__timezone", "facility__kind", "facility__office__path"
        )
    )
    roles: dict[int, set[str]] = defaultdict(set)
    for row in appointments:
        roles[row.facility_id or AT_OFFICE].add(row.role)
    opening = [row for row in appointments if ROLES[row.role].opens_facilities]
    offices = [(row.office, row.role) for row in opening if row.office]
    places = _places_below(offices) + [_place(row.facility) for row in opening if row.facility]
    for place in places:
        held = {role for office, role in offices if _opens(role, office, place)}
        if held:
            roles[place.pk] |= held
    is_auditor = any(row.role == AUDITOR for row in appointments)
    examined = _limit_auditor(roles, set(places), staff.pk, day) if is_auditor else frozenset()
    return Actor(
        name=f"staff:{staff.pk}",
        user_id=staff.pk,
        facility_ids=frozenset(roles.keys() - {AT_OFFICE}),
        roles={pk: frozenset(names) for pk, names in roles.items()},
        guided=_only(roles, BY_CASELOAD),
        examined=examined,
    )


class _Place(NamedTuple):
    """A facility as a letter finds it."""

    pk: int
    path: str
    zone: str
    kind: str


def _place(facility: Facility) -> _Place:
    return _Place(facility.pk, facility.office.path, facility.timezone, facility.kind)


def _opens(role: str, office: Office, place: _Place) -> bool:
    """Whether a role at an office opens a facility below it: some only houses without people."""
    barred = ROLES[role].houses_only and place.kind != FacilityKind.PRODUCTION_HOUSE
    return _covers(office.path, place.path) and not barred


def _only(roles: Mapping[int, set[str]], which: Set[str]) -> frozenset[int]:
    """Facilities where nothing else that opens rows is held but roles of `which`."""
    return frozenset(
        pk for pk, names in roles.items()
        if pk != AT_OFFICE
        and (opening := {name for name in names if ROLES[name].opens_facilities})
        and opening <= which
    )  # fmt: skip


def _limit_auditor(
    roles: dict[int, set[str]], places: Set[_Place], staff_id: int, day: date
) -> frozenset[Examined]:
    """Take the auditor's role away where no letter names the facility; without any, everywhere.

    What is left are the periods of those facilities that are opened by letters alone.
    """
    letters = letters_on(staff_id, day).order_by()
    rows = [Opened(*row) for row in letters.values_list(*OPENED)]
    opened = {place: [row for row in rows if row.covers(place)] for place in places}
    named = {place.pk for place, found in opened.items() if found}
    kept = named | {AT_OFFICE} if named & roles.keys() else set()
    for pk in roles.keys() - kept:
        roles[pk].discard(AUDITOR)
    for pk in [pk for pk, names in roles.items() if not names]:
        del roles[pk]
    alone = _only(roles, {AUDITOR})
    return frozenset(
        Examined(place.pk, row.since, row.until, place.zone)
        for place, found in opened.items()
        # One letter without a period opens all of it.
        if place.pk in alone and all(row.since for row in found)
        for row in found
        if row.since
    )


OPENED = ("office__path", "places__facility", "examined_from", "examined_until")


class Opened(NamedTuple):
    """An office, or one facility, that a letter names, and the period to be examined there."""

    path: str | None
    facility_id: int | None
    since: date | None
    until: date | None

    def covers(self, place: _Place) -> bool:
        if self.path is None:
            return self.facility_id == place.pk
        return _covers(self.path, place.path)


def letters_on(staff_id: int, day: date) -> "QuerySet[AssignmentLetter]":
    """The letters of assignment of an auditor that are in force on a day."""
    return AssignmentLetter.objects.on(day).filter(auditor_id=staff_id)


def letter_for(staff_id: int, facility: Facility, day: date) -> AssignmentLetter | None:
    """The letter under which an auditor looks into this facility; its office must be loaded."""
    above = Q(office__path__in=ups(facility.office.path))
    rows = letters_on(staff_id, day).filter(above | Q(places__facility=facility))
    return rows.order_by("-valid_from", "-pk").first()


def reach_of(actor: Actor, ability: str, on: date) -> Reach:
    """Where the actor has an ability on a day, administrators included: one query.

    An auditor's letter bounds it as it bounds the actor.
    """
    holders = [role.code for role in ROLES.values() if ability in role.abilities]
    held = Appointment.objects.on(on).filter(staff_id=actor.person_id, role__in=holders)
    rows = list(held.exclude(role=AUDITOR).values_list("facility_id", "office__path"))
    named = {pk for pk, names in actor.roles.items() if AUDITOR in names} - {AT_OFFICE}
    return Reach(
        frozenset(pk for pk, _path in rows if pk is not None)
        | (frozenset(named) if AUDITOR in holders else frozenset()),
        tuple(path for _pk, path in rows if path is not None),
    )


def _places_below(offices: list[tuple[Office, str]]) -> list[_Place]:
    if not offices:
        return []
    every = Facility.objects.values_list("pk", "office__path", "timezone", "kind")
    found = (_Place(*row) for row in every)
    return [one for one in found if any(_covers(o.path, one.path) for o, _ in offices)]


def _covers(above: str, path: str) -> bool:
    return path == above or path.startswith(f"{above}/")


def under(reach: Reach, path: str) -> Q:
    """Rows whose office, found at `path`, stands at or below one of the reach's."""
    found = Q(pk__in=[])
    for one in reach.paths:
        found |= Q(**{path: one}) | Q(**{f"{path}__startswith": f"{one}/"})
    return found


def paths_above(facility_ids: Iterable[int]) -> set[str]:
    """The paths of all offices above these facilities: one query, none without facilities."""
    rows = Facility.objects.filter(pk__in=list(facility_ids))
    return {up for path in set(rows.values_list("office__path", flat=True)) for up in ups(path)}


def ups(path: str) -> list[str]:
    """An office's path and those of the offices above it, from the ministry down."""
    steps = path.split("/")
    return ["/".join(steps[: n + 1]) for n in range(len(steps))]


def staff_with(ability: str, facility_id: int, on: date) -> list[Staff]:
    """Staff appointed at this very facility on a day to a role that has the ability."""
    holders = [role.code for role in ROLES.values() if ability in role.abilities]
    held = Appointment.objects.on(on).filter(facility_id=facility_id, role__in=holders)
    return list(Staff.objects.filter(pk__in=held.values("staff")).order_by("display_name"))


def places_of(staff: Staff) -> list[Facility | Office]:
    """Where somebody holds a role today or later; each with its office: one query."""
    today = clock.today()
    rows = Appointment.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), staff=staff)
    return [row.place for row in rows.select_related("facility__office", "office")]


def head_of(facility_id: int, on: date) -> Appointment | None:
    """Who signs as head that day: an acting one (Plh., Plt.) goes before the definitive head."""
    heads = Appointment.objects.on(on).filter(facility_id=facility_id, role="head")
    return heads.select_related("staff").order_by("-kind", "-valid_from").first()


@remembered
def regime_of(party_id: int, on: date) -> RevenueRegime | None:
    """How this party's revenue is treated on a day; None: nobody has said yet."""
    return RevenueRegime.objects.on(on).filter(party_id=party_id).first()


@dataclass(frozen=True)
class WorkingDay:
    """A day on which offices work; sure only if the holidays around it are confirmed."""

    day: date
    is_confirmed: bool = True


def working_day_from(day: date) -> WorkingDay:
    """That day or the first working day after it: neither weekend nor holiday. One query.

    Unconfirmed where a holiday that was passed over is, or where a year's holidays are not known.
    """
    around = Holiday.objects.filter(day__range=(day.replace(month=1, day=1), day + LONGEST_REST))
    holidays = dict(around.values_list("day", "is_confirmed"))
    known = {holiday.year for holiday in holidays}
    first, is_confirmed = day, True
    while day.weekday() in WEEKEND or day in holidays:
        is_confirmed &= holidays.get(day, True)
        day += timedelta(days=1)
    return WorkingDay(day, is_confirmed and {first.year, day.year} <= known)


def is_demo() -> bool:
    """Whether this database holds the invented world."""
    return DemoWorld.objects.exists()
