"""Places in a session: taken by one conditional UPDATE, freed again, never more than there are."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import F

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, combine, require
from berdaya.institutions.rules import may
from berdaya.people.models import Participant
from berdaya.people.queries import WorkRecords, work_records
from berdaya.training import rules
from berdaya.training.models import Attendance, Enrolment, Seats, Session


class EnrolRefused(Refused):
    """People who cannot be enrolled: `people` is {participant_id: Verdict}."""

    def __init__(self, people: Mapping[int, Verdict]) -> None:
        self.people = dict(people)
        super().__init__(combine(self.people.values()))


def enrol(
    *, by: Actor, session: Session, participant: Participant, is_own_request: bool = False
) -> Enrolment:
    """Enrol one person; see enrol_people."""
    return enrol_people(
        by=by, session=session, participants=[participant], is_own_request=is_own_request
    )[0]


def enrol_people(
    *,
    by: Actor,
    session: Session,
    participants: Collection[Participant],
    is_own_request: bool = False,
) -> list[Enrolment]:
    """Enrol people in this order, all or nobody; who finds no place waits for one.

    Locks the session. Raises EnrolRefused (training_not_placed, training_without_request,
    enrolled_already, released), Refused: nobody_chosen.
    """
    required()
    require(may(by, "training.enrol", session.facility_id))
    if not participants:
        raise Refused(rules.nobody_chosen())
    session = lock_row(session)
    _judge(session, participants, is_own_request)
    free = _take(session, len(participants))
    now = clock.now()
    return Enrolment.objects.bulk_create(
        Enrolment(
            session=session,
            participant=person,
            facility_id=session.facility_id,
            day=session.starts_on,
            has_place=place < free,
            is_own_request=is_own_request,
            enrolled_by_id=by.user_id,
            enrolled_at=now,
        )
        for place, person in enumerate(participants)
    )


def _judge(session: Session, people: Collection[Participant], is_own_request: bool) -> None:
    ids = [person.pk for person in people]
    records = work_records(
        session.facility, ids, session.starts_on, session.ends_on + timedelta(days=1)
    )
    days = list(session.days.values_list("day", flat=True))
    standing = Enrolment.objects.filter(session=session, withdrawn_at__isnull=True)
    enrolled = set(standing.values_list("participant_id", flat=True))
    found = {}
    for pk in ids:
        facts = rules.EnrolFacts(
            status=records.facts(pk, session.starts_on).status,
            is_own_request=is_own_request,
            is_enrolled=pk in enrolled,
            missing_on=_missing_on(records, pk, days),
        )
        found[pk] = rules.may_enrol(facts)
        enrolled.add(pk)
    refused = {pk: verdict for pk, verdict in found.items() if not verdict.ok}
    if refused:
        raise EnrolRefused(refused)


def _missing_on(records: WorkRecords, person: int, days: Collection[date]) -> date | None:
    return next((day for day in sorted(days) if not records.facts(person, day).is_placed), None)


def _take(session: Session, wanted: int) -> int:
    """Take up to so many places, by a condition that the database judges; returns how many."""
    seats = Seats.objects.get(session=session)
    count = min(wanted, seats.free)
    mine = Seats.objects.filter(pk=seats.pk, taken__lte=F("places") - count)
    return count if count and mine.update(taken=F("taken") + count) else 0


def withdraw(*, by: Actor, enrolment: Enrolment, reason: str = "") -> Enrolment:
    """Take somebody out again, without a disadvantage; their place goes to who waits longest.

    Locks the session. Refused: enrolment_over, enrolment_has_marks.
    """
    required()
    require(may(by, "training.enrol", enrolment.facility_id))
    session = lock_row(enrolment.session)
    if Attendance.objects.filter(enrolment=enrolment).exists():
        raise Refused(rules.enrolment_has_marks())
    standing = Enrolment.objects.filter(pk=enrolment.pk, withdrawn_at__isnull=True)
    had_place = standing.values_list("has_place", flat=True).first()
    facts = {
        "has_place": False,
        "withdrawn_at": clock.now(),
        "withdrawn_by_id": by.user_id,
        "withdraw_reason": reason.strip(),
    }
    if not standing.update(**facts):
        raise Refused(rules.enrolment_over())
    if had_place:
        Seats.objects.filter(session=session).update(taken=F("taken") - 1)
        move_up(by=by, session=session)
    enrolment.refresh_from_db()
    return enrolment


def move_up(*, by: Actor, session: Session) -> int:
    """Give free places to who waits, in their order; returns how many moved up.

    Somebody who is no longer placed here is passed over and keeps waiting. Locks the session.
    """
    required()
    require(may(by, "training.enrol", session.facility_id))
    session = lock_row(session)
    queue = Enrolment.objects.filter(session=session, has_place=False, withdrawn_at__isnull=True)
    waiting = list(queue.order_by("pk").values_list("pk", "participant_id"))
    until = session.ends_on + timedelta(days=1)
    here = work_records(
        session.facility, [person for _pk, person in waiting], session.ends_on, until
    )
    able = [pk for pk, person in waiting if here.facts(person, session.ends_on).is_placed]
    moved = able[: _take(session, len(able))] if able else []
    Enrolment.objects.filter(pk__in=moved).update(has_place=True)
    return len(moved)
