"""What is true of participants on a day: who is here, and what decides about their work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from berdaya.core.scope import Actor
from berdaya.institutions.models import Appointment, Facility, Staff
from berdaya.people.models import (
    CaseCover,
    Caseload,
    Consent,
    ConsentPurpose,
    FitnessCertificate,
    HazardousLine,
    OwnRequest,
    Participant,
    Placement,
    SafetyHold,
    StatusPeriod,
    WorkInsurance,
    WorkLimits,
    WorkPlacement,
)
from berdaya.people.rules import Limits, WorkFacts
from berdaya.people.rules_caseload import COUNSELLOR, guided_places

# Minutes worked, by person and day, that the lawful limits are measured against.
Worked = Mapping[int, Mapping[date, int]]
# Under this person the limits stand, which hold for everybody.
EVERYBODY = 0


class Span(NamedTuple):
    """One paper of one person: what it says in a word, and from when until when it holds."""

    kind: str
    person: int
    start: date
    until: date | None
    word: str
    is_positive: bool

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


class Before(NamedTuple):
    """What somebody who came on a day had worked elsewhere: minutes and days of that week, and how
    many days without a rest led up to the arrival."""

    came: date
    minutes: int
    days: int
    run: int


@dataclass(frozen=True)
class WorkRecords:
    """All papers of some people over some days, read at once; `facts` asks no database."""

    facility_kind: str
    spans: Mapping[tuple[str, int], list[Span]]

    def facts(self, participant_id: int, day: date, line_of_work: str = "") -> WorkFacts:
        """The papers' half of the facts; working time is added by `with_time`."""

        def holding(kind: str) -> list[Span]:
            return [s for s in self.spans.get((kind, participant_id), ()) if s.holds_on(day)]

        status, consent, fit = holding("status"), holding("consent"), holding("fitness")
        return WorkFacts(
            day=day,
            facility_kind=self.facility_kind,
            is_placed=bool(holding("placement")),
            status=status[0].word if status else None,
            has_consent=bool(consent),
            consent_from=consent[0].start if consent else None,
            is_fit=fit[0].is_positive if fit else None,
            fit_until=fit[0].until if fit else None,
            restrictions=fit[0].word if fit else "",
            has_work_placement=any(line_of_work in ("", s.word) for s in holding("work")),
            has_own_request=bool(holding("request")),
            limits=self._limits(day),
            **self._safety(participant_id, day, line_of_work),
        )

    def _safety(self, participant_id: int, day: date, line_of_work: str) -> dict[str, Any]:
        def holding(kind: str, person: int = participant_id) -> list[Span]:
            return [s for s in self.spans.get((kind, person), ()) if s.holds_on(day)]

        held = holding("hold")
        lines = holding("work") if line_of_work == "" else []
        asked = {line_of_work} | {span.word for span in lines}
        return {
            "is_hazardous": any(span.word in asked for span in holding("hazard", EVERYBODY)),
            "is_fit_by_clinician": bool(holding("clinician")),
            "held_since": held[0].start if held else None,
            "held_for": held[0].word if held else "",
            "is_insured": bool(holding("insured") or holding("insured", EVERYBODY)),
        }

    def _limits(self, day: date) -> Limits:
        for span in self.spans.get(("limits", EVERYBODY), ()):
            if span.holds_on(day):
                return Limits(*map(int, span.word.split("/")))
        return Limits()


def work_records(
    facility: Facility, participant_ids: Iterable[int], start: date, until: date
) -> WorkRecords:
    """The papers of these people that hold on a day of [start, until): one query.

    One union instead of eleven queries: the sheet's page must stay within its budget.
    """
    found: dict[tuple[str, int], list[Span]] = defaultdict(list)
    # A query of ids stays one: who asks for a whole line of work need not read it first.
    is_query = isinstance(participant_ids, QuerySet)
    people = Q(participant_id__in=participant_ids if is_query else set(participant_ids))
    for row in _every_paper(facility, people, start, until):
        span = Span(*row)
        found[span.kind, span.person].append(span)
    return WorkRecords(facility.kind, found)


