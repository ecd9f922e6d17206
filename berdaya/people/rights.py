"""What is true of rights under UU 27/2022: whose identity is restricted, what a case waits for."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from berdaya.core.verdicts import Reason
from berdaya.people.models import (
    MUST_BE_TOLD,
    Breach,
    BreachNotice,
    BreachPerson,
    Consent,
    NoticeTo,
    Placement,
    Restriction,
    RestrictionGround,
    RightsCase,
    RightsKind,
    SealedIdentity,
)
from berdaya.people.rules_rights import (
    erasure_breach_open,
    erasure_case_open,
    erasure_legal_claim,
    erasure_placed,
)
from berdaya.people.sealed import FIELDS


def restricted_ids(participant_ids: Iterable[int], day: date) -> set[int]:
    """Those of these people whose identity is restricted on that day: one query.

    It is then opened only for purposes with `opens_restricted` (purposes.py) and their own copy.
    """
    rows = Restriction.objects.on(day).filter(participant_id__in=set(participant_ids))
    return set(rows.values_list("participant_id", flat=True))


def open_cases(facility_ids: Iterable[int]) -> QuerySet[RightsCase]:
    """Cases of these facilities that nobody has answered."""
    return RightsCase.objects.filter(facility_id__in=list(facility_ids), answer__isnull=True)


def open_consents(participant_id: int, day: date) -> int:
    """How many consents of this person hold on that day."""
    return Consent.objects.on(day).filter(participant_id=participant_id).count()


def with_told(rows: QuerySet[Breach]) -> QuerySet[Breach]:
    """The same breaches, each with whether persons and authority were told."""
    told = BreachNotice.objects.filter(breach=OuterRef("pk"))
    return rows.annotate(
        told_persons=Exists(told.filter(told=NoticeTo.PERSONS)),
        told_authority=Exists(told.filter(told=NoticeTo.AUTHORITY)),
    )


def open_breaches(facility_ids: Iterable[int]) -> QuerySet[Breach]:
    """Breaches of these facilities that are not closed, with whether both were told."""
    rows = Breach.objects.filter(facility_id__in=list(facility_ids), closing__isnull=True)
    return with_told(rows)


def not_told(breach: Breach) -> list[NoticeTo]:
    """Whom the law still wants told."""
    told = set(breach.notices.values_list("told", flat=True))
    return [one for one in MUST_BE_TOLD if one.value not in told]


def own_standing(ids: list[int], day: date) -> Mapping[int, Iterable[Reason]]:
    """Ties of this room, in one query: placed here, a case open, told of no breach yet, a claim."""
    reasons = (erasure_placed, erasure_case_open, erasure_breach_open, erasure_legal_claim)
    ties = (Placement.objects.current_from(day), _other_cases(), _untold(), _claims(day))
    asked = [
        rows.filter(participant_id__in=ids).order_by().values_list("participant_id", Value(number))
        for number, rows in enumerate(ties)
    ]
    found: dict[int, list[Reason]] = {}
    for person, number in sorted(asked[0].union(*asked[1:])):
        found.setdefault(person, []).append(reasons[number]())
    return found


def _other_cases() -> QuerySet[RightsCase]:
    return RightsCase.objects.filter(answer__isnull=True).exclude(kind=RightsKind.ERASURE)


def _untold() -> QuerySet[BreachPerson]:
    told = BreachNotice.objects.filter(breach=OuterRef("breach"), told=NoticeTo.PERSONS)
    return BreachPerson.objects.filter(~Exists(told))


def _claims(day: date) -> QuerySet[Restriction]:
    return Restriction.objects.on(day).filter(ground=RestrictionGround.LEGAL_CLAIM)


def with_identity() -> QuerySet[SealedIdentity]:
    """Identities of which something is still there."""
    filled = Q()
    for field in FIELDS:
        filled |= Q(**{f"{field}__isnull": False})
    return SealedIdentity.objects.filter(filled)
