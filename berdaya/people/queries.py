"""What is true of participants on a day: who is here, and what decides about their work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet

from berdaya.institutions.models import Facility
from berdaya.people.models import (
    Consent,
    FitnessCertificate,
    OwnRequest,
    Placement,
    StatusPeriod,
    WorkLimits,
    WorkPlacement,
)
from berdaya.people.rules import Limits, WorkFacts

# Minutes worked, by person and day, that the lawful limits are measured against.
Worked = Mapping[int, Mapping[date, int]]


Paper = Placement | StatusPeriod | Consent | FitnessCertificate | WorkPlacement | OwnRequest
Row = TypeVar("Row", bound=Paper)
ByPerson = Mapping[int, list[Row]]


@dataclass(frozen=True)
class WorkRecords:
    """All papers of some people over some days, read once; `facts` asks no database."""

    facility_kind: str
    placements: ByPerson[Placement]
    statuses: ByPerson[StatusPeriod]
    consents: ByPerson[Consent]
    fitness: ByPerson[FitnessCertificate]
    work: ByPerson[WorkPlacement]
    requests: ByPerson[OwnRequest]
    limits: list[WorkLimits] = field(default_factory=list)

    def facts(self, participant_id: int, day: date, line_of_work: str = "") -> WorkFacts:
        """The papers' half of the facts; working time is added by `with_time`."""
        status = _first(self.statuses[participant_id], day)
        consent = _first(self.consents[participant_id], day)
        fit = _first(self.fitness[participant_id], day)
        lines = [row for row in self.work[participant_id] if row.holds_on(day)]
        return WorkFacts(
            day=day,
            facility_kind=self.facility_kind,
            is_placed=_first(self.placements[participant_id], day) is not None,
            status=status.status if status else None,
            has_consent=consent is not None,
            consent_from=consent.given_on if consent else None,
            is_fit=fit.is_fit if fit else None,
            fit_until=fit.last_day if fit else None,
            restrictions=fit.restrictions if fit else "",
            has_work_placement=any(line_of_work in ("", row.line_of_work) for row in lines),
            has_own_request=_first(self.requests[participant_id], day) is not None,
            limits=self._limits(day),
        )

    def _limits(self, day: date) -> Limits:
        for row in self.limits:
            if row.holds_on(day):
                return Limits(
                    row.day_minutes_of_five,
                    row.day_minutes_of_six,
                    row.week_minutes,
                    row.days_in_a_row,
                )
        return Limits()


def _first(rows: Iterable[Row], day: date) -> Row | None:
    return next((row for row in rows if row.holds_on(day)), None)


def work_records(
    facility: Facility, participant_ids: Iterable[int], start: date, until: date
) -> WorkRecords:
    """The papers of these people that hold on a day of [start, until): seven queries."""
    people = set(participant_ids)
    given = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=start)
    dated = Q(valid_until__isnull=True) | Q(valid_until__gt=start)
    here = Q(facility=facility)

    def by_person(rows: QuerySet, condition: Q) -> dict[int, list]:
        found: dict[int, list] = defaultdict(list)
        for row in rows.filter(condition, participant_id__in=people):
            found[row.participant_id].append(row)
        return found

    ends = dated & Q(valid_from__lt=until)
    stands = given & Q(given_on__lt=until)
    return WorkRecords(
        facility_kind=facility.kind,
        placements=by_person(Placement.objects.all(), ends & here),
        statuses=by_person(StatusPeriod.objects.all(), ends),
        consents=by_person(Consent.objects.all(), stands),
        fitness=by_person(FitnessCertificate.objects.all(), ends),
        work=by_person(WorkPlacement.objects.all(), ends & here),
        requests=by_person(OwnRequest.objects.all(), stands),
        limits=list(WorkLimits.objects.filter(ends)),
    )


def with_time(facts: WorkFacts, worked: Mapping[date, int], minutes: int) -> WorkFacts:
    """The same facts for `minutes` of work on that day beside what was worked on other days.

    `worked`: minutes by day, only days on which the person worked; the day itself is left out.
    """
    day = facts.day
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    others = [worked[other] for other in week if other != day and other in worked]
    return replace(
        facts,
        minutes_today=minutes,
        minutes_this_week=sum(others),
        days_this_week=len(others),
        days_in_a_row=_run(worked, day, -1) + _run(worked, day, 1),
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
    """What decides about each person's work on `day`, in eight queries.

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


def placed_in_line(facility_id: int, line_of_work: str, day: date) -> list[Placement]:
    """Who is here and placed in this line of work on `day`, by work number, with the person."""
    in_line = WorkPlacement.objects.on(day).filter(
        facility_id=facility_id, line_of_work=line_of_work
    )
    rows = Placement.objects.on(day).filter(
        facility_id=facility_id, participant__in=in_line.values("participant")
    )
    return list(rows.select_related("participant").order_by("work_number"))


def placements_of(facility_id: int, participant_ids: Iterable[int], day: date) -> list[Placement]:
    """The placements here on `day` of these people, by work number, with the person."""
    rows = Placement.objects.on(day).filter(
        facility_id=facility_id, participant_id__in=set(participant_ids)
    )
    return list(rows.select_related("participant").order_by("work_number"))