def _every_paper(facility: Facility, people: Q, start: date, until: date) -> QuerySet[Any, Any]:
    dated = Q(valid_from__lt=until) & (Q(valid_until__isnull=True) | Q(valid_until__gt=start))
    given = Q(given_on__lt=until) & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=start))
    here, for_work = Q(facility=facility), Q(purpose=ConsentPurpose.WORK)
    fit = FitnessCertificate.objects.filter(people & dated)
    held, stated = ("valid_from", "valid_until"), ("given_on", "withdrawn_on")
    rest = [
        _spans("status", StatusPeriod.objects.filter(people & dated), held, word=F("status")),
        _spans("consent", Consent.objects.filter(people & given & for_work), stated),
        _spans("request", OwnRequest.objects.filter(people & given), stated),
        _spans(
            "fitness",
            fit,
            held,
            word=F("restrictions"),
            is_positive=F("is_fit"),
        ),
        _spans(
            "work", WorkPlacement.objects.filter(people & dated & here), held, F("line_of_work")
        ),
        _spans(
            "limits",
            WorkLimits.objects.filter(dated),
            held,
            word=Concat(*_slashed(LIMIT_COLUMNS), output_field=CharField()),
            person=Value(EVERYBODY),
        ),
        _spans("clinician", fit.filter(is_by_clinician=True), held),
        *_safety_spans(people & dated, dated, here, held),
    ]
    placed = Placement.objects.filter(people & dated & here)
    return _spans("placement", placed, held, F("work_number")).union(*rest, all=True)


def _safety_spans(mine: Q, dated: Q, here: Q, held: tuple[str, str]) -> list[QuerySet[Any, Any]]:
    """Holds, hazardous lines and cover for accidents, of these people or of everybody here."""
    covered = (mine | Q(participant__isnull=True) & dated) & here
    nobody = Value(EVERYBODY, output_field=BigIntegerField())
    return [
        _spans("hold", SafetyHold.objects.filter(mine), held, F("reason")),
        _spans(
            "hazard", HazardousLine.objects.filter(dated), held, F("line_of_work"), person=nobody
        ),
        _spans(
            "insured",
            WorkInsurance.objects.filter(covered),
            held,
            person=Coalesce("participant_id", nobody),
        ),
    ]


LIMIT_COLUMNS = ("day_minutes_of_five", "day_minutes_of_six", "week_minutes", "days_in_a_row")


def _slashed(columns: Iterable[str]) -> Iterable[Any]:
    for place, column in enumerate(columns):
        if place:
            yield Value("/")
        yield Cast(column, CharField())


def _spans(
    kind: str,
    rows: QuerySet[Any, Any],
    period: tuple[str, str],
    word: Any = None,
    is_positive: Any = None,
    person: Any = None,
) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(
        Value(kind),
        person or F("participant_id"),
        *map(F, period),
        word or Value(""),
        is_positive or Value(True),
    )


def with_time(
    facts: WorkFacts,
    worked: Mapping[date, int],
    minutes: int,
    elsewhere: Iterable[Before] = (),
) -> WorkFacts:
    """The same facts for `minutes` of work on that day beside what was worked on other days.

    `worked`: minutes by day, only days on which the person worked; the day itself is left out.
    `elsewhere`: what another facility had before the person came here.
    """
    day = facts.day
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    others = [worked[other] for other in week if other != day and other in worked]
    came = [before for before in elsewhere if before.came in week]
    before_run = _run(worked, day, -1)
    begun = day - timedelta(days=before_run)
    run_elsewhere = max((one.run for one in elsewhere if one.came == begun), default=0)
    return replace(
        facts,
        minutes_today=minutes,
        minutes_this_week=sum(others) + max((one.minutes for one in came), default=0),
        days_this_week=len(others) + max((one.days for one in came), default=0),
        days_in_a_row=run_elsewhere + before_run + _run(worked, day, 1),
    )


def _run(worked: Mapping[date, int], day: date, step: int) -> int:
    length = 0
    while day + timedelta(days=step * (length + 1)) in worked:
        length += 1
    return length


def work_facts(
    facility_id: int,
    participant_ids: Iterable[int],
    day: date,
    worked: Worked | None = None,
    line_of_work: str = "",
) -> dict[int, WorkFacts]:
    """What decides about each person's work on `day`, in three queries.

    `worked` comes from the room that keeps the sheets; without it nobody has worked yet.
    """
    facility = Facility.objects.get(pk=facility_id)
    ids = list(participant_ids)
    records = work_records(facility, ids, day, day + timedelta(days=1))
    time = worked or {}
    return {
        pk: with_time(
            records.facts(pk, day, line_of_work),
            time.get(pk, {}),
            time.get(pk, {}).get(day, 0),
        )
        for pk in ids
    }


