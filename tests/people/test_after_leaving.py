"""What a former facility still sees, and papers that cannot be dated around a withdrawal."""

from datetime import date, timedelta

import pytest

from berdaya.core.verdicts import Refused
from berdaya.people.actions import papers
from berdaya.people.actions.participants import change_status, place_participant
from berdaya.people.models import Consent, FitnessCertificate, StatusPeriod
from berdaya.people.queries import work_facts
from tests.people.consents import text_of
from tests.world import SINCE, World

MOVED = date(2026, 3, 2)
LATER = MOVED + timedelta(days=30)


def consent(world: World, by: str, where: str, day: date) -> Consent:
    with world.acting(by) as scope:
        return papers.record_consent(
            by=scope.actor, participant=world.people["cendana"], facility=world.facilities[where],
            given_on=day, text_version="1", language="id", witness_role="family",
        )  # fmt: skip


def move(world: World) -> None:
    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            work_number="B-001", valid_from=MOVED,
        )  # fmt: skip


def test_former_facility_sees_no_later_papers(world: World) -> None:
    consent(world, "officer", "LP-ATB", SINCE)
    move(world)
    person = world.people["cendana"]
    with world.acting("outsider") as scope:
        papers.record_fitness(
            by=scope.actor, participant=person, facility=world.kpg, valid_from=LATER,
            valid_until=LATER + timedelta(days=90), clinician_role="unit_doctor", is_fit=False,
        )  # fmt: skip
        change_status(
            by=scope.actor, participant=person, facility=world.kpg, status="detainee",
            valid_from=LATER,
        )  # fmt: skip

    with world.acting("officer"):
        assert not FitnessCertificate.objects.filter(participant=person).exists()
        assert StatusPeriod.objects.filter(participant=person).count() == 1
        # What held while the person was here still decides about days that are keyed in late.
        facts = work_facts(world.atb.pk, [person.pk], MOVED - timedelta(days=1))[person.pk]
    assert (facts.status, facts.has_consent) == ("convict", True)


def test_present_facility_sees_the_papers_it_took_over(world: World) -> None:
    consent(world, "officer", "LP-ATB", SINCE)
    move(world)

    with world.acting("outsider"):
        assert Consent.objects.filter(participant=world.people["cendana"]).count() == 1


def test_consent_is_not_dated_before_its_withdrawal(world: World) -> None:
    given = consent(world, "officer", "LP-ATB", MOVED)
    with world.acting() as scope:
        papers.withdraw_consent(by=scope.actor, consent=given, withdrawn_on=LATER)

    for day in (MOVED, LATER - timedelta(days=1)):
        with pytest.raises(Refused, match="paper_on_wrong_day"):
            consent(world, "officer", "LP-ATB", day)

    with world.everywhere():
        assert Consent.objects.count() == 1
    assert consent(world, "officer", "LP-ATB", LATER)


@pytest.mark.parametrize(
    ("end", "data", "who"),
    [
        ("consents", {"given_on": "2024-12-01", "language": "id", "witness_role": "family",
                      "text": ""}, "officer"),
        ("requests", {"requested_on": "2024-12-01"}, "officer"),
        ("fitness", {"valid_from": "2024-12-01", "last_day": "2026-12-01", "is_fit": "1",
                     "clinician_role": "unit_doctor"}, "officer"),
        ("placements", {"valid_from": "2024-12-01", "line_of_work": "tenun",
                        "decided_by_kind": "TPP", "decree_no": "1"}, "head"),
    ],
)  # fmt: skip
def test_paper_from_before_the_placement_is_refused(
    world: World, end: str, data: dict[str, str], who: str
) -> None:
    """The trigger's `placement_missing` is told as a refusal, not as a fault."""
    data = {name: value or str(text_of().pk) for name, value in data.items()}
    url = f"/desk/wbp/{world.people['cendana'].code}/kerja/{end}/"

    answer = world.client(who).post(url, data)

    assert answer.status_code == 409
    assert "paper_on_wrong_day" in answer.content.decode()
