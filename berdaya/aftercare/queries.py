"""What is true of clients after release: their cases, what is due, and what each may be asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from berdaya.aftercare.calc import OVERDUE, Case, Contact, Duty, duties
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
    last: FollowUp | None = None
    plan: Plan | None = None

    @property
    def waiting(self) -> list[Duty]:
        """Due this month or overdue, the oldest first."""
        return [one for one in self.duties if one.waits]

    @property
    def is_late(self) -> bool:
        """Whether anything is overdue."""
        return any(one.state == OVERDUE for one in self.duties)

    @property
    def region(self) -> Region | None:
        """Where they live, by regency."""
        return self.supervision.region if self.supervision else None


def clients_of(actor: Actor, facility_ids: Iterable[int], today: date) -> list[Client]:
    """Clients here today, a counsellor's own and those covered today; seven queries in all."""
    placed = roll.here(facility_ids, today).filter(facility__kind="bapas")
    rows = within_caseload(placed, actor, today).order_by("work_number")
    return _with_cases(list(rows), today)


def client_of(placement: Placement, today: date) -> Client:
    """One of them."""
    return _with_cases([placement], today)[0]


def _with_cases(placements: list[Placement], today: date) -> list[Client]:
    people = [one.participant_id for one in placements]
    supervisions = _latest(people)
    contacts, last = _contacts(people)
    left = dict(SafeExit.objects.filter(participant__in=people).values_list(
        "supervision_id", "asked_on"))  # fmt: skip
    consents = _consents(people, today)
    plans = _plans(people)
    found = []
    for placement in placements:
        pk = placement.participant_id
        one = Client(placement, supervisions.get(pk), last=last.get(pk), plan=plans.get(pk))
        if row := one.supervision:
            one.case = case_of(row, contacts[row.pk], left.get(row.pk), consents.get(pk))
            one.duties = duties(one.case, today)
        found.append(one)
    return found


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
    rows = Supervision.objects.filter(participant__in=list(people)).select_related("region")
    return {row.participant_id: row for row in rows.order_by("valid_from")}


def _contacts(people: Iterable[int]) -> tuple[dict[int, list[Contact]], dict[int, FollowUp]]:
    by_case: dict[int, list[Contact]] = defaultdict(list)
    last: dict[int, FollowUp] = {}
    rows = FollowUp.objects.filter(participant__in=list(people))
    for row in rows.order_by("happened_on", "recorded_at"):
        by_case[row.supervision_id].append(Contact(row.happened_on, row.milestone))
        last[row.participant_id] = row
    return by_case, last


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