def placed_in_line(
    facility_id: int, line_of_work: str, day: date, also: Iterable[int] = ()
) -> list[Placement]:
    """Who is here and placed in this line of work on `day`, by work number, with the person.

    `also`: people who are shown if they are here that day, whatever their line.
    """
    in_line = WorkPlacement.objects.on(day).filter(
        facility_id=facility_id, line_of_work=line_of_work
    )
    wanted = Q(participant__in=in_line.values("participant")) | Q(participant__in=set(also))
    rows = Placement.objects.on(day).filter(wanted, facility_id=facility_id)
    return list(rows.select_related("participant").order_by("work_number"))


def placements_of(facility_id: int, participant_ids: Iterable[int], day: date) -> list[Placement]:
    """The placements here on `day` of these people, by work number, with the person."""
    rows = Placement.objects.on(day).filter(
        facility_id=facility_id, participant_id__in=set(participant_ids)
    )
    return list(rows.select_related("participant").order_by("work_number"))


def caseload_of(staff_id: int, on: date) -> "QuerySet[Participant]":
    """The clients whom a counsellor guides or stands in for on a day; rows of the scope only."""
    cases = Caseload.objects.on(on).filter(staff_id=staff_id)
    covers = CaseCover.objects.filter(staff_id=staff_id, day=on)
    return Participant.objects.filter(
        Q(pk__in=cases.values("participant")) | Q(pk__in=covers.values("participant"))
    )


def within_caseload(
    rows: "QuerySet[Any]", actor: Actor, on: date, person: str = "participant"
) -> "QuerySet[Any]":
    """Rows about people whom the actor may open: of a counsellor's facilities only own clients,
    and those for whom they stand in on that very day.

    `person` is the path from a row to its participant, "pk" for participants themselves.
    """
    places = guided_places(actor)
    if not places:
        return rows
    here = Placement.objects.filter(facility__in=actor.facility_ids - places)
    own = Caseload.objects.on(on).filter(staff_id=actor.person_id, facility__in=places)
    covers = CaseCover.objects.filter(staff_id=actor.person_id, facility__in=places, day=on)
    return rows.filter(
        Q(**{f"{person}__in": own.values("participant")})
        | Q(**{f"{person}__in": covers.values("participant")})
        | Q(**{f"{person}__in": here.values("participant")})
    )


def with_counsellor(rows: "QuerySet[Placement]", on: date) -> "QuerySet[Any]":
    """Placements with `counsellor` (name), `counsellor_id` and `guided_since` of that day."""
    case = Caseload.objects.on(on).filter(
        participant=OuterRef("participant"), facility=OuterRef("facility")
    )
    return rows.annotate(
        counsellor=Subquery(case.values("staff__display_name")[:1]),
        counsellor_id=Subquery(case.values("staff")[:1]),
        guided_since=Subquery(case.values("valid_from")[:1]),
    )


def counsellors_at(facility_id: int, on: date) -> "QuerySet[Staff]":
    """Staff appointed as counsellors at a Bapas on a day."""
    held = Appointment.objects.on(on).filter(facility_id=facility_id, role=COUNSELLOR)
    return Staff.objects.filter(pk__in=held.values("staff")).order_by("display_name")


class Load(NamedTuple):
    """How many clients somebody guides; `holds`: whether they are still appointed."""

    staff_id: int
    name: str
    people: int
    holds: bool


def counsellor_loads(facility_ids: Iterable[int], on: date) -> list[Load]:
    """Everybody who guides clients at these facilities, and counsellors without any: one query."""
    ids = list(facility_ids)
    held = Appointment.objects.on(on).filter(facility__in=ids, role=COUNSELLOR)
    cases = Caseload.objects.on(on).filter(facility__in=ids)
    count = cases.filter(staff=OuterRef("pk")).order_by().values("staff").annotate(n=Count("pk"))
    rows = Staff.objects.filter(Q(pk__in=held.values("staff")) | Q(pk__in=cases.values("staff")))
    rows = rows.annotate(
        people=Coalesce(Subquery(count.values("n")), 0),
        holds=Exists(held.filter(staff=OuterRef("pk"))),
    )
    found = rows.order_by("display_name").values_list("pk", "display_name", "people", "holds")
    return [Load(*row) for row in found]


def is_within_caseload(actor: Actor, participant: Participant, on: date) -> bool:
    """Whether the actor may open this person: everybody but a counsellor may, within scope."""
    people = Participant.objects.filter(pk=participant.pk)
    return not guided_places(actor) or within_caseload(people, actor, on, "pk").exists()
