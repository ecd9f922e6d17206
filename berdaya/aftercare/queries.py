"""What is true of clients after release: their cases, what is due, and what each may be asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from berdaya.aftercare.calc import OPTIONAL, OVERDUE, Case, Contact, Duty, duties
from berdaya.aftercare.models import FollowUp, Plan, PlanState, SafeExit, Supervision
from berdaya.core.scope import Actor
from berdaya.institutions.models import Region
from berdaya.people import roll
from berdaya.people.models import Consent, ConsentPurpose, Placement
from berdaya.people.queries import within_caseload


@dataclass
class Client:
    """One client of today: the placement, the latest supervision, and what is known already."""

    placement: Placement
    supervision: Supervision | None = None
    case: Case | None = None
    duties: list[Duty] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def last(self) -> FollowUp | None:
        """The latest contact, whose answers are known."""
        return self.follow_ups[0] if self.follow_ups else None

    @property
    def waiting(self) -> list[Duty]:
        """Due this month or overdue, the oldest first."""
        return [one for one in self.duties if one.waits]

    @property
    def is_free(self) -> bool:
        """Whether all that waits may be asked but is nobody's duty."""
        return all(one.state == OPTIONAL for one in self.waiting)

    @property
    def is_late(self) -> bool:
        """Whether anything is overdue."""
        return any(one.state == OVERDUE for one in self.duties)

    @property
    def region(self) -> Region | None:
        """Where they live, by regency."""
        return self.supervision.region if self.supervision else None


def clients_of(actor: Actor, facility_ids: Iterable[int], today: date) -> list[Client]:
    """Clients here today, a counsellor's own and those covered today; five queries."""
    placed = roll.here(facility_ids, today).filter(facility__kind="bapas")
    rows = within_caseload(placed, actor, today).order_by("work_number")
    return _with_cases(list(rows), today)


def client_of(placement: Placement, today: date) -> Client:
    """One of them."""
    return _with_cases([placement], today)[0]


def _with_cases(placements: list[Placement], today: date) -> list[Client]:
    people = [one.participant_id for one in placements]
    supervisions, follow_ups = _latest(people), _follow_ups(people)
    consents, plans = _consents(people, today), _plans(people)
    found = []
    for placement in placements:
        pk = placement.participant_id
        one = Client(placement, supervisions.get(pk), follow_ups=follow_ups[pk], plan=plans.get(pk))
        if row := one.supervision:
            contacts = [
                Contact(told.happened_on, told.milestone)
                for told in one.follow_ups if told.supervision_id == row.pk
            ]  # fmt: skip
            one.case = case_of(row, contacts, _left_on(row), consents.get(pk))
            one.duties = duties(one.case, today)
        found.append(one)
    return found


def _left_on(row: Supervision) -> date | None:
    try:
        return row.safe_exit.asked_on
    except SafeExit.DoesNotExist:
        return None


def case_of(
    row: Supervision, contacts: Iterable[Contact], left_on: date | None, opted_on: date | None
) -> Case:
    """What decides: who left and said yes afterwards has come back of their own accord."""
    has_come_back = left_on is not None and opted_on is not None and opted_on > left_on
    assert row.valid_until is not None  # a constraint keeps it
    return Case(
        since=row.valid_from, until=row.valid_until, has_report_duty=row.has_report_duty,
        contacts=tuple(contacts), left=left_on is not None and not has_come_back,
        opted_in=opted_on is not None and (left_on is None or has_come_back),
    )  # fmt: skip


def case_now(row: Supervision, today: date) -> Case:
    """The case of one supervision, read fresh: three queries."""
    contacts = [
        Contact(on, milestone)
        for on, milestone in row.follow_ups.values_list("happened_on", "milestone")
    ]
    left = SafeExit.objects.filter(supervision=row).values_list("asked_on", flat=True).first()
    consent = _consents([row.participant_id], today).get(row.participant_id)
    return case_of(row, contacts, left, consent)


def _latest(people: Iterable[int]) -> dict[int, Supervision]:
    rows = Supervision.objects.filter(participant__in=list(people))
    rows = rows.select_related("region", "safe_exit")
    return {row.participant_id: row for row in rows.order_by("valid_from")}


def _follow_ups(people: Iterable[int]) -> dict[int, list[FollowUp]]:
    """By person, the latest first."""
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for row in FollowUp.objects.filter(participant__in=list(people)):
        found[row.participant_id].append(row)
    return found


def _consents(people: Iterable[int], today: date) -> dict[int, date]:
    """Since when each of these people has been willing to be contacted."""
    said = Consent.objects.filter(
        participant__in=list(people), purpose=ConsentPurpose.CONTACT, withdrawn_on__isnull=True
    )
    return dict(said.filter(given_on__lte=today).values_list("participant_id", "given_on"))


def _plans(people: Iterable[int]) -> dict[int, Plan]:
    """The newest approved plan of each, as far as it is open to whoever asks."""
    rows = Plan.objects.filter(participant__in=list(people), state=PlanState.APPROVED)
    return {row.participant_id: row for row in rows.select_related("region").order_by("pk")}


def regencies() -> "QuerySet[Region]":
    """Regencies and cities, by name."""
    return Region.objects.filter(level="regency").order_by("name")
